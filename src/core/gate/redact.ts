/**
 * Masks what looks like a secret. Time is linear in the input whatever it holds: every pattern begins with fixed text or a
 * bounded run, and a run without a bound stands only at a pattern's end or cannot overlap with the next match's run. A run at
 * the end has no bound, because the tail of a long secret is as secret as its head.
 */
const shapes: readonly (readonly [pattern: RegExp, mask: string])[] = [
  [/(?<![A-Za-z0-9])(sk-ant-|sk-proj-|sk-|[spr]k_live_|[spr]k_test_)[A-Za-z0-9_-]{12,}/g, '$1…(masked)'],
  [
    /(?<![A-Za-z0-9])(gh[pousr]_|github_pat_|glpat-|pypi-|xox[abeprs]-|xapp-|dop_v1_|SG\.)[A-Za-z0-9_.-]{10,}/g,
    '$1…(masked)',
  ],
  // Longer, and without a second underscore: `npm_config_token` is a name.
  [/(?<![A-Za-z0-9])(npm_|hf_)[A-Za-z0-9]{30,}/g, '$1…(masked)'],
  [/(?<![A-Za-z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g, '$1…(masked)'],
  [/(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30,}/g, 'AIza…(masked)'],
  [/(?<!\d)\d{8,10}:[A-Za-z0-9_-]{35,}/g, '(bot token masked)'],
  // Any scheme, known or not: the word before the credentials goes with them.
  [
    /\b(authorization(?:\\{0,3}["'])?\s{0,5}[:=]\s{0,5}(?:\\{0,3}["'])?)(?:[A-Za-z][A-Za-z-]{1,20}\s{1,5})?[^\s"'\\;]{4,}/gi,
    '$1(masked)',
  ],
  [/\b(bearer\s{1,5})[A-Za-z0-9._~+/=-]{12,}/gi, '$1(masked)'],
  [/\b(x-api-key(?:\\{0,3}["'])?\s{0,5}[:=]\s{0,5}(?:\\{0,3}["'])?)[^\s"'\\;]{4,}/gi, '$1(masked)'],
  // Up to the last @ before the path: passwords hold such signs unescaped. The user of git over SSH is no secret.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)(?!git@)[^\s/?#"'<>]+@/gi, '$1(masked)@'],
  // curl's user and password in one word; numbers are a container's user and group.
  [/((?:^|\s)(?:-u|--user)[\s=]{0,3}["']?(?!\d{1,10}:\d)[^\s:"']{1,80}:)(?!\(masked\))[^\s"';&|)]{3,}/g, '$1(masked)'],
];

const secretName =
  'password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|authorization';

/** Double-quoted, single-quoted, quoted inside a quoted text, or bare. A quote that is never closed (a cut text) counts. */
const value = String.raw`"(?:[^"\\\n]|\\[^\n])+"?|'[^'\n]+'?|\\{1,3}["'](?:[^"'\\\n]|\\{1,3}[^"'\\\n])+|[^\s"'\\;&|)]{4,}`;

/** `DB_PASSWORD='…'`, `clientSecret: …`, `?api_key=…`, `"token": "…"`, `{\"token\":\"…\"}`. */
const pair = new RegExp(
  String.raw`((?:^|[^A-Za-z0-9])[A-Za-z0-9_.-]{0,40}(?:${secretName})[A-Za-z0-9_-]{0,20}(?:\\{0,3}["'])?\s{0,3}[:=]\s{0,3})(${value})`,
  'gi',
);

/** `--password …`, `--api-key …`: the next word. */
const flag = new RegExp(String.raw`((?:^|\s)--(?:[a-z0-9]{1,20}-){0,3}(?:${secretName})\s{1,3})(?!-)(${value})`, 'gi');

const anySecretName = new RegExp(secretName, 'i');

/**
 * A value taken from elsewhere (`$TOKEN`, `"${TOKEN}"`, `$(cat f)`) is no secret, and a reader wants to see where from. What
 * is masked already stays as it is: texts pass here more than once on their way to a log.
 */
function isHarmless(text: string): boolean {
  if (text === '(masked') return true;
  if (/^"\$\(/.test(text)) return !anySecretName.test(text);
  return /^(?:\\{0,3}")?\$(?:\{[A-Za-z_]\w*\}|[A-Z_][A-Z0-9_]*|\([\w./-]*)(?:\\{0,3}")?$/.test(text);
}

const maskValue = (whole: string, name: string, text: string): string => (isHarmless(text) ? whole : `${name}(masked)`);

/** The text with secrets masked; a short recognisable start is kept where the kind has one. */
export function redact(text: string): string {
  const masked = shapes.reduce((result, [pattern, mask]) => result.replace(pattern, mask), maskTokens(maskKeys(text)));
  return masked.replace(pair, maskValue).replace(flag, maskValue);
}

const keyStart = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** What stands inside a key: base 64, its headers, and line breaks, also escaped ones. */
const keyBody = /^[A-Za-z0-9+/=\s\\:,.-]*/;

/**
 * Private keys in PEM, also those that were cut off. Nothing but a key's own characters is masked, so that a command cannot
 * hide behind a marker.
 */
function maskKeys(text: string): string {
  let result = '';
  let from = 0;
  /** The nearest end marker; null when there is none further on. */
  let end: RegExpExecArray | null | undefined;
  for (;;) {
    keyStart.lastIndex = from;
    const start = keyStart.exec(text);
    if (!start) return result + text.slice(from);
    const body = keyStart.lastIndex;
    if (end === undefined || (end && end.index < body)) {
      keyEnd.lastIndex = body;
      end = keyEnd.exec(text);
    }
    const room = text.slice(body, end?.index);
    const length = keyBody.exec(room)?.[0].length ?? 0;
    result += `${text.slice(from, start.index)}PRIVATE KEY (masked)`;
    from = end && length === room.length ? end.index + end[0].length : body + length;
  }
}

/** JSON Web Tokens, wherever they stand in a run of their characters; each run is looked at once. */
function maskTokens(text: string): string {
  return text.replace(/[A-Za-z0-9_.-]{20,}/g, (run) => {
    const start = run.indexOf('eyJ');
    return start >= 0 && run.lastIndexOf('.') > start + 10 ? `${run.slice(0, start)}eyJ…(masked)` : run;
  });
}

/** The same for every text in a JSON-like value, and for texts whose key says that they are secret. */
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

const secretKey = new RegExp(`(?:${secretName})s?$`, 'i');
