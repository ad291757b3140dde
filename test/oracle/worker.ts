import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { examine } from './examine';
import { createWorld } from './world';

/** Reads commands as lines of JSON and answers each with what came of it. Its `/home`, `/tmp` and `/run` are its own. */
async function work(): Promise<void> {
  const store = '/run/oracle';
  mkdirSync(`${store}/original`, { recursive: true });
  mkdirSync('/home/me', { recursive: true });
  const world = createWorld(`${store}/original`);
  for await (const line of createInterface({ input: process.stdin })) {
    const command: unknown = JSON.parse(line);
    if (typeof command === 'string') process.stdout.write(`${JSON.stringify(await examine(command, world, store))}\n`);
  }
}

await work();
