import type { FileOutcome } from '../ports';
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
        return `A part of ${path} is a file, not a folder.`;
      case 'denied':
        return `No permission to ${doing} ${path}.`;
      case 'link':
        return `${path} leads through a symbolic link that was not there when the call was reviewed. It was not written.`;
      case 'changed':
        return `${path} has changed since it was read. Read it again, then make the change on what it holds now.`;
      case 'too-large':
        return `${path} is larger than ${fileSizeLimit / 1_000_000} MB. Use Grep, or a command that reads a part of it.`;
      case 'full':
        return `The disk is full; ${path} was not changed.`;
      case 'other':
        return `${path} could not be ${doing === 'read' ? 'read' : 'written'}: ${reason}.`;
    }
  })();
  return { text, isError: true };
}
