import type { Span } from '../effect';

/** What a text calls such sentences when it speaks about them. */
const aboutExamples =
  /injection|inject|jailbreak|attack|adversar|malicious|untrusted|phrases?\b|patterns?\b|payload|detect|such as|e\.g\.|for example|for instance|examples?\b|like\b|heuristic|keyword|classif|sanitiz|red.?team|guardrail|suspicious|expect\(|assert|toContain|it\(|test\(/i;

/** With any of these inside the quotation, it does something when it is obeyed. */
const payload =
  /https?:|curl|wget|\brm\b|ssh|\benv\b|token|\bkeys?\b|password|credential|secret|\bsend\b|upload|execut|\brun\b|delete|exfil|download|install|\bbash\b|\bfiles?\b|commit|push|email|@/i;

const opening =
  /["'`\u2018\u201c\u00ab\u201e\u300c](?:[^"'`\u2018\u201c\u201d\u00ab\u00bb\u201e\u300c\u300d\n]|\b'\b){0,60}$/;
const closing = /^(?:[^"'`\u201c\u201d\u00ab\u00bb\u300c\u300d\n]|\b'\b){0,90}?["'`\u2019\u201d\u00bb\u300d]/;

/** How far around a quotation the text is asked what it is about. */
const around = 240;

/**
 * Whether a sentence is only quoted by a text that speaks about such sentences: it stands in quotation marks on one line, holds
 * nothing that could be done, and words near it say that it is an example. An attacker may write the same, but then gives no
 * order.
 */
export function isMention(source: string, span: Span): boolean {
  const before = opening.exec(source.slice(Math.max(0, span.start - 61), span.start));
  if (!before) return false;
  const after = closing.exec(source.slice(span.end, span.end + 92));
  if (!after) return false;
  const from = span.start - before[0].length;
  const to = span.end + after[0].length;
  if (to - from > 200 || payload.test(source.slice(from, to))) return false;
  return (
    aboutExamples.test(source.slice(Math.max(0, from - around), from)) ||
    aboutExamples.test(source.slice(to, to + around))
  );
}
