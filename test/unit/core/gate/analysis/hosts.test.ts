import { strict as assert } from 'node:assert';
import { noPast, type Past } from '../../../../../src/core/gate/analysis/changes';
import { holdsKey, judgeHost, looksEncoded } from '../../../../../src/core/gate/analysis/hosts';
import { readWebAddress, whereIs } from '../../../../../src/core/gate/analysis/network';
import { createReport } from '../../../../../src/core/gate/analysis/report';
import { clean, type Piece, textPiece, unknownPiece } from '../../../../../src/core/gate/analysis/shell/field';
import { place, virtual } from './analysisWorld';

const errand = {
  method: 'get',
  carried: clean,
  span: undefined,
  certainty: 'certain',
  program: 'test',
} as const;

function said(to: string | readonly Piece[], how: Partial<Parameters<typeof judgeHost>[2]> = {}, past: Past = noPast) {
  const report = createReport({ place, facts: virtual, past });
  judgeHost(report, to, { ...errand, ...how });
  const { answer, decisive } = report.analysis();
  return `${answer} ${decisive.rule}`;
}

suite('places on the web', () => {
  const allowed = [
    'http://localhost:3000/',
    'http://localhost:3000',
    'http://LOCALHOST:8080/a?b=c',
    'http://app.localhost:3000/x',
    'http://127.0.0.1:5173/src/main.ts',
    'http://127.9.9.9/',
    'http://[::1]:8000/',
    'https://localhost:8443/',
    'https://docs.python.org/3/library/os.html#os.walk',
    'https://developer.mozilla.org/en-US/search?q=flat+map',
    'https://pkg.go.dev/net/http',
    'https://learn.microsoft.com/en-us/dotnet/api/system.threading.tasks.task.configureawait?view=net-8.0',
    'https://registry.npmjs.org/@types/node',
    'https://pypi.org/pypi/requests/json',
  ];
  for (const url of allowed) test(`${url} may be asked`, () => assert.match(said(url), /^allow /));

  const doubtful: readonly (readonly [string, string])[] = [
    ['https://example.com/', 'network.reach'],
    ['http://docs.python.org/', 'network.reach'],
    ['https://docs.python.org:8443/', 'network.reach'],
    ['https://docs.python.org.example.com/', 'network.reach'],
    ['https://docs.python.org./3/', 'network.spelling'],
    ['https://docs.python.org/3/%2e%2e/x', 'network.reach'],
    ['https://www.php.net/manual/../x', 'network.reach'],
    ['https://learn.microsoft.com/en-us/answers/questions/1', 'network.reach'],
    ['https://pkg.go.dev/example.com/x', 'network.reach'],
    ['https://registry.npmjs.org/x/-/x-1.0.0.tgz', 'network.reach'],
    ['https://docs.python.org/?q=QVBJX0tFWT1zZWNyZXQxMjM0', 'network.payload'],
    [`https://docs.python.org/?q=${'a+b+'.repeat(60)}`, 'network.payload'],
    ['http://0.0.0.0:3000/', 'network.private'],
    ['http://[::]:3000/', 'network.private'],
    ['http://192.168.1.1/', 'network.private'],
    ['http://printer.local/', 'network.private'],
    ['http://intranet/', 'network.private'],
    ['http://127.1:3000/', 'network.spelling'],
    ['http://2130706433/', 'network.spelling'],
    ['http://0x7f000001/', 'network.spelling'],
    ['http://[::ffff:127.0.0.1]/', 'network.spelling'],
    ['http://me:x@localhost:3000/', 'network.user'],
    ['https://g\u0456thub.com/', 'network.spelling'],
    ['http://localhost:2375/', 'network.port'],
    ['http://localhost:9229/json', 'network.port'],
    ['http://localhost:22/', 'network.port'],
    ['http://localhost:3000/go?to=https://example.com', 'network.redirect'],
    ['http://localhost:3000\\@example.com/', 'network.address'],
    ['http://localhost#@example.com/', 'network.address'],
    ['http://localhost?@example.com/', 'network.address'],
    ['http://local host/', 'network.address'],
    ['http://localhost%2eexample.com/', 'network.address'],
    ['ftp://localhost/', 'network.address'],
    ['localhost:3000', 'network.address'],
    ['', 'network.address'],
  ];
  for (const [url, rule] of doubtful) test(`${url} is doubtful`, () => assert.equal(said(url), `unsure ${rule}`));

  const harmful: readonly (readonly [string, string])[] = [
    ['http://169.254.169.254/latest/', 'network.metadata'],
    ['http://2852039166/', 'network.metadata'],
    ['http://0xa9.0xfe.0xa9.0xfe/', 'network.metadata'],
    ['http://[::ffff:169.254.169.254]/', 'network.metadata'],
    ['http://[fe80::1]/', 'network.metadata'],
    ['http://metadata.google.internal/', 'network.metadata'],
    ['http://169.254.169.254.nip.io/', 'network.metadata'],
    ['http://localhost:3000/get?url=http://169.254.169.254/', 'network.metadata'],
    ['https://docs.python.org@example.com/', 'network.disguised'],
    ['http://example.com%00.docs.python.org/', 'network.disguised'],
  ];
  for (const [url, rule] of harmful) test(`${url} is harmful`, () => assert.equal(said(url), `block ${rule}`));

  test('what is sent to this machine needs a server that the session started', () => {
    assert.equal(said('http://localhost:3000/', { method: 'send' }), 'unsure network.loopback');
    assert.match(said('http://localhost:3000/', { method: 'send' }, { ...noPast, serves: true }), /^allow /);
  });

  test('a secret is not sent, and while one is held nobody is asked', () => {
    const carried = { ...clean, secret: true };
    assert.equal(said('https://docs.python.org/3/', { carried }), 'block secrets.sent');
    assert.equal(said('https://example.com/', { carried }), 'block secrets.sent');
    assert.equal(said('http://localhost:3000/', { carried }), 'unsure secrets.sent');
    assert.equal(said('https://docs.python.org/3/', {}, { ...noPast, secret: '.env' }), 'unsure secrets.session');
  });

  test('only the path of this machine’s own addresses may be unknown', () => {
    assert.match(said([textPiece('http://localhost:3000/'), unknownPiece('$ID')]), /^allow /);
    assert.equal(said([textPiece('http://localhost:'), unknownPiece('$PORT', 'integer')]), 'unsure network.address');
    assert.equal(said([textPiece('http://localhost'), unknownPiece('$X')]), 'unsure network.address');
    assert.equal(said([textPiece('https://docs.python.org/'), unknownPiece('$X')]), 'unsure network.unknown');
    assert.equal(
      said([textPiece('https://example.com/'), unknownPiece('$X', 'any', { secret: true, network: false })]),
      'block secrets.sent',
    );
  });

  test('documentation is only asked, and nothing goes along', () => {
    assert.equal(said('https://docs.python.org/3/', { method: 'send' }), 'unsure network.reach');
    assert.equal(said('https://docs.python.org/3/', { more: true }), 'unsure network.reach');
    assert.match(said('https://docs.python.org/3/', { follows: true }), /^allow /);
    assert.equal(said('https://docs.python.org/?u=https://x.example', { follows: true }), 'unsure network.redirect');
  });

  test('the user decides which hosts may be asked', () => {
    const answer = (hosts: readonly string[] | undefined, url: string) => {
      const report = createReport({ place: { ...place, ...(hosts && { hosts }) }, facts: virtual, past: noPast });
      judgeHost(report, url, errand);
      return report.analysis().answer;
    };
    const own = 'https://docs.example.com/x';
    const builtIn = 'https://docs.python.org/3/';
    assert.deepEqual([answer(undefined, own), answer(undefined, builtIn)], ['unsure', 'allow']);
    const both = ['$defaults', 'docs.example.com'];
    assert.deepEqual([answer(both, own), answer(both, builtIn)], ['allow', 'allow']);
    assert.deepEqual([answer([], own), answer([], builtIn)], ['unsure', 'unsure']);
    for (const url of ['http://docs.example.com/x', 'https://docs.example.com:8443/x', 'https://a.docs.example.com/x'])
      assert.equal(answer(both, url), 'unsure', url);
    assert.equal(answer(['169.254.169.254'], 'http://169.254.169.254/latest'), 'block');
  });

  test('encoded data is told from names', () => {
    for (const text of [
      'QVBJX0tFWT1zZWNyZXQxMjM0',
      'deadbeefdeadbeefdeadbeef',
      'MFRGGZDFMZTWQ2LKNNWG23TP',
      '%41%42%43%44%45%46%47%48%49%4a%4b%4c%4d',
    ])
      assert.ok(looksEncoded(text), text);
    for (const text of [
      'API_CompleteMultipartUpload.html',
      'configureawait',
      'getOrInsertWithKeyAndValue',
      'how+to+write+a+test',
      '2024-11-23',
    ])
      assert.ok(!looksEncoded(text), text);
  });

  test('keys are known by their shape', () => {
    for (const text of ['ghp_abcdefghijklmnopqrstuv', 'AKIAABCDEFGHIJKLMNOP', '-----BEGIN RSA PRIVATE KEY-----'])
      assert.ok(holdsKey(text), text);
    for (const text of ['npm_config_registry', 'task-management', 'sk-learn']) assert.ok(!holdsKey(text), text);
  });
});

suite('addresses', () => {
  test('are read with their canonical host', () => {
    assert.equal(readWebAddress('http://0177.1/x?y#z')?.host, '127.0.0.1');
    assert.deepEqual(readWebAddress('HTTPS://Example.COM/a/b?c=d'), {
      scheme: 'https',
      host: 'example.com',
      port: 443,
      written: 'example.com',
      path: '/a/b',
      query: 'c=d',
      user: '',
    });
  });

  test('lie somewhere', () => {
    assert.equal(whereIs('localhost'), 'loopback');
    assert.equal(whereIs('notlocalhost'), 'private');
    assert.equal(whereIs('127.0.0.1.example.com'), 'public');
    assert.equal(whereIs('100.64.0.1'), 'private');
    assert.equal(whereIs('172.32.0.1'), 'public');
    assert.equal(whereIs('fd00::1'), 'private');
    assert.equal(whereIs('::ffff:7f00:1'), 'loopback');
    assert.equal(whereIs('::ffff:a00:1'), 'private');
  });
});
