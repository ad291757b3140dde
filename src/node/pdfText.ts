import { getDocumentProxy } from 'unpdf';
import type { Outcome, PdfText } from '../core/ports';

/** Pages and UTF-16 units that are read; what is beyond is not looked at. */
const pageLimit = 2_000;
const textLimit = 3_000_000;

/** The text of a PDF, page by page. */
export async function pdfText(bytes: Uint8Array): Promise<Outcome<PdfText>> {
  try {
    const document = await getDocumentProxy(bytes, { verbosity: 0, isEvalSupported: false, disableFontFace: true });
    const pages: string[] = [];
    let room = textLimit;
    for (let n = 1; n <= Math.min(document.numPages, pageLimit) && room > 0; n += 1) {
      const page = await document.getPage(n);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
      pages.push(text.slice(0, room));
      room -= text.length;
      page.cleanup();
    }
    return { ok: true, value: { pages, total: document.numPages } };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'PasswordException') return { ok: false, reason: 'the PDF is locked with a password' };
    if (name === 'InvalidPDFException') return { ok: false, reason: 'it is no whole PDF' };
    return {
      ok: false,
      reason: `the PDF could not be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
