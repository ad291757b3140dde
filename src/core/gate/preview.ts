import type { ToolCall } from '../tools/call';
import { editNotebook } from '../tools/notebook';
import { notebookChange } from '../tools/notebookChange';
import type { Facts } from './analysis/facts';

/** Bytes of a file that is shown as a diff in a question; larger ones are asked about without one. */
const previewLimit = 1_000_000;

export interface Preview {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

const previewed = new Set(['Write', 'Edit', 'NotebookEdit']);

/** What a call of one of them would make of its file, for the question's diff; undefined for other tools and unreadable files. */
export function previewEdit(call: ToolCall, facts: Facts): Preview | undefined {
  const input = call.input as Readonly<Record<string, unknown>>;
  const path = input['file_path'];
  if (typeof path !== 'string' || !previewed.has(call.tool)) return undefined;
  const before = facts.kind(path) === 'missing' ? '' : facts.readText(path, previewLimit);
  if (before === undefined) return undefined;
  if (call.tool === 'NotebookEdit') {
    const edited = editNotebook(before, notebookChange(input), 'new');
    return edited.ok ? { path, before, after: edited.text } : undefined;
  }
  if (call.tool === 'Write') return { path, before, after: String(input['content'] ?? '') };
  // Edit matches across line endings, so the preview does.
  const unix = (text: string): string => text.replaceAll('\r\n', '\n');
  const oldText = unix(String(input['old_string'] ?? ''));
  const newText = unix(String(input['new_string'] ?? ''));
  const shown = unix(before);
  if (oldText === '' || !shown.includes(oldText)) return undefined;
  const parts = shown.split(oldText);
  const after = input['replace_all'] === true ? parts.join(newText) : parts[0] + newText + parts.slice(1).join(oldText);
  return { path, before: shown, after };
}
