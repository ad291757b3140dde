import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createLineStore } from '../../../src/node/lineStore';
import { message, type ScriptedReply, text, toolUse } from '../../../src/node/scriptedApi/script';
import { type ScriptedApi, startScriptedApi } from '../../../src/node/scriptedApi/scriptedApi';
import { storedAgent, transcriptOf } from '../../fakes/storedAgent';
import { apiProblems } from '../core/agent/loopWorld';

suite('a session whose host was killed', function () {
  this.timeout(180_000);
  let built: string;
  let root: string;
  let api: ScriptedApi;
  let script: ScriptedReply[];
  suiteSetup(async () => {
    // Where the packages are found that it asks for by name.
    mkdirSync('out', { recursive: true });
    built = mkdtempSync(join(realpathSync('out'), 'killed-host-'));
    await build({
      ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error' },
      entryPoints: ['test/fakes/killedAgent.ts'],
      outfile: join(built, 'host.mjs'),
      packages: 'external',
    });
    api = await startScriptedApi({ script: () => script.shift() ?? message(text('(the script is over)')) });
  });
  suiteTeardown(async () => {
    await api.dispose();
    rmSync(built, { recursive: true, force: true });
  });
  setup(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'killed-')));
    for (const name of ['ws', 'home', 'ours']) mkdirSync(join(root, name));
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));

  /** @returns whether it was killed before it was done. */
  async function dies(lines: number): Promise<boolean> {
    script = [
      message(
        text('I begin.'),
        toolUse('Bash', { command: 'echo x >> made.txt' }),
        toolUse('Bash', { command: 'pwd' }),
      ),
      message(toolUse('TodoWrite', { todos: [{ content: 'Rest', activeForm: 'Resting', status: 'pending' }] })),
      message(text('Done.')),
    ];
    const child = spawn(process.execPath, [join(built, 'host.mjs'), root, api.baseURL, String(lines)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const signal = await new Promise<string | null>((resolve) => child.once('exit', (_code, by) => resolve(by)));
    return signal === 'SIGKILL';
  }

  test('in the middle of any line is whole when it is opened: nothing lost, the turn marked, the next message taken', async () => {
    let kills = 0;
    for (let lines = 0; await dies(lines); lines += 1) {
      kills += 1;
      const at = `killed after ${lines} lines`;
      const stored = readFileSync(transcriptOf(root), 'utf8');
      assert.equal(stored.split('\n').length - 1, lines, at);
      script = [message(text('Here again.'))];
      const agent = await storedAgent({ root, baseURL: api.baseURL });
      const { session } = agent;
      assert.deepEqual(apiProblems(session.messages), [], at);
      const events = JSON.stringify(session.events);
      for (const words of ['And this.', 'Do the work.'])
        assert.equal(
          events.includes(words),
          stored
            .split('\n')
            .slice(0, -1)
            .some((line) => line.includes(words) && line.includes('"event"')),
          at,
        );
      const opened = events.includes('"turn-start"');
      assert.equal(events.includes('its turn ended there'), opened, at);
      if (events.includes('Do not push')) assert.equal(agent.ledger.boundaries.length, 1, at);
      await session.send('Are you there?');
      const last = session.events.at(-1);
      assert.ok(last?.type === 'turn-end' && last.end === 'done', at);
      assert.deepEqual(session.waiting, [], at);
      assert.deepEqual(
        api.requests.filter(({ problem }) => problem),
        [],
        at,
      );
      await agent.dispose();
      const again = await storedAgent({ root, baseURL: api.baseURL });
      assert.deepEqual(
        JSON.parse(JSON.stringify(again.session.messages)),
        JSON.parse(JSON.stringify(session.messages)),
        at,
      );
      assert.equal(
        again.session.events.filter(({ type }) => type === 'turn-start').length,
        again.session.events.filter(({ type }) => type === 'turn-end').length,
        at,
      );
      await again.dispose();
      rmSync(transcriptOf(root));
    }
    assert.ok(kills > 20, `${kills} places to die`);
  });

  test('goes on from where it was when the person says so, without a new message', async () => {
    assert.ok(await dies(12));
    script = [message(text('Where was I? Done.'))];
    const agent = await storedAgent({ root, baseURL: api.baseURL });
    assert.equal(agent.session.messages.at(-1)?.role, 'user');
    await agent.session.retry();
    assert.match(JSON.stringify(agent.session.events), /Where was I/);
    await agent.dispose();
  });

  test('of which only the beginning is left opens with what there is, and says what it left out', async () => {
    await dies(1_000);
    const whole = readFileSync(transcriptOf(root), 'utf8').trimEnd().split('\n');
    writeFileSync(transcriptOf(root), `${whole.slice(0, 8).join('\n')}\nby hand\n${whole.slice(8, 10).join('\n')}\n`);
    const agent = await storedAgent({ root, baseURL: api.baseURL });
    assert.deepEqual(apiProblems(agent.session.messages), []);
    assert.match(JSON.stringify(agent.session.events), /lines of the saved conversation could not be read/);
    await agent.dispose();
  });

  test('whose disk is full says so once and works on', async () => {
    script = [message(text('One.')), message(text('Two.'))];
    const full = { ...createLineStore('/dev/full'), read: async () => [] };
    const agent = await storedAgent({ root, baseURL: api.baseURL, transcript: full });
    await agent.session.send('one');
    await agent.session.send('two');
    const said = agent.session.events.filter((event) => event.type === 'notice');
    assert.equal(said.length, 1);
    assert.match(JSON.stringify(said), /could not be saved.*ENOSPC/);
    assert.match(JSON.stringify(agent.session.events), /Two\./);
    await agent.dispose();
  });
});
