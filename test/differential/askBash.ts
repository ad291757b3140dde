import { spawn } from 'node:child_process';
import { surroundings } from '../fuzz/bashSyntax';

/**
 * Asks Bash of many scripts whether they are any, a few at once. It reads each over standard input and runs nothing (`-n`).
 * @returns in the same order.
 */
export async function askBash(scripts: readonly string[], atOnce: number): Promise<readonly boolean[]> {
  const answers: boolean[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < scripts.length; at = next++) answers[at] = await accepts(scripts[at] ?? '');
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return answers;
}

function accepts(script: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(surroundings.program, surroundings.arguments, {
      ...surroundings.options,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    // Bash may stop reading at the first error.
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0 && !surroundings.isError.test(errors)));
    child.stdin.end(script);
  });
}
