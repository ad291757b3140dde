/** What stands at a path, as far as it can be brought back. */
export type PathState =
  | { readonly type: 'missing' }
  | FileState
  | { readonly type: 'link'; readonly target: string }
  | { readonly type: 'folder'; readonly mode: number };

export interface FileState {
  readonly type: 'file';
  /** What its bytes are kept under: their SHA-256, but for secrets and for git's index (see `contentDigest`). */
  readonly sha256: string;
  /** Permission bits. */
  readonly mode: number;
}

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
