import { z } from 'zod';
import { failure, fileSizeLimit, isAbsolute, needsAbsolute } from './fileTool';
import { decodeText } from './textFile';
import type { Tool } from './tool';

const schema = z.strictObject({
  file_path: z.string().min(1).describe('Absolute path.'),
  content: z.string().describe('The whole new content.'),
});

export const write: Tool<z.infer<typeof schema>> = {
  name: 'Write',
  description:
    'Writes a whole file, making missing folders. An existing file must have been read first and is replaced; use Edit to change a part of it.',
  schema,
  title: ({ file_path }) => file_path,
  async run({ call, realPath }, { files, digest, reads, signal }) {
    const { file_path, content } = call.input;
    if (!isAbsolute(file_path) || realPath === undefined) return needsAbsolute(file_path);
    const bytes = new TextEncoder().encode(content);
    if (bytes.length > fileSizeLimit) return failure('write', file_path, { ok: false, code: 'too-large', reason: '' });
    const present = await files.read(realPath, fileSizeLimit);
    signal.throwIfAborted();
    if (!present.ok && present.code !== 'missing') return failure('write', file_path, present);
    let expected: string | null = null;
    let before = '';
    if (present.ok) {
      expected = digest.sha256(present.value);
      const seen = reads.seen(realPath);
      if (seen === undefined)
        return {
          text: `${file_path} exists and has not been read in this session. Read it first, so that nothing is lost unseen.`,
          isError: true,
        };
      if (seen !== expected) return failure('write', file_path, { ok: false, code: 'changed', reason: '' });
      before = decodeText(present.value)?.text ?? '';
    }
    const written = await files.write(realPath, bytes, expected);
    if (!written.ok) return failure('write', file_path, written);
    reads.saw(realPath, digest.sha256(bytes));
    const verb = present.ok ? 'Replaced' : 'Created';
    return {
      text: `${verb} ${file_path} (${bytes.length} bytes).`,
      isError: false,
      display: { type: 'diff', path: file_path, before, after: content },
    };
  },
};
