import { fork } from 'node:child_process';
import type { Documents, Outcome, PageText, PdfText } from '../core/ports';
import { imageInfo } from './imageInfo';

/** What the worker is asked; it answers with an {@link Outcome}. */
export type DocumentTask =
  | { readonly type: 'page'; readonly html: string; readonly base: string }
  | { readonly type: 'pdf'; readonly bytes: Uint8Array };

/** Milliseconds for one document. */
const defaultTimeMs = 20_000;
/** Megabytes of memory for one document. */
const memory = 512;

/**
 * Takes documents apart in a process of their own that ends with each. A thread would not do: one that runs out of memory takes
 * the whole program with it.
 * @param worker path of the built `documentWorker.js`.
 */
export function createDocuments(worker: string, timeMs = defaultTimeMs): Documents {
  return {
    page: (html, base, signal) => run<PageText>(worker, { type: 'page', html, base }, timeMs, signal),
    image: imageInfo,
    pdf: (bytes, signal) => run<PdfText>(worker, { type: 'pdf', bytes: new Uint8Array(bytes) }, timeMs, signal),
  };
}

function run<T>(path: string, task: DocumentTask, timeMs: number, signal: AbortSignal): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(no('it was stopped'));
    const child = fork(path, [], {
      // In a desktop editor the program is the editor, which is Node only when it is told to be.
      env: { ELECTRON_RUN_AS_NODE: '1' },
      execArgv: [`--max-old-space-size=${memory}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const end = (outcome: Outcome<T>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      child.kill('SIGKILL');
      resolve(outcome);
    };
    const stop = (): void => end(no('it was stopped'));
    const timer = setTimeout(() => end(no(`taking it apart took longer than ${timeMs / 1000} s`)), timeMs);
    signal.addEventListener('abort', stop, { once: true });
    child.once('message', (outcome) => end(outcome as Outcome<T>));
    child.once('error', (error) => end(no(`it could not be taken apart: ${error.message}`)));
    child.once('exit', () => end(no('it could not be taken apart, or not in the memory that it is given')));
    child.send(task, (error) => {
      if (error) end(no(`it could not be taken apart: ${error.message}`));
    });
  });
}

const no = (reason: string): Outcome<never> => ({ ok: false, reason });
