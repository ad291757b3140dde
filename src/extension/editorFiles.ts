import { createHash } from 'node:crypto';
import { EndOfLine, Range, type TextDocument, WorkspaceEdit, workspace } from 'vscode';
import type { FileOutcome, FileSystem, Written } from '../core/ports';
import { nearestReal } from '../node/nearestReal';
import { newProblems } from './newProblems';

/**
 * The file system of this machine, but a file that is open in an editor is changed through it: Ctrl+Z takes the change back, what is
 * not saved is never written over, and what the editor does to the file on saving is told.
 * @param disk for all other files.
 */
export function createEditorFiles(disk: FileSystem): FileSystem {
  return {
    ...disk,
    async write(realPath, data, expected) {
      const document = openAt(realPath);
      if (!document) return disk.write(realPath, data, expected);
      if (document.isDirty)
        return { ok: false, code: 'unsaved', reason: 'it has changes in the editor that are not saved' };
      const problems = newProblems(document.uri);
      const present = await disk.read(realPath, Number.MAX_SAFE_INTEGER);
      const text = present.ok ? exactText(document, present.value, data) : undefined;
      const written =
        text === undefined || !present.ok
          ? await disk.write(realPath, data, expected)
          : await change(document, realPath, present.value, text, expected);
      if (!written.ok) return written;
      return { ok: true, value: await told(disk, realPath, data, await problems.found()) };
    },
  };
}

function openAt(realPath: string): TextDocument | undefined {
  return workspace.textDocuments.find(
    ({ isClosed, uri }) => !isClosed && uri.scheme === 'file' && (nearestReal(uri.fsPath) ?? uri.fsPath) === realPath,
  );
}

/**
 * The text of some bytes, if the editor would write exactly these: it makes all line ends of a file the same, and knows of other
 * encodings what it was told.
 */
function exactText(document: TextDocument, present: Uint8Array, data: Uint8Array): string | undefined {
  const [before, after] = [present, data].map(decode);
  if (before === undefined || after === undefined || before !== document.getText()) return undefined;
  const ends = document.eol === EndOfLine.LF ? /\r/ : /(?<!\r)\n|\r(?!\n)/;
  return ends.test(before) || ends.test(after) ? undefined : after;
}

/** Undefined for what is no UTF-8, or begins with a byte-order mark, which documents do not show. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\uFEFF') ? undefined : text;
  } catch {
    return undefined;
  }
}

async function change(
  document: TextDocument,
  realPath: string,
  present: Uint8Array,
  text: string,
  expected: string | null | undefined,
): Promise<FileOutcome<Written>> {
  if (nearestReal(realPath) !== realPath) return { ok: false, code: 'link', reason: 'a link is on the path' };
  if (expected !== undefined && createHash('sha256').update(present).digest('hex') !== expected)
    return { ok: false, code: 'changed', reason: 'its content is not what was read' };
  const before = document.getText();
  const [start, end] = changedPart(before, text);
  const edit = new WorkspaceEdit();
  const range = new Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(document.uri, range, text.slice(start, text.length - end));
  // The editor refuses an edit of a version that is not the present one: somebody has typed meanwhile.
  if (!(await workspace.applyEdit(edit)))
    return { ok: false, code: 'unsaved', reason: 'it was changed in the editor at the same moment' };
  if (await document.save()) return { ok: true, value: {} };
  return { ok: false, code: 'other', reason: 'the editor could not save it; the change is in the editor' };
}

/** How many UTF-16 units are the same at the beginning and at the end. */
function changedPart(before: string, after: string): readonly [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return [start, end];
}

async function told(
  disk: FileSystem,
  realPath: string,
  data: Uint8Array,
  problems: readonly string[],
): Promise<Written> {
  const now = await disk.read(realPath, Number.MAX_SAFE_INTEGER);
  const other = now.ok && !Buffer.from(now.value).equals(Buffer.from(data)) ? now.value : undefined;
  const remarks = [
    ...(other
      ? ['The editor changed it further on saving (a formatter, or the like): read it before the next edit.']
      : []),
    ...(problems.length > 0 ? [`The editor reports new problems in it:\n${problems.join('\n')}`] : []),
  ];
  return { ...(other && { now: other }), ...(remarks.length > 0 && { remark: remarks.join('\n') }) };
}
