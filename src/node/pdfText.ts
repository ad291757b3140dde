import { extractText, getDocumentProxy } from 'unpdf';
import type { Outcome, PdfText } from '../core/ports';

/** The text of a PDF, page by page. */
export async function pdfText(bytes: Uint8Array): Promise<Outcome<PdfText>> {
  try {
    const document = await getDocumentProxy(bytes, { verbosity: 0, isEvalSupported: false, disableFontFace: true });
    const { text, totalPages } = await extractText(document, { mergePages: false });
    return { ok: true, value: { pages: text, total: totalPages } };
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
