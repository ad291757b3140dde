import { z } from 'zod';
import { diffOf, failure, fileSizeLimit, remarkOn, unreachable } from './fileTool';
import { editNotebook } from './notebook';
import { notebookChange } from './notebookChange';
import { decodeText, encodeText } from './textFile';
import type { Tool } from './tool';

const schema = z.strictObject({
  file_path: z.string().min(1).describe('Absolute path of the .ipynb file.'),
  edit_mode: z.enum(['replace', 'insert', 'delete']).optional().describe('replace when absent.'),
  cell_id: z
    .string()
    .min(1)
    .optional()
    .describe('As Read shows it. For insert: the cell it comes after; first when absent.'),
  cell_type: z.enum(['code', 'markdown']).optional(),
  new_source: z.string().optional().describe('The whole source of the cell; not for delete.'),
});

export const notebookEdit: Tool<z.infer<typeof schema>> = {
  name: 'NotebookEdit',
  description:
    'Replaces, inserts or deletes one cell of a Jupyter notebook that was read before. The rest of the file stays as it is.',
  schema,
  title: ({ cell_id, edit_mode, file_path }) =>
    `${file_path} (${edit_mode ?? 'replace'}${cell_id === undefined ? '' : ` ${cell_id}`})`,
  async run({ call, realPath }, { digest, files, reads, signal }) {
    const { file_path } = call.input;
    if (realPath === undefined) return unreachable(file_path);
    if (!/\.ipynb$/i.test(realPath)) return { text: `${file_path} is no .ipynb file. Use Edit.`, isError: true };
    const change = notebookChange(call.input);
    if (change.mode !== 'delete' && call.input.new_source === undefined)
      return { text: `new_source is needed to ${change.mode} a cell.`, isError: true };
    const present = await files.read(realPath, fileSizeLimit);
    signal.throwIfAborted();
    if (!present.ok) return failure('read', file_path, present);
    const expected = digest.sha256(present.value);
    const seen = reads.seen(realPath);
    if (seen === undefined)
      return {
        text: `${file_path} has not been read in this session. Read it first, so that nothing is lost unseen.`,
        isError: true,
      };
    if (seen !== expected) return failure('write', file_path, { ok: false, code: 'changed', reason: '' });
    const file = decodeText(present.value);
    if (!file) return { text: `${file_path} is not a text file.`, isError: true };
    const edited = editNotebook(file.text, change, digest.randomId().slice(0, 8));
    if (!edited.ok) return { text: `${file_path} was not changed: ${edited.problem}.`, isError: true };
    const bytes = encodeText(edited.text, file);
    const written = await files.write(realPath, bytes, expected);
    if (!written.ok) return failure('write', file_path, written);
    reads.saw(realPath, digest.sha256(written.value.now ?? bytes));
    const done = { replace: 'replaced', insert: 'inserted', delete: 'deleted' }[change.mode];
    return {
      text: `${file_path}: ${done} ${change.mode === 'insert' ? 'a cell' : `cell ${change.cellId}`}.${remarkOn(written.value)}`,
      isError: false,
      ...diffOf(file_path, file.text, edited.text),
    };
  },
};
