import { imageSize } from 'image-size';
import type { ImageFile, Outcome } from '../core/ports';

/** Bytes in base 64, and pixels of a side, that the API takes. */
const base64Limit = 5_000_000;
const sideLimit = 8_000;

const kinds: Readonly<Record<string, ImageFile['mediaType']>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** What an image file is, with its bytes as the API wants them. */
export function imageInfo(bytes: Uint8Array): Outcome<ImageFile> {
  let found: ReturnType<typeof imageSize>;
  try {
    found = imageSize(bytes);
  } catch {
    return { ok: false, reason: 'it is broken, or no image that can be shown' };
  }
  const { height, type, width } = found;
  const mediaType = kinds[type ?? ''];
  if (!mediaType) return { ok: false, reason: `it is a ${type} image; PNG, JPEG, GIF and WebP can be shown` };
  if (width > sideLimit || height > sideLimit || width < 1 || height < 1)
    return {
      ok: false,
      reason: `it has ${width} × ${height} pixels; at most ${sideLimit} on a side can be shown. Make a smaller copy`,
    };
  const data = Buffer.from(bytes).toString('base64');
  if (data.length > base64Limit)
    return {
      ok: false,
      reason: `it has ${bytes.length} bytes; at most ${(base64Limit / 4) * 3} can be shown. Make a smaller copy`,
    };
  return { ok: true, value: { mediaType, width, height, data } };
}
