/**
 * Masks what looks like a secret. Patterns are anchored on fixed text and bounded in length, so that the time stays linear
 * in the input whatever it holds.
 */
const shapes: readonly [pattern: RegExp, mask: string][] = [
  [
    /-----BEGIN ([A-Z ]{0,40})PRIVATE KEY-----[\s\S]{0,20000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    '-----BEGIN PRIVATE KEY----- (masked)',
  ],
  [/\b(sk-ant-|sk-proj-|sk-)[A-Za-z0-9_-]{12,400}/g, '$1…(masked)'],
  [/\b(gh[pousr]_|github_pat_|glpat-|npm_|pypi-|hf_|xox[abeprs]-|dop_v1_|SG\.)[A-Za-z0-9_.-]{10,400}/g, '$1…(masked)'],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, '$1…(masked)'],
  [/\bAIza[A-Za-z0-9_-]{30,50}/g, 'AIza…(masked)'],
  [/\beyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{4,8000}(?:\.[A-Za-z0-9_-]{0,4000})?/g, 'eyJ…(masked)'],
  [/\b\d{8,10}:[A-Za-z0-9_-]{35}\b/g, '(bot token masked)'],
  [/\b(authorization["']?\s{0,5}[:=]\s{0,5}["']?(?:bearer|basic|token)?\s{0,5})[^\s"',;]{4,4000}/gi, '$1(masked)'],
  [/\b(bearer )[A-Za-z0-9._~+/=-]{12,4000}/gi, '$1(masked)'],
  [/\b(x-api-key["']?\s{0,5}[:=]\s{0,5}["']?)[^\s"',;]{4,4000}/gi, '$1(masked)'],
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:"']{1,200}(?::[^\s/@"']{0,200})?@/gi, '$1(masked)@'],
  [
    /((?:^|[^A-Za-z0-9])[A-Za-z0-9_.-]{0,40}(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[A-Za-z0-9_-]{0,20}["']?\s{0,3}[:=]\s{0,3})("[^"\n]{1,4000}"|'[^'\n]{1,4000}'|[^\s"',;&|)]{1,4000})/gi,
    '$1(masked)',
  ],
];

/** The text with secrets masked; a short recognisable start is kept where the kind has one. */
export function redact(text: string): string {
  return shapes.reduce((masked, [pattern, mask]) => masked.replace(pattern, mask), text);
}

/** The same for every text in a JSON-like value, and for values whose key says that they are secret. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' && secretKey.test(key) ? '(masked)' : redactValue(inner),
    ]),
  );
}

const secretKey =
  /^(?:.{0,40}[_-])?(?:password|passwd|passphrase|secret|token|api[_-]?key|apikey|authorization|access[_-]?key)$/i;
