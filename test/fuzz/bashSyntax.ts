import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** Nothing of the surroundings: what is checked is read by Bash and never run (`-n`), and could find no program if it were. */
const surroundings = { cwd: tmpdir(), env: { PATH: '/nonexistent', LC_ALL: 'C.UTF-8' }, timeout: 10_000 };

/** Whether there is a Bash to ask. */
export const hasBash: boolean = spawnSync('bash', ['--version'], { timeout: 10_000 }).status === 0;

const bash = '/bin/bash';

/** Whether Bash would take a script: undefined where it says so only by a warning. The script comes over standard input. */
export function acceptsSyntax(script: string): boolean {
  const { status, stderr } = spawnSync(bash, ['--norc', '--noprofile', '-n'], {
    ...surroundings,
    input: script,
    encoding: 'utf8',
  });
  return status === 0 && !/syntax error|unexpected EOF/.test(stderr);
}
