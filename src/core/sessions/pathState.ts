/** What stands at a path, as far as it can be brought back. */
export type PathState =
  | { readonly type: 'missing' }
  /** @property sha256 of its bytes, which the store keeps. @property mode permission bits. */
  | { readonly type: 'file'; readonly sha256: string; readonly mode: number }
  | { readonly type: 'link'; readonly target: string }
  | { readonly type: 'folder'; readonly mode: number };

export const missing: PathState = { type: 'missing' };

export function sameState(one: PathState, other: PathState): boolean {
  switch (one.type) {
    case 'missing':
      return other.type === 'missing';
    case 'file':
      return other.type === 'file' && other.sha256 === one.sha256 && other.mode === one.mode;
    case 'link':
      return other.type === 'link' && other.target === one.target;
    case 'folder':
      return other.type === 'folder' && other.mode === one.mode;
  }
}
