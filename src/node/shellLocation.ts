import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import type { ShellAvailability } from '../core/ports';
import { say } from '../core/say';

/** Absolute places only: a bash found through PATH or the working folder could be one that the repository brought (rule R52). */
const unixPlaces = [
  '/bin/bash',
  '/usr/bin/bash',
  '/usr/local/bin/bash',
  '/opt/homebrew/bin/bash',
  '/run/current-system/sw/bin/bash',
];
/** Git Bash for all users, Git Bash for this user, WSL. */
const windowsPlaces = (): readonly string[] => [
  'C:\\Program Files\\Git\\bin\\bash.exe',
  'C:\\Program Files (x86)\\Git\\bin\\bash.exe',
  `${homedir()}\\AppData\\Local\\Programs\\Git\\bin\\bash.exe`,
  'C:\\Windows\\System32\\bash.exe',
];

/** Finds the bash that commands run in, or says what to install. */
export function locateShell(
  platform: NodeJS.Platform = process.platform,
  places: readonly string[] = platform === 'win32' ? windowsPlaces() : unixPlaces,
): ShellAvailability {
  const path = places.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (path) return { available: true, path };
  const hint =
    platform === 'win32'
      ? say(
          'No bash was found, so commands cannot run. Install Git for Windows (it brings Git Bash) or WSL, then reload the window.',
        )
      : say(
          'No bash was found in {0}, so commands cannot run. Install bash, then reload the window.',
          places.join(', '),
        );
  return { available: false, hint };
}
