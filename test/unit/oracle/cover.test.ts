import { strict as assert } from 'node:assert';
import type { Effect, EffectKind, Target } from '../../../src/core/gate/effect';
import { say } from '../../../src/core/say';
import { type Files, type Prediction, uncovered } from '../../oracle/cover';
import type { Observed } from '../../oracle/observe';

const place = { workspace: ['/w'], cwd: '/w', home: '/h', scratch: '/t', ours: [], user: 'me' };
const files: Files = {
  before: (path) => path === '/w/old',
  after: (path) => path !== '/w/gone',
  isFolder: (path) => path === '/w/dir',
};
const span = { start: 0, end: 5 };

const path = (at: string, recursive = false): Target => ({ type: 'path', path: at, real: at, recursive });
const effect = (kind: EffectKind, target: Target): Effect => ({ kind, target, certainty: 'certain', span });

interface Shape {
  readonly effects?: readonly Effect[];
  readonly programs?: readonly string[];
  /** Rule of a doubt about the first program; without it the answer is allow. */
  readonly doubt?: string;
  readonly opaque?: boolean;
}

function predicted({ effects = [], programs = ['tool'], doubt, opaque = false }: Shape): Prediction {
  const answer = doubt === undefined ? 'allow' : 'unsure';
  return {
    answer,
    effects,
    opaque,
    findings: [{ answer, rule: doubt ?? 'looks', reason: say('x'), evidence: [span] }],
    commands: programs.map((program, index) => ({
      words: [program],
      program,
      span: { start: index * 10, end: index * 10 + 5 },
      through: [],
    })),
  };
}

function done(kind: Observed['kind'], what: string, ...programs: readonly string[]): Observed {
  const images = ['bash', ...(programs.length > 0 ? programs : ['tool'])].map((name) => ({
    file: `/usr/bin/${name}`,
    argv: [name],
  }));
  return { kind, what, images, line: '' };
}

const left = (shape: Shape, ...observed: readonly Observed[]) =>
  uncovered(observed, predicted(shape), place, files).map(({ kind, what }) => `${kind} ${what}`);

suite('oracle: cover', () => {
  test('an effect covers its own path, and what is below only when it says so', () => {
    const write = (recursive: boolean) => ({ effects: [effect('write', path('/w/a', recursive))] });
    assert.deepEqual(left(write(false), done('write', '/w/a')), []);
    assert.deepEqual(left(write(false), done('write', '/w/a/b'), done('write', '/w/ab')), [
      'write /w/a/b',
      'write /w/ab',
    ]);
    assert.deepEqual(left(write(true), done('write', '/w/a/b'), done('write', '/w/ab')), ['write /w/ab']);
  });

  test('a pattern covers what it matches, and not what a link in it leads to', () => {
    const write = (at: string) => ({ effects: [effect('write', path(at))] });
    assert.deepEqual(left(write('/w/n[0-9]*'), done('write', '/w/n12'), done('write', '/w/nx')), ['write /w/nx']);
    assert.deepEqual(
      left(write('/w/*/a.?'), done('write', '/w/b/a.c'), done('write', '/w/a.c'), done('write', '/h/a.c')),
      ['write /w/a.c', 'write /h/a.c'],
    );
    assert.deepEqual(left(write('/w/**/x'), done('write', '/w/a/b/x'), done('write', '/w/a/x/y')), ['write /w/a/x/y']);
  });

  test('each kind needs an effect of its own', () => {
    const read = { effects: [effect('read', path('/w', true))] };
    assert.deepEqual(left(read, done('read', '/w/a')), []);
    assert.deepEqual(left(read, done('write', '/w/a'), done('delete', '/w/a')), ['write /w/a', 'delete /w/a']);
    assert.deepEqual(left({}, done('connect', '192.0.2.1:80'), done('listen', '127.0.0.1:1'), done('kill', '1')), [
      'connect 192.0.2.1:80',
      'listen 127.0.0.1:1',
      'kill 1',
    ]);
  });

  test('replacing a file may remove it first, when it is there afterwards', () => {
    const write = { effects: [effect('write', path('/w/old')), effect('write', path('/w/gone'))] };
    assert.deepEqual(left(write, done('delete', '/w/old'), done('delete', '/w/gone')), []);
    const only = { effects: [effect('write', path('/x/gone'))] };
    assert.deepEqual(left(only, done('delete', '/w/old')), ['delete /w/old']);
  });

  test('folders on the way to a predicted place are covered, and no others', () => {
    const write = { effects: [effect('write', path('/w/a/b/c'))] };
    assert.deepEqual(left(write, done('folder', '/w/a'), done('folder', '/w/a/b'), done('folder', '/w/x')), [
      'folder /w/x',
    ]);
  });

  test('a program has to be one of the commands or a known helper of one', () => {
    assert.deepEqual(left({}, done('execute', '/usr/bin/tool')), []);
    assert.deepEqual(left({}, done('execute', '/usr/bin/other', 'other')), ['execute /usr/bin/other']);
    assert.deepEqual(left({ programs: ['tar'] }, done('execute', '/usr/bin/gzip', 'tar', 'gzip')), []);
    assert.deepEqual(left({ programs: ['tar'] }, done('execute', '/usr/bin/curl', 'tar', 'curl')), [
      'execute /usr/bin/curl',
    ]);
  });

  test('running the project’s code covers changes inside the workspace and temporary folders', () => {
    const runs = { effects: [effect('execute', { type: 'program', name: 'tool' })] };
    assert.deepEqual(
      left(runs, done('write', '/w/x'), done('delete', '/t/x'), done('execute', '/usr/bin/z', 'tool', 'z')),
      [],
    );
    assert.deepEqual(left(runs, done('write', '/h/x'), done('write', '/w/.git/x'), done('read', '/h/.ssh/id')), [
      'write /h/x',
      'write /w/.git/x',
      'read /h/.ssh/id',
    ]);
    assert.deepEqual(left(runs, done('write', '/w/x', 'another')), ['write /w/x']);
  });

  test('history covers what git keeps', () => {
    assert.deepEqual(left({}, done('write', '/w/.git/HEAD', 'git')), ['write /w/.git/HEAD']);
    const history = { effects: [effect('history', { type: 'program', name: 'git commit' })] };
    assert.deepEqual(left(history, done('write', '/w/.git/HEAD', 'git'), done('write', '/w/x', 'git')), ['write /w/x']);
    const other = { effects: [effect('history', path('/w/r/.git', true))] };
    assert.deepEqual(left(other, done('folder', '/w/r', 'git'), done('write', '/w/r/.git/HEAD', 'git')), []);
    assert.deepEqual(left(other, done('write', '/w/.git/HEAD', 'git')), ['write /w/.git/HEAD']);
    assert.deepEqual(left({}, done('write', '/w/.git/index.lock', 'git'), done('read', '/w/.git/config', 'git')), []);
  });

  test('unknown covers anything, unless the answer is allow', () => {
    const unknown = [effect('execute', { type: 'unknown', what: '$X' })];
    assert.deepEqual(left({ effects: unknown, doubt: 'paths.outside-write' }, done('write', '/etc/x')), []);
    assert.deepEqual(left({ effects: unknown }, done('write', '/w/x')), ['write /w/x']);
    assert.deepEqual(left({ opaque: true, doubt: 'paths.outside-write' }, done('write', '/etc/x')), []);
  });

  test('a doubt about one command covers what that one does', () => {
    const doubt = { doubt: 'command.option', programs: ['tool', 'other'] };
    assert.deepEqual(left(doubt, done('write', '/w/x'), done('write', '/w/y', 'other')), ['write /w/y']);
    assert.deepEqual(left({ doubt: 'paths.outside-write' }, done('write', '/w/x')), ['write /w/x']);
    assert.deepEqual(left({ doubt: 'shell.second-evaluation' }, done('write', '/w/x', 'other')), []);
  });

  test('what every program reads at its start needs no prediction, secrets of the machine do', () => {
    const usual = ['/etc/ld.so.cache', '/usr/lib/x.so', '/proc/self/maps', '/dev/null'];
    assert.deepEqual(left({}, ...usual.map((each) => done('read', each))), []);
    assert.deepEqual(left({}, done('read', '/etc/shadow'), done('read', '/h/x')), ['read /etc/shadow', 'read /h/x']);
  });

  test('a program may read its own configuration, and nobody else’s', () => {
    assert.deepEqual(left({}, done('read', '/h/.gitconfig', 'git')), []);
    assert.deepEqual(left({}, done('read', '/h/.gitconfig', 'cat'), done('read', '/h/.npmrc', 'git')), [
      'read /h/.gitconfig',
      'read /h/.npmrc',
    ]);
  });

  test('what is made and gone again counts only elsewhere than beside what is written', () => {
    const brief: Files = { ...files, after: () => false };
    const write = predicted({ effects: [effect('write', path('/w/d/a'))] });
    const left = uncovered(
      [done('write', '/w/d/sedX'), done('delete', '/w/d/sedX'), done('write', '/w/e/tmp'), done('write', '/t/y')],
      write,
      place,
      brief,
    );
    assert.deepEqual(
      left.map(({ what }) => what),
      ['/w/e/tmp'],
    );
  });

  test('names in the workspace tell nothing, a folder opened like a file neither', () => {
    assert.deepEqual(left({}, done('list', '/w/x'), done('read', '/w/dir'), done('list', '/h/x')), ['list /h/x']);
  });
});
