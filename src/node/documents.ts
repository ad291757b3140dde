import { Worker } from 'node:worker_threads';
import type { Documents, Outcome, PageText, PdfText } from '../core/ports';

import { imageInfo } from './imageInfo';

/** What the worker is asked; it answers with an {@link Outcome}. */
export type DocumentTask =
  | { readonly type: 'page'; readonly html: string; readonly base: string }
  | { readonly type: 'pdf'; readonly bytes: Uint8Array };

/** Milliseconds for one document. */
const defaultTimeMs = 20_000;

/**
 * Takes documents apart in a thread of their own that ends with each: one that hangs is ended, one that eats memory ends only
 * its thread.
 * @param worker path of the built `documentWorker.js`.
 */
export function createDocuments(worker: string, timeMs = defaultTimeMs): Documents {
  return {
    page: (html, base, signal) => run<PageText>(worker, { type: 'page', html, base }, timeMs, signal),
    image: imageInfo,
    pdf: (bytes, signal) => run<PdfText>(worker, { type: 'pdf', bytes }, timeMs, signal),
  };
}

function run<T>(path: string, workerData: DocumentTask, timeMs: number, signal: AbortSignal): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(no('it was stopped'));
    const worker = new Worker(path, {
      workerData,
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
    });
    const end = (outcome: Outcome<T>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      void worker.terminate();
      resolve(outcome);
    };
    const stop = (): void => end(no('it was stopped'));
    const timer = setTimeout(() => end(no(`taking it apart took longer than ${timeMs / 1000} s`)), timeMs);
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (outcome: Outcome<T>) => end(outcome));
    worker.once('error', (error) => end(no(`it could not be taken apart: ${error.message}`)));
    worker.once('exit', () => end(no('it could not be taken apart')));
  });
}

const no = (reason: string): Outcome<never> => ({ ok: false, reason });
