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
    ['a key after an underscore', `MY_sk-${'ant'}-api03-${body}`],
    ['the tail of a long key', `sk-${'ant'}-api03-${'a'.repeat(1_000)}${body}`],
    ['the tail of a long value', `SECRET=${'a'.repeat(9_000)}${body}`],
    ['a header of an unknown scheme', `Authorization: ApiKey ${body}`],
    ['a header inside a quoted text', `"{\\"Authorization\\": \\"Bearer ${body}\\"}"`],
    ['JSON inside a quoted text', `curl -d "{\\"password\\":\\"${body}\\"}" x`],
    ['a value with escaped quotes', `{"token": "a\\"${body}"}`],
    ['a value whose quote was cut off', `password="${body}`],
    ['a flag and its value', `tool --api-key ${body} next`],
    ["curl's user and password", `curl -u me:${body} https://x`],
    ['a password with an at sign', `postgres://u:p@${body}@host/db`],
    ['a user name that is a token', `https://${body}@example.com/x.git`],
    ['a line of an .env file', `A=1\nSTRIPE_SECRET_KEY=${body}\nB=2`],
    ['camel case', `const clientSecret = '${body}';`],
    ['a query', `https://example.com/x?api_key=${body}&b=c`],
    ['a JWT without a signature', `ey${'J'}hbGciOiJub25lIn0.${body}.`],
    ['a PGP key', `-----BEGIN PGP ${'PRIVATE'} KEY BLOCK-----\n${body}\n-----END PGP PRIVATE KEY BLOCK-----`],
    ['a private key that was cut off', `-----BEGIN ${'PRIVATE'} KEY-----\n${'k'.repeat(30_000)}${body}`],
    [
      'the second of two private keys',
      `${`-----BEGIN ${'PRIVATE'} KEY-----\n${body}\n-----END PRIVATE KEY-----\n`.repeat(2)}`,
    ],
    ['an npm token', `np${'m'}_${body}`],
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
    'echo $npm_lifecycle_event_name_of_the_script',
    'git clone ssh://git@example.com/a/b.git',
    'docker run -u 1000:1000 image',
    'curl -H "x: y" https://example.com/user@2?to=a@b.example',
    'export GITHUB_TOKEN="$TOKEN"',
    `TOKEN=$${'{CI_TOKEN}'} npm publish`,
    'API_KEY=$(cat ~/.keys/api) ./run',
    'rm -rf node_modules && npm ci --ignore-scripts',
  ]) {
    test(`leaves ${JSON.stringify(text)} readable`, () => {
      assert.equal(redact(text), text);
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

  test('masks generated values in every form a secret is written in, once and for all', () => {
    const random = generator(20261124);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_.~!#%^*@$,-';
    const pick = <T>(from: readonly T[], otherwise: T): T => from[Math.floor(random() * from.length)] ?? otherwise;
    const names = ['password', 'DB_PASSWORD', 'client_secret', 'apiKey', 'api-key', 'ACCESS_TOKEN', 'npm_config_token'];
    const forms: readonly ((name: string, secret: string) => string)[] = [
      (name, secret) => `${name}=${secret} next`,
      (name, secret) => `export ${name}='${secret}'`,
      (name, secret) => `${name}: "${secret}"`,
      (name, secret) => `{"${name}":"${secret}","b":1}`,
      (name, secret) => `{\\"${name}\\": \\"${secret}\\"}`,
      (name, secret) => `curl 'https://h.example/x?a=b&${name}=${secret}'`,
      (name, secret) => `tool --${name.toLowerCase().replaceAll('_', '-')} '${secret}'`,
      (_, secret) => `curl -H 'Authorization: Bearer ${secret}'`,
      (_, secret) => `-H "x-api-key: ${secret}"`,
    ];
    for (let round = 0; round < 3_000; round += 1) {
      const core = Array.from({ length: 16 }, () => pick([...letters.slice(0, 62)], 'a')).join('');
      const tail = Array.from({ length: Math.floor(random() * 30) }, () => pick([...letters], 'a')).join('');
      const text = pick(forms, String)(pick(names, 'password'), core + tail);
      const masked = redact(text);
      assert.ok(!masked.includes(core.slice(0, 8)) && !masked.includes(core.slice(8)), `${round}: ${text} → ${masked}`);
      if (tail.length > 6) assert.ok(!masked.includes(tail), `${round}: ${text} → ${masked}`);
      assert.equal(redact(masked), masked, `${round}`);
    }
  });

  test('takes linear time on 1 MB of anything', () => {
    const pieces = [
      ...[
        'a',
        ' ',
        '\n',
        '\\',
        'password',
        'eyJa.',
        '-eyJ-',
        '.-eyJaaaaaaaa',
        '-----BEGIN ',
        'x://',
        'x://a:',
        'a@',
        'a.b-c_',
      ],
      ...[
        'token token=',
        'token="',
        'token=\\"',
        '"\'',
        '\\\\"',
        'authorization: ',
        'bearer ',
        'sk-',
        ' -u a',
        '--a-token ',
      ],
      ...[`-----BEGIN ${'PRIVATE'} KEY-----`, `-----BEGIN ${'PRIVATE'} KEY----------END PRIVATE KEY-----`, '12345678:'],
      ...[`-----BEGIN ${'PRIVATE'} KEY-----;`, `-----BEGIN ${'PRIVATE'} KEY-----;-----END PRIVATE KEY-----`],
    ];
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const started = performance.now();
      redact(text);
      assert.ok(performance.now() - started < 1_000, JSON.stringify(piece));
    }
  });

  test('what is around a secret stays, and a second pass changes nothing', () => {
    for (const [, text] of rows) assert.equal(redact(redact(text)), redact(text));
    assert.equal(
      redact(`cd /ws && TOKEN=${body} npm publish --tag next; echo done`),
      'cd /ws && TOKEN=(masked) npm publish --tag next; echo done',
    );
    assert.equal(redact(`sk-${'ant'}-api03-${body} x`), 'sk-ant-…(masked) x');
  });

  test('a command cannot hide behind what looks like a secret', () => {
    const marker = (word: string) => `-----${word} ${'PRIVATE'} KEY-----`;
    const hidden = 'rm -rf "$HOME"';
    for (const text of [
      `: ${marker('BEGIN')}; ${hidden}`,
      `: ${marker('BEGIN')}; ${hidden}; : ${marker('END')}`,
      `TOKEN=$(${hidden}) true`,
      `TOKEN="$(cat x)"; ${hidden}`,
      `curl -u a:bcd;${hidden}`,
      `PASSWORD=abcd;${hidden}`,
      `PASSWORD=abcd|${hidden}`,
    ])
      assert.ok(redact(text).includes('-rf "$HOME"'), redact(text));
  });

  test('values are masked in depth and by key', () => {
    const masked = JSON.stringify(
      redactValue({
        command: `x --token=${body}`,
        list: [{ password: 'short' }],
        apiKey: 'short',
        accessToken: 'short',
        inputTokens: 5,
        note: 'fine',
      }),
    );
    assert.ok(!masked.includes(body) && !masked.includes('short') && masked.includes('fine'));
  });
});
