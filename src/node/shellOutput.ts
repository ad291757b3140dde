import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as wait } from 'node:timers/promises';

/** After the shell has ended: milliseconds without output after which a pipe that is still held open is no longer waited for. */
const quietMs = 100;
/** And the longest wait for a background process that never falls silent. Milliseconds. */
const longestMs = 1_000;

export interface ShellOutput {
  /** Call when the shell has ended: resolves when everything it wrote has been handed on. Nothing is handed on after that. */
  settled(): Promise<void>;
  /** Lets go of the pipes. Until then they are emptied, so that a server left in the background does not die of a broken pipe. */
  release(): void;
}

/** Hands on what comes out of the pipes as text, characters that are split over two chunks kept whole. */
export function readShellOutput(pipes: readonly (Readable | null)[], onText: (text: string) => void): ShellOutput {
  const sources = pipes.filter((pipe) => pipe !== null);
  let listening = true;
  let chunks = 0;
  const hand = (text: string): void => {
    chunks += 1;
    if (listening && text !== '') onText(text);
  };
  const ended = sources.map((source) => {
    const decoder = new StringDecoder('utf8');
    source.on('data', (chunk: Buffer) => hand(decoder.write(chunk)));
    source.on('error', () => {});
    return new Promise<void>((resolve) => {
      source.once('close', () => {
        hand(decoder.end());
        resolve();
      });
    });
  });
  const allEnded = Promise.all(ended).then(() => 'ended' as const);

  return {
    async settled() {
      const start = performance.now();
      for (let before = -1; before !== chunks && performance.now() - start < longestMs; ) {
        before = chunks;
        if ((await Promise.race([allEnded, wait(quietMs, 'waited' as const, { ref: false })])) === 'ended') break;
      }
      listening = false;
      for (const source of sources) if ('unref' in source && typeof source.unref === 'function') source.unref();
    },
    release() {
      listening = false;
      for (const source of sources) source.destroy();
    },
  };
}
