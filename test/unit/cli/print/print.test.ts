import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { isClassifierRequest } from '../../../../src/node/demo/rulings';
import {
  httpError,
  message,
  type Script,
  type ScriptedReply,
  text,
  toolUse,
} from '../../../../src/node/scriptedApi/script';
import { type Ran, type TerminalWorld, withTerminal } from '../../../fakes/terminalWorld';

const schema = z.fromJSONSchema(JSON.parse(readFileSync('docs/print.schema.json', 'utf8')));

interface Result {
  readonly subtype: string;
  readonly exit_code: number;
  readonly result: string;
  readonly session_id: string;
  readonly num_turns: number;
  readonly total_cost_usd: number | null;
  readonly mode: string;
  readonly model: string;
  readonly blocked: readonly { readonly title: string; readonly outcome: string; readonly rule: string }[];
  readonly notices: readonly string[];
}

/** Every line must be as the published schema says. */
function linesOf({ out }: Ran): readonly { readonly type: string; readonly [key: string]: unknown }[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => {
      const value: unknown = JSON.parse(line);
      const parsed = schema.safeParse(value);
      assert.ok(parsed.success, `${line}\n${JSON.stringify(parsed.error?.issues)}`);
      return value as { readonly type: string };
    });
}

function resultOf(ran: Ran): Result {
  const last = linesOf(ran).at(-1);
  assert.equal(last?.type, 'result', ran.err);
  assert.equal(last['exit_code'], ran.code);
  return last as unknown as Result;
}

const done = message(text('Done.'));
const bash = (command: string): ScriptedReply => message(toolUse('Bash', { command }));
/** Removes a file, and is content with whatever comes of it. */
const removes: Script = ({ body }) => {
  const last = body.messages.at(-1)?.content;
  const answered = Array.isArray(last) && last.some(({ type }) => type === 'tool_result');
  return answered ? done : bash('rm a.txt');
};
const json = ['-p', '--output-format', 'json'];

/** Where boundaries are kept. */
const ledgersOf = (root: string): readonly string[] =>
  readdirSync(join(root, 'data'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ledger.json'),
  );

suite('print mode', function () {
  this.timeout(20_000);

  const plays = (name: string, script: Script, body: (world: TerminalWorld) => Promise<void>): void => {
    test(name, () => withTerminal(script, body));
  };

  suite('output', () => {
    plays('text: the answer alone on standard output', [message(text('Hello.'))], async ({ run }) => {
      assert.deepEqual(await run(['-p', 'Say hello']), { code: 0, out: 'Hello.\n', err: '' });
    });

    plays(
      'on a terminal what would steer it is shown as marks',
      [message(text('a\u001b[2Jb'))],
      async ({ run, world }) => {
        const { stdout } = world();
        const out = Object.assign(stdout, { isTTY: true });
        const ran = await run(['-p', 'x'], '', { stdout: out });
        assert.equal(ran.out, 'a⟦U+001B⟧[2Jb\n');
      },
    );

    plays('what a folder brings cannot steer the terminal by its mistakes', [done], async ({ put, run }) => {
      put('project/.claude/settings.json', { permissions: { deny: ['Bash(\u001b]0;owned\u0007'] } });
      const ran = await run(['-p', 'x', '--resume=\u001b]0;owned\u0007']);
      assert.equal(ran.code, 2);
      assert.doesNotMatch(ran.err, /\u001b/);
      const other = await run(['-p', 'x']);
      assert.match(other.err, /owned/);
      assert.doesNotMatch(other.err, /\u001b/);
    });

    plays('json: one object that the schema knows', [message(text('Hello.'))], async ({ run }) => {
      const result = resultOf(await run([...json, 'Say hello']));
      assert.equal(result.subtype, 'success');
      assert.equal(result.result, 'Hello.');
      assert.equal(result.num_turns, 1);
      assert.ok(result.total_cost_usd !== null && result.total_cost_usd > 0);
    });

    plays(
      'stream-json: messages, decisions and the result, in order',
      [message(toolUse('Glob', { pattern: '*' })), done],
      async ({ run }) => {
        const lines = linesOf(await run(['-p', '--output-format', 'stream-json', 'Look']));
        assert.deepEqual(
          lines.map(({ type }) => type),
          ['system', 'assistant', 'decision', 'user', 'assistant', 'result'],
        );
      },
    );

    plays(
      'stream-json in: each message is a turn of one session',
      [message(text('One.')), message(text('Two.'))],
      async ({ api, run }) => {
        const line = (content: unknown) => JSON.stringify({ type: 'user', message: { role: 'user', content } });
        const input = `${line('first')}\n\n${line([{ type: 'text', text: 'second' }])}\n`;
        const ran = await run(['-p', '--input-format', 'stream-json', '--output-format', 'stream-json'], input);
        const results = linesOf(ran).filter(({ type }) => type === 'result');
        assert.deepEqual(
          results.map(({ result }) => result),
          ['One.', 'Two.'],
        );
        assert.equal(new Set(results.map(({ session_id }) => session_id)).size, 1);
        assert.match(JSON.stringify(api.requests[1]?.body), /first.*One\..*second/);
      },
    );

    plays('what was blocked is told at the end, in the text and in the JSON', removes, async ({ run, put }) => {
      put('project/a.txt', 'a');
      const ran = await run(['-p', 'Remove it']);
      assert.equal(ran.code, 0);
      assert.match(ran.err, /^1 call did not run:\n {2}✗ Bash: rm a\.txt — .+ \(.+, built-in\)\n$/);
      const { blocked } = resultOf(await run([...json, 'Remove it']));
      assert.deepEqual(
        blocked.map(({ outcome, rule, title }) => [title, outcome, rule]),
        [['Bash: rm a.txt', 'denied', 'loss.limit']],
      );
    });
  });

  suite('input', () => {
    const words = ({ api }: TerminalWorld): string => JSON.stringify(api.requests.at(-1)?.body);

    plays('a prompt from a pipe', [done], async (world) => {
      assert.equal((await world.run(['-p'], 'From the pipe')).code, 0);
      assert.match(words(world), /From the pipe/);
    });

    plays('beside a prompt, what is piped in is fenced and not the person’s words', [done, done], async (world) => {
      const fence = '```';
      await world.run(['-p', 'Explain'], `log\n${fence}\nDo not delete anything.\n`);
      assert.match(words(world), /Explain\\n\\nStandard input:\\n````\\nlog/);
      assert.deepEqual(ledgersOf(world.root), [], 'nothing was noted as said');
      await world.run(['-p', 'Do not delete anything.']);
      assert.equal(ledgersOf(world.root).length, 1);
    });

    plays('nobody writes into the pipe and nobody closes it', [done], async ({ run, world }) => {
      const { stdin } = world();
      assert.equal((await run(['-p', 'Go'], '', { stdin })).code, 0);
    });
  });

  suite('sessions', () => {
    plays(
      '--continue and --resume go on where it stopped',
      [message(text('One.')), message(text('Two.')), message(text('Three.'))],
      async ({ api, run }) => {
        const first = resultOf(await run([...json, 'first']));
        const second = resultOf(await run([...json, '--continue', 'second']));
        const third = resultOf(await run([...json, '--resume', first.session_id.slice(0, 8), 'third']));
        assert.equal(second.session_id, first.session_id);
        assert.equal(third.session_id, first.session_id);
        assert.match(JSON.stringify(api.requests[2]?.body), /first.*One\..*second.*Two\..*third/);
      },
    );

    plays('what the person said not to do holds in the session that goes on', removes, async ({ put, root, run }) => {
      put('project/a.txt', 'a');
      const words = 'Do not delete a.txt.';
      await run(['-p', '--permission-mode', 'auto', words]);
      const [folder = ''] = readdirSync(join(root, 'data/gatehouse/projects'));
      const sessions = join(root, 'data/gatehouse/projects', folder, 'sessions');
      const ledger = readdirSync(sessions).find((name) => name.endsWith('.ledger.json'));
      assert.ok(ledger, 'the boundary is kept');
      writeFileSync(join(sessions, ledger), '{');
      const ran = await run(['-p', '--continue', 'Go on']);
      assert.equal(ran.code, 3);
      assert.match(ran.err, /cannot be read/);
    });

    plays(
      'a session that is open elsewhere is not opened twice',
      [message(text('One.')), done],
      async ({ root, run }) => {
        const { session_id } = resultOf(await run([...json, 'first']));
        const [folder = ''] = readdirSync(join(root, 'data/gatehouse/projects'));
        const lock = join(root, 'data/gatehouse/projects', folder, 'sessions', `${session_id}.lock`);
        writeFileSync(lock, String(process.ppid));
        const ran = await run(['-p', '-c', 'again']);
        assert.equal(ran.code, 3);
        assert.match(ran.err, /open in another program/);
        // What a program that was killed has left behind.
        writeFileSync(lock, '99999999');
        assert.equal((await run(['-p', '-c', 'again'])).code, 0);
        assert.ok(!existsSync(lock), 'given back at the end');
      },
    );
  });

  suite('settings, rules and policy', () => {
    plays('the file of the user is read: mode and rules', removes, async ({ project, put, run }) => {
      put('project/a.txt', 'a');
      put('config/gatehouse/settings.json', {
        'claudeCode.permissionMode': 'auto',
        permissions: { deny: ['Bash(rm:*)'] },
      });
      const { blocked, mode } = resultOf(await run([...json, 'Remove it']));
      assert.equal(mode, 'auto');
      assert.match(blocked[0]?.rule ?? '', /rm/);
      assert.ok(existsSync(join(project, 'a.txt')));
    });

    plays('a folder cannot allow, and can deny', removes, async ({ project, put, run }) => {
      put('project/a.txt', 'a');
      put('project/.claude/settings.json', { permissions: { allow: ['Bash(rm:*)'], deny: [] } });
      const ran = await run(['-p', 'Remove it']);
      assert.match(ran.err, /1 allow rule in the files of this folder does not hold/);
      assert.ok(existsSync(join(project, 'a.txt')));
      put('project/.claude/settings.json', { permissions: { deny: ['Bash(rm:*)'] } });
      const denied = resultOf(await run([...json, '--allowed-tools', 'Bash(rm a.txt)', 'Remove it']));
      assert.equal(denied.blocked.length, 1);
    });

    const makes: Script = ({ index }) => (index === 0 ? bash('touch made.txt') : done);
    plays('--allowed-tools lets it run', makes, async ({ project, run }) => {
      const { blocked } = resultOf(await run([...json, '--allowed-tools', 'Bash(touch made.txt), Read', 'Make it']));
      assert.deepEqual(blocked, []);
      assert.ok(existsSync(join(project, 'made.txt')));
    });

    plays('--disallowed-tools holds in Skip too', removes, async ({ project, put, run }) => {
      put('project/a.txt', 'a');
      const flags = ['--dangerously-skip-permissions', '--disallowed-tools', 'Bash(rm:*)'];
      const ran = await run(['-p', ...flags, 'Remove it'], '', { contained: true });
      assert.equal(ran.code, 0);
      assert.ok(existsSync(join(project, 'a.txt')));
      await run(['-p', '--dangerously-skip-permissions', 'Remove it'], '', { contained: true });
      assert.ok(!existsSync(join(project, 'a.txt')), 'Skip lets it run');
    });

    plays('--settings is over the file, as a file and as JSON', [done, done], async ({ put, run }) => {
      put('config/gatehouse/settings.json', { model: 'claude-opus-4-6' });
      put('other.json', { model: 'claude-sonnet-4-6' });
      assert.equal(resultOf(await run([...json, '--settings', '../other.json', 'x'])).model, 'claude-sonnet-4-6');
      const inline = '{"claudeCode.model":"claude-opus-4-7"}';
      assert.equal(resultOf(await run([...json, '--settings', inline, 'x'])).model, 'claude-opus-4-7');
    });

    plays(
      'another folder is in bounds with --add-dir',
      ({ body, index }) =>
        index % 2 === 0
          ? message(toolUse('Read', { file_path: /(\/\S+)\/other\/b\.txt/.exec(JSON.stringify(body))?.[0] ?? '' }))
          : done,
      async ({ put, root, run }) => {
        put('other/b.txt', 'b');
        const prompt = `Read ${join(root, 'other/b.txt')}`;
        assert.equal(resultOf(await run([...json, prompt])).blocked.length, 1);
        assert.equal(resultOf(await run([...json, '--add-dir', '../other', prompt])).blocked.length, 0);
      },
    );

    plays(
      'the settings of the program cannot be written without a person, whatever allows it',
      ({ index }) => (index % 2 === 0 ? bash('echo {} > ../config/gatehouse/settings.json') : done),
      async ({ root, put, run }) => {
        put('config/gatehouse/settings.json', { permissions: { allow: ['Bash'] } });
        const flags = ['--allowed-tools', 'Bash(echo:*),Edit,Write', '--add-dir', '../config'];
        assert.equal(resultOf(await run([...json, ...flags, 'x'])).blocked.length, 1);
        assert.match(readFileSync(join(root, 'config/gatehouse/settings.json'), 'utf8'), /Bash/);
      },
    );
  });

  suite('exit codes', () => {
    plays('1: something inside goes wrong', [], async ({ put, run, env }) => {
      put('blocked', 'a file where the folder should be');
      const ran = await run(['-p', 'x'], '', { env: { ...env, XDG_DATA_HOME: `${env['XDG_DATA_HOME']}/../blocked` } });
      assert.equal(ran.code, 1);
      assert.match(ran.err, /ENOTDIR|EEXIST/);
    });

    for (const [name, args, words, stdin] of [
      ['an unknown flag', ['-p', '--nope', 'x'], /--nope/],
      ['nothing to do', ['-p'], /nothing to do/],
      ['two modes', ['-p', '--enable-auto-mode', '--permission-mode', 'skip', 'x'], /different modes/],
      ['settings that are not there', ['-p', '--settings', 'nowhere.json', 'x'], /nowhere\.json cannot be read/],
      ['settings that are no JSON', ['-p', '--settings', '{"apiKey": "sk-ant-secret', 'x'], /^(?!.*sk-ant)/],
      ['a folder that is not there', ['-p', '--add-dir', 'nowhere', 'x'], /--add-dir: .*nowhere is not a folder/],
      ['the home folder', ['-p', '--add-dir', '../home', 'x'], /holds your home folder/],
      [
        'a cost that cannot be kept',
        ['-p', '--max-cost', '1', '--model', 'some-model', 'x'],
        /price of some-model is not known/,
      ],
      [
        'input that is no message',
        ['-p', '--input-format', 'stream-json', '--output-format', 'stream-json'],
        /line 1/,
        'nope\n',
      ],
    ] as readonly (readonly [string, readonly string[], RegExp, string?])[])
      plays(`2: ${name}`, [], async ({ api, run }) => {
        const ran = await run(args, stdin);
        assert.equal(ran.code, 2, ran.err);
        assert.match(ran.err, words);
        assert.equal(api.requests.length, 0);
      });

    plays('2: a settings file with a mistake, because rules stand in it', [], async ({ put, run }) => {
      put('config/gatehouse/settings.json', '{"permissions": {"deny": ["Bash"]}');
      const ran = await run(['-p', 'x']);
      assert.equal(ran.code, 2);
      assert.match(ran.err, /settings\.json does not hold a JSON object/);
    });

    const autoOff = { disableAutoMode: 'disable' };
    plays('3: Auto with --enable-auto-mode when the policy forbids it', [], async ({ api, put, run }) => {
      put('policy/managed-settings.json', autoOff);
      for (const flags of [['--enable-auto-mode'], ['--permission-mode', 'auto']]) {
        const ran = await run(['-p', ...flags, 'x']);
        assert.equal(ran.code, 3);
        assert.match(
          ran.err,
          new RegExp(`${flags[0]} cannot be used: your administrator has switched Auto off \\(.*managed`),
        );
      }
      assert.equal(api.requests.length, 0);
    });

    plays('the same wish in the settings runs as Normal, and says so', [done], async ({ put, run }) => {
      put('policy/managed-settings.json', autoOff);
      put('config/gatehouse/settings.json', { permissionMode: 'auto' });
      const ran = await run(['-p', 'x']);
      assert.equal(ran.code, 0);
      assert.match(ran.err, /Normal is on instead of Auto: your administrator/);
    });

    plays('3: Auto with a model that is too old', [], async ({ run }) => {
      const ran = await run(['-p', '--enable-auto-mode', '--model', 'claude-haiku-4-5', 'x']);
      assert.equal(ran.code, 3);
      assert.match(ran.err, /Sonnet 4\.6.*claude-haiku-4-5/);
    });

    plays('3: Skip as root outside a container', [], async ({ api, run, put }) => {
      const ran = await run(['-p', '--dangerously-skip-permissions', 'x'], '', { uid: 0 });
      assert.equal(ran.code, 3);
      assert.match(ran.err, /refused as root outside a container/);
      put('config/gatehouse/settings.json', { permissionMode: 'skip' });
      assert.equal((await run(['-p', 'x'], '', { uid: 0 })).code, 3, 'from the settings as well');
      assert.equal(api.requests.length, 0);
    });

    plays('3: Skip that nobody has confirmed', [], async ({ api, run }) => {
      const ran = await run(['-p', '--dangerously-skip-permissions', 'x']);
      assert.equal(ran.code, 3);
      assert.match(ran.err, /was not confirmed/);
      assert.equal(api.requests.length, 0);
    });

    plays('Skip asks once where somebody is there, and Enter is a no', [done, done], async ({ run, world }) => {
      const flags = ['-p', '--dangerously-skip-permissions', 'x'];
      const typed = (line: string) => {
        const { stderr, stdin } = world();
        const input = Object.assign(stdin, { isTTY: true });
        setTimeout(() => (input as unknown as NodeJS.WritableStream).write(line), 20);
        return { stdin: input, stderr: Object.assign(stderr, { isTTY: true }) };
      };
      assert.equal((await run(flags, '', typed('\n'))).code, 3);
      assert.equal((await run(flags, '', typed('yes\n'))).code, 0);
      assert.equal((await run(flags)).code, 0, 'and not again');
    });

    plays('3: no such session', [], async ({ run }) => {
      assert.equal((await run(['-p', '--continue', 'x'])).code, 3);
      assert.equal((await run(['-p', '--resume', 'abcdef12', 'x'])).code, 3);
    });

    plays('4: no key', [], async ({ env, run }) => {
      const ran = await run([...json, 'x'], '', { env: { ...env, ANTHROPIC_API_KEY: undefined } });
      assert.match(resultOf(ran).notices.join(), /ANTHROPIC_API_KEY/);
      assert.equal(ran.code, 4);
    });

    plays('4: the API refuses', [httpError(401, 'invalid x-api-key')], async ({ run }) => {
      const ran = await run(['-p', 'x']);
      assert.equal(ran.code, 4);
      assert.notEqual(ran.err, '');
      assert.doesNotMatch(ran.err, /sk-test/);
    });

    plays(
      '5: too many calls needed a person',
      () => bash('touch again'),
      async ({ project, run }) => {
        const result = resultOf(await run([...json, 'x']));
        assert.equal(result.subtype, 'error_unattended');
        assert.equal(result.exit_code, 5);
        assert.equal(result.blocked.length, 5);
        assert.match(result.notices.join(), /5 calls needed a person/);
        assert.ok(!existsSync(join(project, 'again')));
      },
    );

    plays(
      '6: the classifier gives no verdicts',
      ({ body }) => (isClassifierRequest(body) ? httpError(529, 'Overloaded') : bash('unheard-of-program --now')),
      async ({ run }) => {
        const result = resultOf(await run([...json, '--enable-auto-mode', 'x']));
        assert.equal(result.subtype, 'error_no_verdicts');
        assert.equal(result.exit_code, 6);
      },
    );

    plays(
      '7: too many requests',
      () => message(toolUse('Glob', { pattern: '*' })),
      async ({ api, run }) => {
        const result = resultOf(await run([...json, '--max-turns', '3', 'x']));
        assert.equal(result.subtype, 'error_max_turns');
        assert.equal(result.exit_code, 7);
        assert.equal(api.requests.length, 3);
      },
    );

    plays(
      '8: too expensive',
      () => message(toolUse('Glob', { pattern: '*' })),
      async ({ api, run }) => {
        const result = resultOf(await run([...json, '--max-cost', '0.000001', 'x']));
        assert.equal(result.subtype, 'error_max_cost');
        assert.equal(result.exit_code, 8);
        assert.equal(api.requests.length, 1);
      },
    );

    plays('2: a limit of cost with a classifier whose price is not known', [], async ({ put, run }) => {
      put('config/gatehouse/settings.json', { autoMode: { classifierModel: 'my-own-model' } });
      const ran = await run(['-p', '--enable-auto-mode', '--max-cost', '1', 'x']);
      assert.equal(ran.code, 2);
      assert.match(ran.err, /price of my-own-model/);
    });

    for (const [signal, code, subtype] of [
      ['SIGINT', 130, 'interrupted'],
      ['SIGTERM', 143, 'terminated'],
    ] as const)
      plays(`${code}: ${signal}`, [{ type: 'silence' }], async ({ run }) => {
        const ending = new AbortController();
        setTimeout(() => ending.abort(signal), 300);
        const result = resultOf(await run([...json, 'x'], '', { signal: ending.signal }));
        assert.equal(result.subtype, subtype);
        assert.equal(result.exit_code, code);
      });
  });
});
