import { realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Said, say } from '../core/say';

/** Folders that the user put in bounds besides those that are open. */
export interface AdditionalFolders {
  /** Real paths. */
  readonly folders: readonly string[];
  /** Why a folder does not count. */
  readonly problems: readonly Said[];
}

/**
 * A folder that is not there, or that holds the home folder or the whole disk, would put far more in bounds than anybody means.
 * @param names absolute paths, or paths from `~/` on.
 * @param setting where they stand, for messages.
 */
export function additionalFolders(
  names: readonly string[],
  home: string = homedir(),
  setting = 'claudeCode.additionalFolders',
): AdditionalFolders {
  const folders: string[] = [];
  const problems: Said[] = [];
  const realHome = real(home) ?? home;
  for (const name of names) {
    const folder = real(name.startsWith('~/') ? join(home, name.slice(2)) : name);
    if (folder === undefined || !statSync(folder).isDirectory())
      problems.push(say('{0}: {1} is not a folder that is there, so it does not count.', setting, name));
    else if (holds(folder, realHome) || dirname(folder) === folder)
      problems.push(say('{0}: {1} holds your home folder or the whole disk, so it does not count.', setting, name));
    else folders.push(folder);
  }
  return { folders, problems };
}

const holds = (folder: string, other: string): boolean =>
  other === folder || other.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

function real(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
