import { z } from 'zod';
import { diffOf, failure, fileSizeLimit, remarkOn, unreachable } from './fileTool';
import { startOf } from './shortText';
import { decodeText, encodeText } from './textFile';
import type { Tool } from './tool';

const schema = z.strictObject({
  file_path: z.string().min(1).describe('Absolute path.'),
  old_string: z.string().min(1).describe('Text to replace, exactly as in the file.'),
  new_string: z.string().describe('Text to put in its place.'),
  replace_all: z.boolean().optional().describe('Replace every occurrence instead of the only one.'),
});

export const edit: Tool<z.infer<typeof schema>> = {
  name: 'Edit',
  description:
    'Replaces an exact piece of text in a file that was read before. `old_string` must occur exactly once, or `replace_all` must be set; give enough lines around it to make it unique. Line endings and byte-order mark of the file are kept.',
  schema,
  title: ({ file_path }) => file_path,
  async run({ call, realPath }, { files, digest, reads, signal }) {
    const { file_path, old_string, new_string, replace_all = false } = call.input;
    if (realPath === undefined) return unreachable(file_path);
    if (old_string === new_string)
      return { text: 'old_string and new_string are the same; there is nothing to change.', isError: true };
    const present = await files.read(realPath, fileSizeLimit);
    signal.throwIfAborted();
    if (!present.ok) return failure('write', file_path, present);
    const expected = digest.sha256(present.value);
    const seen = reads.seen(realPath);
    if (seen === undefined)
      return { text: `${file_path} has not been read in this session. Read it first.`, isError: true };
    if (seen !== expected) return failure('write', file_path, { ok: false, code: 'changed', reason: '' });
    const file = decodeText(present.value);
    if (!file) return { text: `${file_path} is not a text file; Edit changes text only.`, isError: true };
    const normalize = (text: string): string => (file.lineEnding === '\r\n' ? text.replaceAll('\r\n', '\n') : text);
    const places = occurrences(file.text, normalize(old_string));
    if (places.length === 0) return { text: notFound(file.text, normalize(old_string), file_path), isError: true };
    if (places.length > 1 && !replace_all) {
      const lines = places.slice(0, 10).map((place) => lineOf(file.text, place));
      return {
        text: `old_string occurs ${places.length} times in ${file_path} (lines ${lines.join(', ')}). Give more of the text around it, or set replace_all.`,
        isError: true,
      };
    }
    const parts = file.text.split(normalize(old_string));
    const count = parts.length - 1;
    const after = parts.join(normalize(new_string));
    const bytes = encodeText(after, file);
    if (bytes.length > fileSizeLimit) return failure('write', file_path, { ok: false, code: 'too-large', reason: '' });
    const written = await files.write(realPath, bytes, expected);
    if (!written.ok) return failure('write', file_path, written);
    reads.saw(realPath, digest.sha256(written.value.now ?? bytes));
    const line = lineOf(after, places[0] ?? 0);
    return {
      text: `Changed ${file_path}${count > 1 ? ` in ${count} places` : ''}. It now reads:\n${around(after, line, normalize(new_string))}${remarkOn(written.value)}`,
      isError: false,
      ...diffOf(file_path, file.text, after),
    };
  },
};

/** Where the part stands, also where two of them overlap: which one is meant would not be clear. */
function occurrences(text: string, part: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found.push(at);
  return found;
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** UTF-16 units of a line that are shown. */
const longestLine = 500;

/** The changed lines with two before and after, numbered; at most 30. */
function around(text: string, line: number, inserted: string): string {
  const first = Math.max(1, line - 2);
  const last = Math.min(first + 30, line + inserted.split('\n').length + 1);
  return text
    .split('\n')
    .slice(first - 1, last)
    .map((content, index) => `${String(first + index).padStart(6)}\t${startOf(content, longestLine)}`)
    .join('\n');
}

/** Says why nothing matched when the difference is one of white space, the usual reason. */
function notFound(text: string, wanted: string, path: string): string {
  return `old_string does not occur in ${path}. ${whyNotFound(text, wanted)}`;
}

function whyNotFound(text: string, wanted: string): string {
  const unix = (value: string): string => value.replace(/\r\n?/g, '\n');
  if (unix(text).includes(unix(wanted)))
    return 'It occurs with other line endings: the file mixes them. Change one line at a time, so that old_string has no line break.';
  const squeeze = (value: string): string => value.replace(/\s+/g, ' ').trim();
  if (squeeze(wanted) !== '' && squeeze(text).includes(squeeze(wanted)))
    return 'The same words are there with other spaces, tabs or line breaks: copy them exactly as Read shows them, without the line numbers.';
  return 'Read the file again and copy the text exactly.';
}
