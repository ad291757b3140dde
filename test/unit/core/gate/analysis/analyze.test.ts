import { strict as assert } from 'node:assert';
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Facts, Place } from '../../../../../src/core/gate/analysis/facts';
import { describeEffect } from '../../../../../src/core/gate/effect';
import { createNodeFacts } from '../../../../../src/node/nodeFacts';
import { bash, judge, place, sha256, virtual, worldOf } from './analysisWorld';

suite('analysis of a call', () => {
  test('an exception becomes an unsure finding, whatever it was', () => {
    const broken: Facts = {
      ...virtual,
      realpath: () => {
        throw new Error('disk on fire');
      },
    };
    const analysis = bash('cat a.txt', broken);
    assert.deepEqual([analysis.answer, analysis.decisive.rule, analysis.opaque], ['unsure', 'analysis.internal', true]);
  });

  test('input that is no command is unsure', () => {
    for (const input of [undefined, null, {}, { command: 3 }, { command: '' }, { command: '  \n' }])
      assert.equal(judge('Bash', input).decisive.rule, 'tool.input');
  });

  test('only reads inside the workspace count as looking', () => {
    for (const [command, looks] of [
      ['cat src/a.ts | head', true],
      ['echo hello', true],
      ['cat /usr/include/stdio.h', false],
      ['touch src/b.ts', false],
      ['cat .env', false],
    ] as const)
      assert.equal(bash(command).looksOnly, looks, command);
  });

  test('simple commands are seen through compounds, substitutions and wrappers', () => {
    const seen = (command: string) =>
      bash(command).commands.map(({ words, through }) => [words.join(' '), through.join('>')]);
    assert.deepEqual(seen('sudo -u root env A=1 timeout 5 rm x'), [
      ['sudo -u root env A=1 timeout 5 rm x', ''],
      ['env A=1 timeout 5 rm x', 'sudo'],
      ['timeout 5 rm x', 'sudo>env'],
      ['rm x', 'sudo>env>timeout'],
    ]);
    assert.deepEqual(
      seen("if ! x=$(bash -c 'git push'); then :; fi").map(([words]) => words),
      ['bash -c git push', 'git push', ':'],
    );
    assert.deepEqual(seen('/usr/bin/git "pu"sh $X'), [['/usr/bin/git push ', '']]);
    assert.equal(bash('/usr/bin/git push').commands[0]?.program, 'git');
  });

  test('evidence points into the command', () => {
    const command = 'ls src && cat .env';
    const { decisive } = bash(command);
    assert.deepEqual(
      decisive.evidence.map(({ start, end }) => command.slice(start, end)),
      ['.env'],
    );
  });

  test('evidence inside a second shell is the word that holds its text', () => {
    const command = "ls; bash -c 'cat .env'";
    const [span] = bash(command).decisive.evidence;
    assert.equal(span && command.slice(span.start, span.end), "'cat .env'");
  });

  test('what cannot be opened is opaque, and nothing else is', () => {
    for (const [command, opaque] of [
      ['$X a', true],
      ["echo 'a", true],
      ['python3 -c "print(1)"', false],
      ['python3 -c "$X"', true],
      ['timeout --no-such 5 ls', true],
      ['npm test', false],
      ['rm -rf build', false],
      ['cat $X', false],
    ] as const)
      assert.equal(bash(command).opaque, opaque, command);
  });

  test('an approval rests on the bytes of the scripts that run', () => {
    const facts = worldOf({ '/home/me/ws/x.sh': 'echo hi', '/home/me/ws/package.json': '{}' });
    const rests = (command: string) => bash(command, facts).restsOn;
    const script = { path: '/home/me/ws/x.sh', sha256: sha256('echo hi') };
    for (const command of ['./x.sh', 'bash x.sh', 'cd . && sh ./x.sh', '. ./x.sh', 'timeout 5 ./x.sh'])
      assert.deepEqual(rests(command), [script], command);
    assert.deepEqual(rests('npm test'), [{ path: '/home/me/ws/package.json', sha256: sha256('{}') }]);
  });

  test('a long command is unsure, and its commands are still seen to the last', () => {
    const analysis = bash(`${'ls src; '.repeat(2_000)}rm -rf build`);
    assert.deepEqual([analysis.answer, analysis.opaque, analysis.commands.length], ['unsure', true, 2_001]);
    assert.ok(analysis.findings.some(({ rule }) => rule === 'shell.length'));
  });

  test('nesting without end is unsure', () => {
    for (const command of [
      `echo ${'$('.repeat(300)}ls${')'.repeat(300)}`,
      `echo ${'$('.repeat(10_000)}ls${')'.repeat(10_000)}`,
      `${'eval '.repeat(500)}ls`,
      'f() { f; }; f',
      `${'for a in 1 2 3 4 5 6 7 8; do '.repeat(8)}ls${'; done'.repeat(8)}`,
    ]) {
      const analysis = bash(command);
      assert.equal(analysis.answer, 'unsure', command.slice(0, 60));
    }
  });

  test('effects name where they land', () => {
    const { effects } = bash('cd src && echo x > ../out.txt');
    assert.deepEqual(effects.map(describeEffect), ['read /home/me/ws/src', 'write /home/me/ws/out.txt']);
  });
});

suite('analysis of a call in a real folder', () => {
  let root: string;
  let here: Place;
  const facts = createNodeFacts();

  setup(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'analysis-')));
    for (const folder of ['home', 'ws/src', 'ws/.git/objects', 'outside', 'scratch'])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'ws/src/a.ts'), 'a');
    writeFileSync(join(root, 'ws/.git/config'), '[core]\n\tbare = false\n');
    writeFileSync(join(root, 'outside/secret.txt'), 's');
    writeFileSync(join(root, 'outside/twin.txt'), 's');
    symlinkSync(join(root, 'outside'), join(root, 'ws/shared'));
    symlinkSync(join(root, 'ws/src/a.ts'), join(root, 'ws/link.ts'));
    linkSync(join(root, 'outside/twin.txt'), join(root, 'ws/twin.txt'));
    here = {
      ...place,
      workspace: [join(root, 'ws')],
      cwd: join(root, 'ws'),
      home: join(root, 'home'),
      scratch: join(root, 'scratch'),
      ours: [],
    };
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));

  const rules = (tool: string, input: unknown) => {
    const { answer, findings } = judge(tool, input, facts, here);
    return [answer, ...findings.map(({ rule }) => rule)];
  };
  const command = (text: string) => rules('Bash', { command: text });
  const write = (path: string) => rules('Write', { file_path: join(root, path), content: 'x' });

  test('a write through a symlinked folder is a write outside', () => {
    assert.deepEqual(write('ws/shared/new.txt'), ['unsure', 'paths.outside-write']);
    assert.deepEqual(command('echo x >> shared/new.txt'), ['unsure', 'paths.outside-write']);
    assert.deepEqual(write('ws/link.ts'), ['allow', 'edits.workspace']);
  });

  test('a file with another name outside is not written without a look', () => {
    assert.deepEqual(write('ws/twin.txt'), ['unsure', 'paths.hard-link']);
  });

  test('a climb out of a symlinked folder is followed as the kernel does', () => {
    assert.deepEqual(write('ws/shared/../ws/src/b.ts'), ['allow', 'edits.workspace']);
    const climbed = judge('Bash', { command: 'cat shared/../outside/secret.txt' }, facts, here);
    assert.deepEqual(
      climbed.effects.map(({ target }) => target.type === 'path' && target.real),
      [join(root, 'outside/secret.txt')],
    );
  });

  test('redirecting over a file that exists is unsure, making a new one is not', () => {
    assert.deepEqual(command('echo x > src/a.ts'), ['unsure', 'command.overwrites']);
    assert.deepEqual(command('echo x > src/b.ts'), ['allow', 'changes.workspace']);
    assert.deepEqual(command('echo x >> src/a.ts'), ['allow', 'changes.workspace']);
  });

  test('removing a link removes the link', () => {
    const { effects } = judge('Bash', { command: 'rm shared' }, facts, here);
    assert.deepEqual(effects.map(describeEffect), [`delete ${join(root, 'ws/shared')}`]);
    const followed = judge('Bash', { command: 'rm -rf shared/' }, facts, here).effects;
    assert.deepEqual(followed.map(describeEffect), [`delete ${join(root, 'ws/shared')} → ${join(root, 'outside')}/**`]);
  });

  test('looking with git is allowed only where the repository starts no program', () => {
    assert.equal(command('git status')[0], 'allow');
    writeFileSync(join(root, 'ws/.git/config'), '[core]\n\tfsmonitor = ./x.sh\n');
    assert.deepEqual(command('git status'), ['unsure', 'git.repository']);
    writeFileSync(join(root, 'ws/.git/config'), '[core]\n\tbare = false\n');
    mkdirSync(join(root, 'ws/sub/objects'), { recursive: true });
    writeFileSync(join(root, 'ws/sub/HEAD'), 'ref: refs/heads/main\n');
    assert.deepEqual(command('cd sub && git status'), ['unsure', 'git.repository']);
    assert.deepEqual(command('git -C sub status'), ['unsure', 'git.repository']);
  });

  test('a pattern is matched against the files that are there', () => {
    assert.equal(command('cat src/*')[0], 'allow');
    writeFileSync(join(root, 'ws/src/server.key'), 'k');
    assert.deepEqual(command('cat src/*'), ['unsure', 'secrets.project']);
  });

  test('a search through a folder that holds a secret is unsure', () => {
    assert.equal(command('grep -rn foo .')[0], 'allow');
    writeFileSync(join(root, 'ws/.env'), 'K=1');
    assert.deepEqual(command('grep -rn foo .'), ['unsure', 'secrets.project']);
    assert.equal(command('rg foo')[0], 'allow');
    assert.deepEqual(command('rg --hidden foo'), ['unsure', 'secrets.project']);
  });

  test('a link that leads in circles is never in scope', () => {
    symlinkSync(join(root, 'ws/loop'), join(root, 'ws/loop'));
    assert.deepEqual(write('ws/loop'), ['unsure', 'paths.unresolved']);
  });
});
