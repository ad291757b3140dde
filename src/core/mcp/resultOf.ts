import type { ImageFile, Outcome } from '../ports';
import type { ToolResult } from '../tools/call';

/** A piece of what a server gave back, as far as it is told apart here. */
export interface McpContent {
  readonly type: string;
  readonly text?: unknown;
  readonly data?: unknown;
  readonly uri?: unknown;
  readonly name?: unknown;
  readonly resource?: unknown;
}

export interface McpResult {
  readonly content: readonly McpContent[];
  readonly structured: unknown;
  readonly isError: boolean;
}

/** UTF-16 units that are looked at; more is said to be left out. */
const textLimit = 200_000;
const imageLimit = 5;

/** What the model gets of a result: texts and images; whatever else there was is named, so that nothing is lost without a word. */
export function resultOf(
  { content, isError, structured }: McpResult,
  readImage: (base64: string) => Outcome<ImageFile>,
): ToolResult {
  const texts: string[] = [];
  const images: ImageFile[] = [];
  for (const piece of content) {
    switch (piece.type) {
      case 'text':
        texts.push(String(piece.text));
        break;
      case 'image': {
        const found = readImage(String(piece.data));
        if (!found.ok) texts.push(`(An image is left out: ${found.reason}.)`);
        else if (images.length >= imageLimit) texts.push(`(An image is left out: there are more than ${imageLimit}.)`);
        else images.push(found.value);
        break;
      }
      case 'resource': {
        const { text, uri } = (piece.resource ?? {}) as { readonly text?: unknown; readonly uri?: unknown };
        texts.push(
          typeof text === 'string' ? `${String(uri)}:\n${text}` : `(A binary resource is left out: ${String(uri)})`,
        );
        break;
      }
      case 'resource_link':
        texts.push(`(The server names a resource, which was not read: ${String(piece.uri)})`);
        break;
      default:
        texts.push(`(A piece of the kind "${piece.type}" is left out.)`);
    }
  }
  if (content.length === 0 && structured !== undefined) texts.push(JSON.stringify(structured));
  const text = texts.join('\n\n');
  return {
    text:
      text.length > textLimit
        ? `${text.slice(0, textLimit)}\n(${text.length - textLimit} more characters of the server are left out.)`
        : text || (images.length > 0 ? '(an image)' : '(no output)'),
    isError,
    ...(images.length > 0 && { images: images.map(({ mediaType, data }) => ({ mediaType, data })) }),
  };
}
