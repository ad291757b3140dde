import { z } from 'zod';
import { failure, fileSizeLimit, unreachable } from './fileTool';
import { readOther } from './readOther';
import { startOf } from './shortText';
import { decodeText } from './textFile';
import type { Tool } from './tool';

const schema = z.strictObject({
  file_path: z.string().min(1).describe('Absolute path.'),
  offset: z.number().int().positive().optional().describe('First line, counted from 1.'),
  limit: z.number().int().positive().optional().describe('Number of lines.'),
});

/** Lines given back when no limit is asked for. */
const defaultLines = 2_000;
/** A line longer than this is cut, visibly: minified files would fill the answer with one line. */
const longestLine = 2_000;

export const read: Tool<z.infer<typeof schema>> = {
  name: 'Read',
  description: `Reads a file and gives its lines with their numbers; also images, notebooks (cells with outputs) and the text of PDFs. Up to ${defaultLines} lines from \`offset\`; the result says when there is more. A file must be read before it can be edited.`,
  schema,
  title: ({ file_path, offset, limit }) =>
    offset || limit ? `${file_path}:${offset ?? 1}-${limit ? (offset ?? 1) + limit - 1 : ''}` : file_path,
  async run({ call, realPath }, { documents, files, digest, reads, limits, signal }) {
    const { file_path, offset = 1, limit = defaultLines } = call.input;
    if (realPath === undefined) return unreachable(file_path);
    const outcome = await files.read(realPath, fileSizeLimit);
    signal.throwIfAborted();
    if (!outcome.ok) return failure('read', file_path, outcome);
    // A link that was put on the path after the review would have been followed.
    const here = await files.realpath(realPath);
    signal.throwIfAborted();
    if (here !== realPath) return failure('read', file_path, { ok: false, code: 'link', reason: '' });
    const other = await readOther(file_path, outcome.value, documents, signal);
    signal.throwIfAborted();
    if (other?.isError || other?.images) return other;
    const file = other ?? decodeText(outcome.value);
    if (!file)
      return {
        text: `${file_path} is not a text file: it holds bytes that are not UTF-8 (${outcome.value.length} bytes in all). Read gives text only; use Bash with a program that knows the format.`,
        isError: true,
      };
    reads.saw(realPath, digest.sha256(outcome.value));
    if (file.text === '') return { text: `${file_path} is empty.`, isError: false };
    const lines = file.text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    if (offset > lines.length)
      return { text: `${file_path} has ${lines.length} lines; there is no line ${offset}.`, isError: true };
    return { text: page(lines, offset, limit, limits.outputChars), isError: false };
  },
};

function page(lines: readonly string[], offset: number, limit: number, budget: number): string {
  const shown: string[] = [];
  let used = 0;
  for (const [index, line] of lines.slice(offset - 1, offset - 1 + limit).entries()) {
    const cut =
      line.length > longestLine
        ? `${startOf(line, longestLine)} … (${line.length - longestLine} more characters)`
        : line;
    const numbered = `${String(offset + index).padStart(6)}\t${cut}`;
    used += numbered.length + 1;
    if (used > budget - 200 && shown.length > 0) break;
    shown.push(numbered);
  }
  const next = offset + shown.length;
  if (next <= lines.length) shown.push(`(${lines.length - next + 1} more lines; go on with offset ${next})`);
  return shown.join('\n');
}
