import assert from 'node:assert/strict';
import { type Hook, hooksFor, noHooks, readHooks } from '../../../../src/core/gate/hooks';
import { readPolicy } from '../../../../src/core/gate/policy';
import { answerOf, hookOpinions } from '../../../../src/core/gate/runHooks';
import type { GateState } from '../../../../src/core/gate/state';
import { parseSettings } from '../../../../src/core/settings';
import { bash, place } from '../../../fakes/gateWorld';

const group = (matcher: unknown, ...hooks: readonly unknown[]) => ({ matcher, hooks });
const run = (command: string, more: object = {}) => ({ type: 'command', command, ...more });
const read = (value: unknown) => readHooks(value, 'user settings');
const commandsFor = (value: unknown, tool: string) =>
  hooksFor(read(value).hooks.pre, tool).map(({ command }) => command);

suite('hooks', () => {
  test('are read in the shape people know', () => {
    const { broken, hooks } = read({
      PreToolUse: [group('Bash|Edit', run('a', { timeout: 10 }), run('b')), { hooks: [{ command: 'c' }] }],
      PostToolUse: [group('', run('d'))],
      SessionStart: [{ whatever: true }],
    });
    assert.equal(broken, false);
    assert.deepEqual(
      hooks.pre.map(({ command, timeoutMs, tools }) => [command, timeoutMs, tools]),
      [
        ['a', 10_000, ['Bash', 'Edit']],
        ['b', 60_000, ['Bash', 'Edit']],
        ['c', 60_000, ['*']],
      ],
    );
    assert.equal(hooks.post.length, 1);
    assert.deepEqual(read(undefined).hooks, noHooks);
  });

  test('match whole names, with a star for any part', () => {
    for (const [matcher, yes, no] of [
      ['Bash', ['Bash'], ['BashOutput', 'XBash', 'bash']],
      ['*', ['Bash', 'mcp__x__y'], []],
      ['mcp__.*', ['mcp__git__log'], ['Bash']],
      ['mcp__*__write*', ['mcp__fs__write_file'], ['mcp__fs__read', 'mcp__write']],
      ['Notebook*|Write', ['NotebookEdit', 'Write'], ['Edit']],
      ['*Edit', ['NotebookEdit', 'Edit'], ['EditX']],
    ] as const) {
      const value = { PreToolUse: [group(matcher, run('x'))] };
      for (const tool of yes) assert.deepEqual(commandsFor(value, tool), ['x'], `${matcher} ${tool}`);
      for (const tool of no) assert.deepEqual(commandsFor(value, tool), [], `${matcher} ${tool}`);
    }
  });

  test('one command is run once however often it matches', () => {
    assert.deepEqual(commandsFor({ PreToolUse: [group('Bash', run('a')), group('*', run('a'))] }, 'Bash'), ['a']);
  });

  test('a mistake never switches a check off: what cannot be read is met by nothing', () => {
    for (const value of [
      'check.sh',
      [],
      { PreToolUse: 'x' },
      { PreToolUse: [null] },
      { PreToolUse: [{ matcher: 'Bash' }] },
      { PreToolUse: [group('Ba(sh', run('x'))] },
      { PreToolUse: [group(7, run('x'))] },
      { PreToolUse: [group('Bash', run(''))] },
      { PreToolUse: [group('Bash', { type: 'prompt', prompt: 'x' })] },
      { PreToolUse: [group('Bash', run('x', { timeout: 0 }))] },
      { PreToolUse: [group('Bash', run('x', { timeout: 'long' }))] },
      { PreToolUse: [group('Bash', run('x\0'))] },
    ]) {
      assert.equal(read(value).broken, true, JSON.stringify(value));
      assert.equal(hooksFor(read(value).hooks.pre, 'Bash').length, 1, JSON.stringify(value));
    }
    const { problems, settings } = parseSettings({ hooks: { PreToolUse: [group('Ba(sh', run('x'))] } });
    assert.deepEqual(
      problems.map(({ key }) => key),
      ['claudeCode.hooks'],
    );
    assert.equal(settings.hooks.pre.length, 1);
  });

  test('an administrator’s hold, alone where that is said; a broken file keeps what tightens', () => {
    const file = (value: unknown) => ({ path: '/p', content: { ok: true, text: JSON.stringify(value) } }) as const;
    const good = readPolicy([file({ hooks: { PreToolUse: [group('Bash', run('p'))] }, allowManagedHooksOnly: true })]);
    assert.deepEqual(
      good.hooks.pre.map(({ command, source }) => [command, source]),
      [['p', 'policy']],
    );
    assert.equal(good.ownHooksOnly, true);
    const bad = readPolicy([file({ hooks: { PreToolUse: [group('Bash', run('p')), 7] } })]);
    assert.deepEqual([bad.problems.length, bad.autoDisabled, bad.hooks.pre.length], [1, true, 2]);
    const foreign = readPolicy([
      {
        path: '/p',
        content: {
          ok: false,
          why: { template: 'others may write it', args: [] },
          text: JSON.stringify({ hooks: { PreToolUse: [group('*', run('evil'))] } }),
        },
      },
    ]);
    assert.deepEqual(foreign.hooks, noHooks, 'whoever could write it would run programs');
  });

  const ended = (exitCode: number | undefined, stdout = '', stderr = '') =>
    answerOf({ ok: true, value: { exitCode, stdout, stderr } });

  test('answers: only refusals and questions count', () => {
    const json = (value: unknown) => ended(0, JSON.stringify(value)).decision;
    const decision = (permissionDecision: unknown) => ({ hookSpecificOutput: { permissionDecision } });
    assert.equal(ended(0, 'all good\n').decision, 'pass');
    assert.deepEqual(ended(2, '', 'no \u202ethanks'), { decision: 'deny', by: 'hook', words: 'no ⟦U+202E⟧thanks' });
    assert.equal(ended(1).decision, 'deny');
    assert.equal(ended(undefined).decision, 'deny');
    assert.equal(ended(0, '{"decision": ').decision, 'deny');
    assert.equal(json({}), 'pass');
    assert.equal(json({ decision: 'block' }), 'deny');
    assert.equal(json({ decision: 'approve' }), 'pass');
    assert.equal(json({ continue: false }), 'deny');
    assert.equal(json(decision('ask')), 'ask');
    assert.equal(json(decision('deny')), 'deny');
    assert.equal(json(decision('allow')), 'pass');
    assert.equal(json(decision('defer')), 'deny');
    assert.equal(json(decision(7)), 'deny');
    assert.equal(json({ hookSpecificOutput: { permissionDecision: 'allow', updatedInput: {} } }), 'deny');
    assert.equal(answerOf({ ok: false, reason: 'gone' }).decision, 'deny');
  });

  test('a repository’s hooks are none before its workspace is trusted, the person’s own then refuse', async () => {
    const hook = (source: Hook['source']): Hook => ({ tools: ['*'], command: 'x', timeoutMs: 1, source });
    const state = (trusted: boolean, ...pre: readonly Hook[]): GateState => ({
      ...{
        version: 1,
        mode: 'skip',
        trusted,
        rules: { allow: [], ask: [], deny: [] },
        place,
        hooks: { pre, post: [] },
      },
      breaker: { inARow: 3, inTotal: 20, ofSameAction: 3, unattended: 5 },
    });
    const ran: string[] = [];
    const runner = {
      run: async () => {
        ran.push('x');
        return { ok: true, value: { exitCode: 0, stdout: '', stderr: '' } } as const;
      },
    };
    const never = new AbortController().signal;
    assert.deepEqual(await hookOpinions(bash('ls'), state(false, hook('workspace settings')), runner, never), []);
    const [refused] = await hookOpinions(bash('ls'), state(false, hook('user settings')), runner, never);
    assert.equal(refused?.decision, 'deny');
    assert.deepEqual(ran, []);
    assert.deepEqual(await hookOpinions(bash('ls'), state(true, hook('workspace settings')), runner, never), []);
    assert.equal(ran.length, 1);
    assert.equal((await hookOpinions(bash('ls'), state(true, hook('policy')), undefined, never))[0]?.decision, 'deny');
  });
});
