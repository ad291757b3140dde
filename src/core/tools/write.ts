import { z } from 'zod';
import { diffOf, failure, fileSizeLimit, remarkOn, unreachable } from './fileTool';
import { decodeText, encodeText, type TextFile } from './textFile';
import type { Tool } from './tool';

const schema = z.strictObject({
  file_path: z.string().min(1).describe('Absolute path.'),
  content: z.string().describe('The whole new content.'),
});

export const write: Tool<z.infer<typeof schema>> = {
  name: 'Write',
  description:
    'Writes a whole file, making missing folders. An existing file must have been read first and is replaced, with the line endings and byte-order mark it had; use Edit to change a part of it.',
  schema,
  title: ({ file_path }) => file_path,
  async run({ call, realPath }, { files, digest, reads, signal }) {
    const { file_path, content } = call.input;
    if (realPath === undefined) return unreachable(file_path);
    let bytes = new TextEncoder().encode(content);
    if (bytes.length > fileSizeLimit) return failure('write', file_path, { ok: false, code: 'too-large', reason: '' });
    const present = await files.read(realPath, fileSizeLimit);
    signal.throwIfAborted();
    if (!present.ok && present.code !== 'missing') return failure('write', file_path, present);
    let expected: string | null = null;
    let before: TextFile | undefined;
    if (present.ok) {
      expected = digest.sha256(present.value);
      const seen = reads.seen(realPath);
      if (seen === undefined)
        return {
          text: `${file_path} exists and has not been read in this session. Read it first, so that nothing is lost unseen.`,
          isError: true,
        };
      if (seen !== expected) return failure('write', file_path, { ok: false, code: 'changed', reason: '' });
      before = decodeText(present.value);
      if (before) bytes = encodeText(content, { ...before, bom: before.bom && !content.startsWith('\uFEFF') });
    }
    const written = await files.write(realPath, bytes, expected);
    if (!written.ok) return failure('write', file_path, written);
    reads.saw(realPath, digest.sha256(written.value.now ?? bytes));
    const verb = present.ok ? 'Replaced' : 'Created';
    const kept = before && keptOf(before, content);
    return {
      text: `${verb} ${file_path} (${bytes.length} bytes).${kept ? ` ${kept}` : ''}${remarkOn(written.value)}`,
      isError: false,
      ...diffOf(file_path, before?.text ?? '', content),
    };
  },
};

/** What the model does not see in the text that Read gives, and what is therefore kept for it. */
function keptOf({ bom, lineEnding }: TextFile, content: string): string | undefined {
  const kept = [
    lineEnding === '\r\n' && /(^|[^\r])\n/.test(content) && 'CRLF line endings',
    bom && !content.startsWith('\uFEFF') && 'byte-order mark',
  ].filter((part) => typeof part === 'string');
  return kept.length > 0 ? `Its ${kept.join(' and ')} were kept.` : undefined;
}
