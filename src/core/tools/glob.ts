import { z } from 'zod';
import { isAbsolute, needsAbsolute } from './fileTool';
import type { Tool } from './tool';

const schema = z.strictObject({
  pattern: z.string().min(1).describe('Glob such as `src/**/*.ts`.'),
  path: z.string().optional().describe('Absolute folder to look in; the working folder by default.'),
});

/** Paths given back. */
const limit = 200;

export const glob: Tool<z.infer<typeof schema>> = {
  name: 'Glob',
  description: `Finds files by name pattern, newest first, at most ${limit}. Files that the project ignores are left out.`,
  schema,
  title: ({ pattern, path }) => (path ? `${pattern} in ${path}` : pattern),
  async run({ call }, { search, place, signal }) {
    const { pattern, path = place.cwd } = call.input;
    if (!isAbsolute(path)) return needsAbsolute(path);
    const found = await search.glob(pattern, path, limit, signal);
    signal.throwIfAborted();
    if (!found.ok) return { text: found.reason, isError: true };
    if (found.lines.length === 0) return { text: `No file matches ${pattern} in ${path}.`, isError: false };
    return {
      text: [...found.lines, ...(found.truncated ? [`(only the newest ${limit} are shown)`] : [])].join('\n'),
      isError: false,
    };
  },
};
