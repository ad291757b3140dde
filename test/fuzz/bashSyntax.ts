import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/**
 * How Bash is asked whether it would take a script. It reads and never runs it (`-n`), could find no program if it did, and
 * obeys no start-up file.
 */
export const surroundings = {
  program: '/bin/bash',
  arguments: ['--norc', '--noprofile', '-n'],
  options: { cwd: tmpdir(), env: { PATH: '/nonexistent', LC_ALL: 'C.UTF-8' }, timeout: 10_000 },
  isError: /syntax error|unexpected EOF/,
} as const;

/** Whether there is a Bash to ask. */
export const hasBash: boolean = existsSync(surroundings.program);

/** Whether Bash would take a script, which it gets over standard input. */
export function acceptsSyntax(script: string): boolean {
  const { status, stderr } = spawnSync(surroundings.program, surroundings.arguments, {
    ...surroundings.options,
    input: script,
    encoding: 'utf8',
  });
  return status === 0 && !surroundings.isError.test(stderr);
}
