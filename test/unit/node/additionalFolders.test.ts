import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { english } from '../../../src/core/say';
import { additionalFolders } from '../../../src/node/additionalFolders';

suite('additional folders', () => {
  let root: string;
  let home: string;
  setup(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'folders-')));
    home = join(root, 'users', 'me');
    mkdirSync(join(home, 'lib'), { recursive: true });
    mkdirSync(join(root, 'data'));
    writeFileSync(join(root, 'file'), '');
    symlinkSync(join(root, 'data'), join(root, 'link'));
    symlinkSync(root, join(root, 'out'));
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));

  test('folders count by where they really are', () => {
    const { folders, problems } = additionalFolders([join(root, 'link'), '~/lib', `${join(root, 'data')}/`], home);
    assert.deepEqual(folders, [join(root, 'data'), join(home, 'lib'), join(root, 'data')]);
    assert.deepEqual(problems, []);
  });

  test('what is not there, no folder, or holds the home folder is named and does not count', () => {
    const names = ['/', home, join(root, 'users'), join(root, 'out'), join(root, 'none'), join(root, 'file'), '~/'];
    const { folders, problems } = additionalFolders(names, home);
    assert.deepEqual(folders, []);
    assert.equal(problems.length, names.length);
    for (const [at, name] of names.entries()) assert.ok(english(problems[at] ?? assert.fail()).includes(` ${name} `));
  });
});
