import { createHash, randomBytes } from 'node:crypto';
import type { Digest } from '../core/ports';

export const nodeDigest: Digest = {
  sha256: (data) => createHash('sha256').update(data).digest('hex'),
  randomId: () => randomBytes(16).toString('hex'),
};
