import { parentPort, workerData } from 'node:worker_threads';
import type { Outcome, PageText, PdfText } from '../core/ports';
import type { DocumentTask } from './documents';

/** The thread in which one document is taken apart. */
async function work(task: DocumentTask): Promise<Outcome<PageText | PdfText>> {
  switch (task.type) {
    case 'page':
      return { ok: true, value: (await import('./pageText')).pageText(task.html, task.base) };
    case 'pdf':
      return (await import('./pdfText')).pdfText(task.bytes);
  }
}

work(workerData as DocumentTask)
  .catch((error): Outcome<never> => ({ ok: false, reason: `it could not be taken apart: ${String(error)}` }))
  .then((outcome) => parentPort?.postMessage(outcome));
