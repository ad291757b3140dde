import { strict as assert } from 'node:assert';
import { criticalPlaceOf, isRawDevice } from '../../../../src/core/gate/critical';
import { place, virtual } from './analysis/analysisWorld';

suite('places no mode may destroy silently', () => {
  for (const [path, expected] of [
    ['/', 'root'],
    ['/etc', 'root-child'],
    ['/unusual', 'root-child'],
    ['/home', 'workspace-parent'],
    ['/home/me', 'home'],
    ['/home/other', 'home'],
    ['/root', 'home'],
    ['/home/me/ws', 'workspace'],
    ['/home/me/ws/.git', 'repository'],
    ['/home/me/ws/packages/a/.git', 'repository'],
    ['/mnt/c', 'drive'],
    ['/home/me/ws/build', undefined],
    ['/home/me/ws-old', undefined],
    ['/etc/nginx', undefined],
  ] as const)
    test(`${path} is ${expected ?? 'none of them'}`, () =>
      assert.equal(criticalPlaceOf(path, place, virtual, true), expected));

  test('what is only possibly meant counts where it is a folder that systems have', () => {
    assert.equal(criticalPlaceOf('/usr', place, virtual, false), 'root-child');
    assert.equal(criticalPlaceOf('/build', place, virtual, false), undefined);
  });

  test('case folds where the volume folds it', () => {
    const folding = { ...virtual, caseInsensitive: true };
    assert.equal(criticalPlaceOf('/HOME/ME/WS', place, folding, true), 'workspace');
    assert.equal(criticalPlaceOf('/HOME/ME/WS', place, virtual, true), undefined);
  });

  test('disks are raw devices and the null device is not', () => {
    for (const path of ['/dev/sda', '/dev/nvme0n1p2', '/dev/disk2', '/dev/mem']) assert.ok(isRawDevice(path), path);
    for (const path of ['/dev/null', '/dev/stdout', '/dev/fd/1', '/ws/dev/sda']) assert.ok(!isRawDevice(path), path);
  });
});
