import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../../core/say';
import { Unusable } from './unusable';
import type { World } from './world';

/** What a person reads before they say yes. */
export const skipWarning = say(
  'Skip permissions: the agent will change files, run commands and reach the network without asking. Deny and ask rules hold, and removing your home, the workspace or its history is still refused or asked. Everything else just happens, and may not be undone.',
);

/** Whether the person has said before that Skip permissions may be on in the terminal. */
export interface SkipConsent {
  readonly given: boolean;
  give(): void;
}

export function skipConsent(data: string): SkipConsent {
  const path = join(data, 'skip-permissions-accepted');
  return {
    get given() {
      return existsSync(path);
    },
    give() {
      mkdirSync(data, { recursive: true, mode: 0o700 });
      writeFileSync(path, `${new Date().toISOString()}\n`, { mode: 0o600 });
    },
  };
}

/** As root every file of the machine is within reach, so there Skip is for containers only. Throws when it is refused. */
export function refuseSkipAsRoot({ contained, uid }: Pick<World, 'contained' | 'uid'>): void {
  if (uid === 0 && !contained)
    throw new Unusable(
      say(
        'Skip permissions is refused as root outside a container: nothing would be asked, and nothing is out of reach. Run as another user, or in a container.',
      ),
    );
}
