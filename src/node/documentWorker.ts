import type { Outcome, PageText, PdfText } from '../core/ports';
import type { DocumentTask } from './documents';

/** The process in which one document is taken apart. */
async function work(task: DocumentTask): Promise<Outcome<PageText | PdfText>> {
  switch (task.type) {
    case 'page':
      return { ok: true, value: (await import('./pageText')).pageText(task.html, task.base) };
    case 'pdf':
      return (await import('./pdfText')).pdfText(task.bytes);
  }
}

process.once('message', (task) => {
  work(task as DocumentTask)
    .catch((error): Outcome<never> => ({ ok: false, reason: `it could not be taken apart: ${String(error)}` }))
    .then((outcome) => process.send?.(outcome));
});
// Nobody waits for the answer any more.
process.once('disconnect', () => process.exit());
