import { strict as assert } from 'node:assert';
import { foldPath, isWithin, locate } from '../../../../src/core/gate/paths';
import { virtual } from './analysis/analysisWorld';

const exact = { caseInsensitive: false };

suite('paths', () => {
  for (const [written, folded] of [
    ['/a/b', '/a/b'],
    ['/a/./b//c/', '/a/b/c'],
    ['/a/b/../c', '/a/c'],
    ['/../../a', '/a'],
    ['/', '/'],
    ['//', '/'],
    ['/a/...', '/a/...'],
    ['/a/..b', '/a/..b'],
  ] as const)
    test(`${written} is ${folded}`, () => assert.equal(foldPath(written), folded));

  test('a folder holds itself and what is below, and no neighbour', () => {
    assert.ok(isWithin('/ws', '/ws', exact));
    assert.ok(isWithin('/ws/a', '/ws', exact));
    assert.ok(isWithin('/anything', '/', exact));
    assert.ok(!isWithin('/ws-evil', '/ws', exact));
    assert.ok(!isWithin('/w', '/ws', exact));
  });

  test('case and composition fold where the volume folds them', () => {
    assert.ok(!isWithin('/WS/a', '/ws', exact));
    assert.ok(isWithin('/WS/a', '/ws', { caseInsensitive: true }));
    assert.ok(isWithin('/w\u0065\u0301/a', '/w\u00e9', { caseInsensitive: true }));
  });

  for (const [path, why] of [
    ['/ws/a\0b', 'nul'],
    ['file:///etc/passwd', 'url'],
    ['/proc/self/root/etc', 'process-link'],
    ['/proc/1234/cwd/x', 'process-link'],
    ['/proc/self/task/1/fd/3', 'process-link'],
    ['\\\\server\\share\\x', 'network-share'],
    ['\\\\?\\C:\\x', 'device-namespace'],
  ] as const)
    test(`${JSON.stringify(path)} is not judged as a path`, () =>
      assert.deepEqual(locate(path, virtual), { ok: false, why }));

  test('on Windows, streams, short names and trailing dots are other names', () => {
    const windows = { ...virtual, platform: 'win32' as const };
    for (const path of ['C:\\ws\\a.txt::$DATA', 'C:\\ws\\GIT~1\\config', 'C:\\ws\\.git.\\config', 'C:\\ws\\a.ts '])
      assert.equal(locate(path, windows).ok, false, path);
    assert.deepEqual(locate('C:\\ws\\src\\..\\a.ts', { ...windows, realpath: (path) => path }).ok, true);
  });

  test('percent forms are literal', () => {
    const found = locate('/ws/%2e%2e/a', virtual);
    assert.equal(found.ok && found.at.path, '/ws/%2e%2e/a');
  });

  test('however a path is spelled, it is the same place', () => {
    let seed = 7;
    const random = (limit: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % limit;
    };
    for (let round = 0; round < 500; round += 1) {
      let spelled = '';
      for (const part of ['home', 'me', 'ws', '.git', 'config']) {
        spelled += ['/', '//', '/./', `/x${round}/../`, '///././'][random(5)] + part;
      }
      const found = locate(spelled, virtual);
      assert.equal(found.ok && found.at.real, '/home/me/ws/.git/config', spelled);
    }
  });
});
