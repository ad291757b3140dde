import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import type { Question } from '../../../src/core/gate/prompter';
import type { AgentHost } from '../../../src/extension/agentHost';
import type { Ruling } from '../../../src/node/demo/rulings';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import {
  fileText,
  folder,
  items,
  outcomes,
  removeFile,
  resetAll,
  seam,
  setUser,
  setWorkspace,
  until,
  withAgent,
  writeFile,
} from '../agentWorld';

/** The question on a card, once it is there. */
async function asked(host: AgentHost) {
  const open = () => items(host, 'call').find(({ question }) => question !== undefined);
  await until('a card asks', () => open() !== undefined);
  const item = open();
  assert.ok(item?.question);
  return { item, question: item.question };
}

suite('a turn', function () {
  this.timeout(40_000);
  setup(resetAll);
  teardown(async () => {
    removeFile('touched.txt');
    removeFile('scratch');
    await resetAll();
  });

  const touch = [
    message(text('I make a file.'), toolUse('Bash', { command: 'echo hello > touched.txt' })),
    message(text('As you like.')),
  ];

  test('Normal asks on the card, and after a no nothing has run', () =>
    withAgent(touch, async ({ host, requests }) => {
      const turn = host.send('Make a file.');
      const { item, question } = await asked(host);
      assert.equal(item.exact, 'echo hello > touched.txt');
      assert.equal(fileText('touched.txt'), undefined, 'it waits');
      await host.seam.receive({ type: 'answer', questionId: question.id, choice: 'deny' });
      await turn;
      assert.equal(fileText('touched.txt'), undefined);
      assert.deepEqual(outcomes(host), ['denied']);
      assert.equal(items(host, 'call')[0]?.decision?.label, 'You denied this');
      assert.match(JSON.stringify(requests.at(-1)?.body), /The person was asked and said no/);
    }));

  test('after Allow once it has run, once', () =>
    withAgent(touch, async ({ host }) => {
      const turn = host.send('Make a file.');
      const { question } = await asked(host);
      await host.seam.receive({ type: 'answer', questionId: question.id, choice: 'once' });
      await turn;
      assert.equal(fileText('touched.txt'), 'hello\n');
      assert.equal(items(host, 'call')[0]?.state, 'done');
    }));

  test('looking is free in Normal', () =>
    withAgent(
      [message(toolUse('Glob', { pattern: '*', path: folder() })), message(text('Done.'))],
      async ({ host }) => {
        await host.send('Look around.');
        assert.deepEqual(outcomes(host), ['allowed']);
        assert.match(items(host, 'call')[0]?.decision?.label ?? '', /^Allowed here in /);
      },
    ));

  test('an allow rule of the workspace allows nothing, a deny rule of it holds', async () => {
    await setWorkspace({ 'claudeCode.permissions.allow': ['Bash'], 'claudeCode.permissions.deny': ['Bash(whoami)'] });
    const script = [
      message(toolUse('Bash', { command: 'whoami' })),
      message(toolUse('Bash', { command: 'echo hello > touched.txt' })),
      message(text('Done.')),
    ];
    await withAgent(script, async ({ host }) => {
      const turn = host.send('Go.');
      const { question } = await asked(host);
      await host.seam.receive({ type: 'answer', questionId: question.id, choice: 'deny' });
      await turn;
      assert.deepEqual(outcomes(host), ['denied', 'denied']);
      assert.match(items(host, 'call')[0]?.decision?.label ?? '', /whoami/);
      assert.equal(fileText('touched.txt'), undefined);
    });
  });

  test('Auto blocks a dangerous call, and the agent finds another way', async () => {
    await setUser('permissionMode', 'auto');
    await setUser('autoMode.undoableFiles', 0);
    writeFile('scratch/keep.txt', 'keep\n');
    writeFile('scratch/old.map', '{}\n');
    const script = [
      message(text('I clear the folder.'), toolUse('Bash', { command: 'rm -r scratch' })),
      message(text('Then only the map.'), toolUse('Bash', { command: 'rm scratch/old.map' })),
      message(text('Done.')),
    ];
    const verdicts: readonly Ruling[] = [
      { block: true, rule: 'destruction-beyond-task', reason: 'It deletes more than was asked for.' },
      { block: false, reason: 'It deletes the one file that was asked for.' },
    ];
    await withAgent(
      script,
      async ({ host }) => {
        await host.send('Delete the source maps in scratch.');
        assert.deepEqual(outcomes(host), ['blocked', 'allowed']);
        assert.equal(fileText('scratch/keep.txt'), 'keep\n');
        assert.equal(fileText('scratch/old.map'), undefined);
        const [blocked, allowed] = items(host, 'call');
        assert.match(blocked?.decision?.label ?? '', /^Blocked/);
        assert.match(allowed?.decision?.label ?? '', /^Allowed/);
      },
      verdicts,
    );
  });

  test('Auto asks in a dialog after three blocks, and a no keeps it from running', async () => {
    await setUser('permissionMode', 'auto');
    await setUser('autoMode.undoableFiles', 0);
    writeFile('scratch/keep.txt', 'keep\n');
    const remove = message(toolUse('Bash', { command: 'rm -r scratch' }));
    const block = { block: true, rule: 'destruction-beyond-task', reason: 'It deletes too much.' } as const;
    await withAgent(
      [remove, remove, remove, message(text('I leave it.'))],
      async ({ host }) => {
        const questions: Question[] = [];
        host.seam.usePrompter({
          async ask(question) {
            questions.push(question);
            return { choice: 'deny' };
          },
        });
        await host.send('Tidy up.');
        assert.deepEqual(
          questions.map(({ style }) => style),
          ['modal'],
        );
        assert.equal(fileText('scratch/keep.txt'), 'keep\n');
      },
      [block, block, block],
    );
  });

  test('what is kept may go without a question, and comes back', async () => {
    await setUser('permissionMode', 'auto');
    writeFile('src/extra.txt', 'mine\n');
    await withAgent(
      [message(toolUse('Bash', { command: 'rm src/extra.txt' })), message(text('Gone.'))],
      async ({ host, reload }) => {
        await host.send('Tidy up.');
        assert.deepEqual(outcomes(host), ['allowed']);
        assert.equal(fileText('src/extra.txt'), undefined);
        assert.equal(items(host, 'call')[0]?.undo, 'available');
        const { useDialogs } = await seam();
        useDialogs(async (_title, _detail, buttons) => buttons[1]);
        const again = await reload();
        const [call] = items(again, 'call');
        await again.seam.receive({ type: 'undo-call', itemId: call?.id ?? '' });
        assert.equal(fileText('src/extra.txt'), 'mine\n', 'after a reload too');
        assert.equal(items(again, 'call')[0]?.undo, 'undone');
      },
    );
    removeFile('src/extra.txt');
  });

  test('a long call in a dialog can be allowed only after it was opened in an editor', async () => {
    await setUser('permissionMode', 'auto');
    const writes = Array.from({ length: 30 }, (_, line) => `echo ${line} >> touched.txt`).join('\n');
    // Its last line is one that analysis cannot look into, so that the classifier is asked.
    const lines = `${writes}\nnode -e 'eval(process.argv[1])' 0`;
    const call = message(toolUse('Bash', { command: lines }));
    const block = { block: true, rule: 'destruction-beyond-task', reason: 'It writes too much.' } as const;
    const dialogs: (readonly string[])[] = [];
    const { useDialogs } = await seam();
    useDialogs(async (_title, _detail, buttons) => {
      dialogs.push(buttons);
      return dialogs.length === 1 ? 'Review…' : buttons[1];
    });
    await withAgent(
      [call, call, call, message(text('Done.'))],
      async ({ host }) => {
        const turn = host.send('Count.');
        const opened = () => window.activeTextEditor?.document;
        await until('the call is open', () => opened()?.uri.scheme === 'gatehouse-view');
        assert.ok(opened()?.getText().startsWith(lines), 'all of it can be read');
        assert.equal(fileText('touched.txt'), undefined, 'it waits');
        await commands.executeCommand('workbench.action.closeActiveEditor');
        await turn;
        const [before, after] = dialogs;
        assert.deepEqual(before, ['Deny', 'Review…', 'Deny and Say Why…']);
        assert.deepEqual(after?.slice(0, 2), ['Deny', 'Allow once']);
        assert.deepEqual(outcomes(host), ['blocked', 'blocked', 'allowed']);
        assert.equal(fileText('touched.txt')?.split('\n').length, 31, 'it ran once');
      },
      [block, block, block],
    );
  });

  test('Stop ends a command that would have run for minutes', () =>
    withAgent(
      [message(toolUse('Bash', { command: 'sleep 300; echo late > touched.txt' })), message(text('Never said.'))],
      async ({ host }) => {
        const turn = host.send('Wait.');
        const { question } = await asked(host);
        await host.seam.receive({ type: 'answer', questionId: question.id, choice: 'once' });
        await until('the command runs', () => items(host, 'call')[0]?.state === 'running');
        const began = Date.now();
        await commands.executeCommand('gatehouse.stop');
        await turn;
        assert.ok(Date.now() - began < 10_000);
        assert.equal(host.seam.status().busy, false);
        assert.equal(fileText('touched.txt'), undefined);
      },
    ));

  test('the conversation and the draft are there again after a reload', () =>
    withAgent(touch, async ({ host, reload }) => {
      const turn = host.send('Make a file.');
      const { question } = await asked(host);
      await host.seam.receive({ type: 'answer', questionId: question.id, choice: 'deny' });
      await turn;
      await host.seam.receive({ type: 'draft', text: 'And then', at: 1 });
      const before = host.seam.items();
      const again = await reload();
      assert.deepEqual(
        again.seam.items().map(({ type, ...item }) => [type, 'text' in item ? item.text : item.title]),
        before.map(({ type, ...item }) => [type, 'text' in item ? item.text : item.title]),
      );
      assert.equal(again.seam.draft(), 'And then');
      await again.seam.receive({ type: 'draft', text: '', at: 2 });
    }));

  test('a window that was closed in the middle of a turn says so, and the session goes on', () =>
    withAgent([...touch.slice(0, 1), message(text('Here I am.'))], async ({ host, reload }) => {
      void host.send('Make a file.');
      await asked(host);
      const again = await reload();
      assert.equal(fileText('touched.txt'), undefined);
      await again.send('Are you there?');
      assert.equal(items(again, 'assistant').at(-1)?.text, 'Here I am.');
    }));

  test('a new session is empty; the one before waits behind it for its answer, and is stopped with the window', () =>
    withAgent(touch, async ({ host }) => {
      const turn = host.send('Make a file.');
      await asked(host);
      await host.newSession();
      assert.deepEqual(host.seam.items(), []);
      assert.match(host.seam.status().banner ?? '', /“Make a file\.” waits for your answer/);
      await host.dispose();
      await turn;
      assert.equal(fileText('touched.txt'), undefined);
    }));

  test('what was forbidden survives a reload and holds', async () => {
    await setUser('permissionMode', 'auto');
    const push = (id: string) => message(toolUse('Bash', { command: `git push origin ${id}` }));
    await withAgent(
      [message(text('Understood.')), push('a'), message(text('Left alone.'))],
      async ({ host, reload }) => {
        await host.send('Do not push.');
        assert.equal(host.ledger()?.ledger.boundaries.length, 1);
        assert.ok(items(host, 'notice').some((notice) => /^Noted: “Do not push/.test(notice.text)));
        const again = await reload();
        assert.equal(again.ledger()?.ledger.boundaries.length, 1);
        await again.send('Go on.');
        assert.deepEqual(outcomes(again), ['blocked']);
        const [boundary] = again.ledger()?.ledger.boundaries ?? [];
        again.ledger()?.ledger.revoke(boundary?.id ?? '');
        assert.equal(again.ledger()?.ledger.boundaries.length, 0);
      },
      [{ block: true, rule: 'boundary', reason: 'The user said not to push.' }],
    );
  });
});
