import type { FileOutcome, Written } from '../ports';
import type { ToolResult } from './call';

/** Bytes of a file that Read, Write and Edit handle. */
export const fileSizeLimit = 10_000_000;

export const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);

export function needsAbsolute(path: string): ToolResult {
  return {
    text: `The path must be absolute; ${JSON.stringify(path)} is not. Put the working folder before it.`,
    isError: true,
  };
}

/** For a `file_path` without a real path: the gate gives relative ones none, nor those that lead nowhere. */
export function unreachable(path: string): ToolResult {
  if (!isAbsolute(path)) return needsAbsolute(path);
  return {
    text: `${path} cannot be reached: a symbolic link on it leads in a circle or to something that does not exist, or there is no permission. Name the file itself.`,
    isError: true,
  };
}

/** Longer texts get no diff on the card; the file can be opened instead. UTF-16 units. */
const diffLimit = 1_000_000;

export function diffOf(path: string, before: string, after: string): Pick<ToolResult, 'display'> {
  return before.length + after.length > diffLimit ? {} : { display: { type: 'diff', path, before, after } };
}

/** The remark about a file that was written, to follow the result. */
export const remarkOn = ({ remark }: Written): string => (remark === undefined ? '' : `\n${remark}`);

/** What went wrong with a file, for the model, and what to do about it. */
export function failure(
  doing: 'read' | 'write',
  path: string,
  { code, reason }: Extract<FileOutcome<unknown>, { ok: false }>,
): ToolResult {
  const text = (() => {
    switch (code) {
      case 'missing':
        return `${path} does not exist. Use Glob to find the file.`;
      case 'folder':
        return `${path} is a folder. Use Glob to see what is in it.`;
      case 'not-folder':
        return `A part of ${path} is a file, not a folder. Use Glob to find the right path.`;
      case 'denied':
        return `No permission to ${doing} ${path}. Tell the person if it is needed.`;
      case 'link':
        return `${path} leads through a symbolic link that was not there when the call was reviewed. Nothing was done. Look at where it leads now, and name that place.`;
      case 'changed':
        return `${path} has changed since it was read. Read it again, then make the change on what it holds now.`;
      case 'unsaved':
        return `${path} is open in the editor with changes that the person has not saved, and it was not touched. Work on something else, or ask them to save or discard those changes; then read it again.`;
      case 'too-large':
        return `${path} is larger than ${fileSizeLimit / 1_000_000} MB. Use Grep, or a command that reads a part of it.`;
      case 'full':
        return `The disk is full; ${path} was not changed. Tell the person.`;
      case 'other':
        return `${path} could not be ${doing === 'read' ? 'read' : 'written'}: ${reason}. Look at it with Bash, or tell the person.`;
    }
  })();
  return { text, isError: true };
}
