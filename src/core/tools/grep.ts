import { z } from 'zod';
import { isAbsolute, needsAbsolute } from './fileTool';
import { startOf } from './shortText';
import type { Tool } from './tool';

const lines = z.number().int().min(0).max(1_000);
const schema = z.strictObject({
  pattern: z.string().min(1).describe('Regular expression (ripgrep).'),
  path: z.string().optional().describe('Absolute file or folder; the working folder by default.'),
  glob: z.string().optional().describe('Only files whose path matches, such as `*.ts`.'),
  type: z.string().optional().describe('Only files of this ripgrep type, such as `py`.'),
  output_mode: z.enum(['files_with_matches', 'content', 'count']).optional(),
  '-i': z.boolean().optional().describe('Ignore case.'),
  '-n': z.boolean().optional().describe('Line numbers (content only; on by default).'),
  '-A': lines.optional(),
  '-B': lines.optional(),
  '-C': lines.optional(),
  multiline: z.boolean().optional(),
  head_limit: z.number().int().positive().max(5_000).optional(),
});

/** Lines given back when no limit is asked for. */
const defaultLines = 250;

export const grep: Tool<z.infer<typeof schema>> = {
  name: 'Grep',
  description:
    'Searches file contents with ripgrep. `files_with_matches` (the default) gives paths, `content` the lines, `count` numbers. Ignored files are left out.',
  schema,
  title: ({ pattern, path, glob }) => [pattern, path && `in ${path}`, glob && `(${glob})`].filter(Boolean).join(' '),
  async run({ call }, { search, place, limits, signal }) {
    const input = call.input;
    const path = input.path ?? place.cwd;
    if (!isAbsolute(path)) return needsAbsolute(path);
    const limit = input.head_limit ?? defaultLines;
    const found = await search.grep(
      {
        pattern: input.pattern,
        path,
        ...(input.glob !== undefined && { glob: input.glob }),
        ...(input.type !== undefined && { type: input.type }),
        mode: input.output_mode ?? 'files_with_matches',
        ignoreCase: input['-i'] ?? false,
        multiline: input.multiline ?? false,
        lineNumbers: input['-n'] ?? true,
        before: input['-B'] ?? input['-C'] ?? 0,
        after: input['-A'] ?? input['-C'] ?? 0,
        limit,
      },
      signal,
    );
    signal.throwIfAborted();
    if (!found.ok) return { text: found.reason, isError: true };
    if (found.lines.length === 0) return { text: `Nothing matches ${JSON.stringify(input.pattern)}.`, isError: false };
    const text = found.lines.join('\n');
    const cut = text.length > limits.outputChars - 100 ? startOf(text, limits.outputChars - 100) : text;
    const more = found.truncated || cut.length < text.length;
    return { text: more ? `${cut}\n(there is more; narrow the search or raise head_limit)` : cut, isError: false };
  },
};
