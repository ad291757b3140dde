import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { indexDigest } from './gitIndex';

/** Files whose content is written nowhere else: environments, private keys, keystores. */
export const holdsSecret = (path: string): boolean =>
  /^(?:\.env(?!.*(?:example|sample|template)).*|\.netrc|\.npmrc|\.pypirc|id_\w+|.*\.(?:pem|key|p12|pfx|jks|keystore|kdbx))$/i.test(
    basename(path),
  );

/** Whether a file is the index of a repository or of a work tree of it. */
const isIndex = (path: string): boolean =>
  basename(path) === 'index' && /(?:^|\/)\.git$|\/(?:worktrees|modules)\/[^/]/.test(dirname(path));

/**
 * What bytes are kept under. Two versions of git's index that say the same are the same: git writes the file anew whenever somebody
 * looks at the state of the work tree.
 */
export function contentDigest(path: string, bytes: Buffer): string {
  return (isIndex(path) ? indexDigest(bytes) : undefined) ?? sha256(bytes);
}

/** Whether bytes are what they were kept as. */
export const isContent = (bytes: Buffer, digest: string): boolean =>
  sha256(bytes) === digest || indexDigest(bytes) === digest;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
