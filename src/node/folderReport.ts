import { closeSync, mkdirSync, openSync, readFileSync, readSync, realpathSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Learns where a shell was when it ended, by a line that runs before the command, without changing what the command means.
 *
 * The line sets an EXIT trap that looks up **no command name at all**: `${99999:?word}`, a positional parameter that is never
 * set, makes bash itself print the word, and the sub-shell around it keeps that from ending anything. A `pwd` or `echo` there
 * would call a function of that name if the command defines one, that is, run code that nobody reviewed as running. The second
 * sub-shell is a null command that gives status 0, so that `set -e` and ERR traps do not see the first one.
 *
 * What is printed goes to a file that has no name (unlinked before the shell starts), through a descriptor with a number that
 * commands do not use for their own. A command can set its own EXIT trap or `exec` another program: then nothing is told
 * and the folder stays. It can also forge the answer, and gains nothing: only a real folder inside the workspace is taken, and
 * the next command is reviewed for, and runs in, exactly that folder.
 */
export interface FolderReport {
  /** Goes before the command, on lines of its own. */
  readonly prelude: string;
  /** To be passed as descriptor {@link folderDescriptor}; undefined on Windows, where programs inherit none but the first three. */
  readonly descriptor: number | undefined;
  /** The real folder that was told, or undefined. Closes the report; a second call does nothing. */
  end(): string | undefined;
}

/** Above those that people write by hand (3 to 9, 200), below bash's own 255. */
export const folderDescriptor = 173;

/** Bytes of the report that are looked at; the longest path of Linux has 4,096. */
const longestReport = 8_192;
const mark = '99999: ';

const trap = (target: string): string => `trap '(\${99999:?"$PWD"}) 2>${target}||(\${99999-})' EXIT\n`;

/**
 * @param folder private folder, made when missing.
 * @param id of the command, for a file name that is free.
 */
export function openFolderReport(folder: string, id: string, platform = process.platform): FolderReport {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `.folder-${id}`);
  const descriptor = openSync(path, 'wx+', 0o600);
  if (platform !== 'win32') {
    unlinkSync(path);
    let open = true;
    const end = (): string | undefined => {
      if (!open) return undefined;
      open = false;
      try {
        const bytes = Buffer.alloc(longestReport);
        return realFolder(bytes.subarray(0, readSync(descriptor, bytes, 0, longestReport, 0)).toString('utf8'));
      } catch {
        return undefined;
      } finally {
        closeSync(descriptor);
      }
    };
    return { prelude: trap(`&${folderDescriptor}`), descriptor, end };
  }
  closeSync(descriptor);
  const end = (): string | undefined => {
    try {
      return realFolder(readFileSync(path, 'utf8'), true);
    } catch {
      return undefined;
    } finally {
      rmSync(path, { force: true });
    }
  };
  // Inside the quotes of the trap, so the path gets the other kind; Windows allows no double quote in a name.
  return { prelude: trap(`|"${path.replaceAll('\\', '/').replace(/[$`']/g, '\\$&')}"`), descriptor: undefined, end };
}

function realFolder(report: string, windows = false): string | undefined {
  const at = report.lastIndexOf(mark);
  if (at < 0) return undefined;
  const told = report.slice(at + mark.length).replace(/\n$/, '');
  const path = windows ? fromBash(told) : told;
  return path === '' ? undefined : realpathSync.native(path);
}

/** `/c/Users` of Git Bash and `/mnt/c/Users` of WSL are `C:\Users`. */
function fromBash(path: string): string {
  const [, drive, rest = ''] = /^(?:\/mnt)?\/([A-Za-z])(\/.*)?$/s.exec(path) ?? [];
  return drive === undefined ? path : `${drive.toUpperCase()}:${rest === '' ? '\\' : rest.replaceAll('/', '\\')}`;
}
