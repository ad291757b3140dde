import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place } from '../../../../../src/core/gate/analysis/facts';
import { createNodeFacts } from '../../../../../src/node/nodeFacts';
import { bash } from './analysisWorld';

/** Links of a real folder: a repository may bring them along, and a walk through it may follow them. */
suite('links below a folder', () => {
  let root: string;
  let place: Place;
  const facts = createNodeFacts();
  const answerOf = (command: string) => bash(command, facts, place).answer;

  setup(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'links-')));
    const ws = join(root, 'home', 'ws');
    mkdirSync(join(ws, 'src', 'lib'), { recursive: true });
    mkdirSync(join(root, 'home', 'other'));
    writeFileSync(join(root, 'home', '.netrc'), 'machine x.example password y\n');
    writeFileSync(join(ws, 'src', 'lib', 'a.ts'), 'export {};\n');
    symlinkSync('a.ts', join(ws, 'src', 'lib', 'inside.ts'));
    place = { workspace: [ws], cwd: ws, home: join(root, 'home'), scratch: undefined, ours: [], user: 'me' };
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));

  const following = [
    'grep -R foo src',
    'rg --follow foo src',
    'cp -rL src copy',
    'rsync -aL src/ copy/',
    'tar czhf a.tgz src',
    'zip -r a.zip src',
    'diff -r src lib',
    'find src -type f | xargs cat',
    'shopt -s globstar; cat src/**/*.ts',
    `python3 -c "import os
for r, d, f in os.walk('src'):
  for x in f: print(open(os.path.join(r, x)).read())"`,
  ];
  const notFollowing = ['grep -r foo src', 'rg foo src', 'cp -r src copy', 'rsync -a src/ copy/', 'zip -ry a.zip src'];

  test('a link that stays inside changes nothing', () => {
    for (const command of [...following, ...notFollowing]) assert.equal(answerOf(command), 'allow', command);
  });

  test('what a link leads to is read by a walk that follows it, and by no other', () => {
    symlinkSync(join(root, 'home', '.netrc'), join(place.cwd, 'src', 'lib', 'notes.ts'));
    for (const command of following) assert.notEqual(answerOf(command), 'allow', command);
    for (const command of notFollowing) assert.equal(answerOf(command), 'allow', command);
  });

  test('a link to a folder elsewhere may lead to anything', () => {
    symlinkSync(join(root, 'home', 'other'), join(place.cwd, 'src', 'lib', 'more'));
    for (const command of ['grep -R foo src', 'cp -rL src copy', 'find -L src -name x', 'ls -RL src'])
      assert.equal(bash(command, facts, place).decisive.rule, 'paths.link', command);
  });

  test('a link among more files than are looked at one by one is found', () => {
    for (let index = 0; index < 300; index += 1) writeFileSync(join(place.cwd, 'src', `${index}.md`), '');
    assert.equal(answerOf('cat src/*.md'), 'allow');
    symlinkSync(join(root, 'home', '.netrc'), join(place.cwd, 'src', 'notes.md'));
    assert.notEqual(answerOf('cat src/*.md'), 'allow');
    assert.equal(answerOf('cat src/1*.md'), 'allow', 'the pattern takes others');
  });
});
