import type { Documents } from '../ports';
import type { ToolResult } from './call';
import { readNotebook, showNotebook } from './notebook';
import { decodeText } from './textFile';

const heads: readonly (readonly [kind: 'image' | 'pdf', bytes: readonly number[]])[] = [
  ['image', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/**
 * What Read gives of a file that is no plain text: an image, or the text of a PDF or a notebook, to be shown in parts like any
 * other.
 * @returns undefined for other files, broken notebooks among them.
 */
export async function readOther(
  path: string,
  bytes: Uint8Array,
  documents: Documents,
  signal: AbortSignal,
): Promise<ToolResult | undefined> {
  switch (kindOf(bytes)) {
    case 'image': {
      const image = documents.image(bytes);
      if (!image.ok) return failed(path, image.reason);
      const { data, height, mediaType, width } = image.value;
      return {
        text: `${path}: ${mediaType}, ${width} × ${height} pixels, ${bytes.length} bytes.`,
        isError: false,
        images: [{ mediaType, data }],
      };
    }
    case 'pdf': {
      const read = await documents.pdf(bytes, signal);
      if (!read.ok) return failed(path, read.reason);
      const { pages, total } = read.value;
      const text = pages.map(
        (page, index) => `--- page ${index + 1} of ${total} ---\n${page.trim() === '' ? '(no text)' : page}`,
      );
      if (pages.length < total)
        text.push(`(pages ${pages.length + 1} to ${total} were not read: the document is too long)`);
      return { text: text.join('\n'), isError: false };
    }
    case undefined: {
      const notebook = /\.ipynb$/i.test(path) ? readNotebook(decodeText(bytes)?.text ?? '') : undefined;
      return notebook && { text: showNotebook(notebook), isError: false };
    }
  }
}

function kindOf(bytes: Uint8Array): 'image' | 'pdf' | undefined {
  const found = heads.find(([, head]) => head.every((byte, at) => bytes[at] === byte));
  if (found) return found[0];
  const ascii = (from: number): string => String.fromCharCode(...bytes.subarray(from, from + 4));
  return ascii(0) === 'RIFF' && ascii(8) === 'WEBP' ? 'image' : undefined;
}

const failed = (path: string, reason: string): ToolResult => ({
  text: `${path} cannot be shown: ${reason}.`,
  isError: true,
});
