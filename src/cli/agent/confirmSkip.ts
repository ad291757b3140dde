import { createInterface } from 'node:readline/promises';
import { english, say } from '../../core/say';
import { skipConsent, skipWarning } from './skipConsent';
import type { World } from './world';

/**
 * Whether Skip may be on in this run. In a container the flag is enough; elsewhere the person says yes once, in a terminal.
 * @param data the program's folder of this user.
 */
export async function confirmSkip({ contained, signal, stderr, stdin }: World, data: string): Promise<boolean> {
  const consent = skipConsent(data);
  if (contained || consent.given) return true;
  if (!stdin.isTTY || !stderr.isTTY) return false;
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    stderr.write(`${english(skipWarning)}\n`);
    const answer = await lines.question(`${english(say('Type yes to go on; anything else is a no:'))} `, { signal });
    if (answer.trim() !== 'yes') return false;
    consent.give();
    return true;
  } finally {
    lines.close();
  }
}
