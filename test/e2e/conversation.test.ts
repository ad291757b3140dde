import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { message, text, toolUse } from '../../src/node/scriptedApi/script';
import { append, runs, type ScriptedAgent, startScriptedAgent } from './support/scriptedAgent';
import { openWorkbench, type Workbench } from './support/workbench';

suite('a conversation in the workbench', () => {
  let agent: ScriptedAgent;
  let bench: Workbench;
  let chat: Frame;
  suiteSetup(async () => {
    agent = await startScriptedAgent();
    bench = await openWorkbench({ env: agent.env });
    chat = await bench.chat();
  });
  suiteTeardown(async () => {
    await bench.close();
    await agent.dispose();
  });
  teardown(async () => {
    agent.blocks(undefined);
    agent.plays();
    if (await bench.dialog.isVisible()) await bench.page.keyboard.press('Escape');
    // A test that failed in the middle leaves the next one an agent that is done.
    const stop = chat.getByRole('button', { name: /^Stop/ });
    if (await stop.isVisible().catch(() => false)) await stop.click();
    await bench.settled();
  });

  const saidDone = (words: string) => chat.getByText(words, { exact: true }).waitFor({ timeout: 20_000 });
  /** Presses a key on a button once it takes one: an approving button stays disabled for its first half second. */
  const pressed = async (button: Locator, key: string) => {
    await button.and(chat.locator(':enabled')).waitFor();
    await button.focus();
    await bench.page.keyboard.press(key);
  };
  const until = async (what: string, holds: () => Promise<boolean>) => {
    const end = Date.now() + 20_000;
    while (!(await holds().catch(() => false))) {
      assert.ok(Date.now() < end, `waited in vain: ${what}`);
      await bench.page.waitForTimeout(100);
    }
  };
  const pickMode = async (label: string) => {
    await bench.mode.click();
    await bench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().click();
    await bench.mode.filter({ hasText: label }).waitFor();
  };

  test('Normal asks on a card; Deny runs nothing and the agent is told', async () => {
    agent.plays(runs(append('denied.txt')), message(text('Then I leave it.')));
    await bench.send('Do it');
    const deny = chat.getByRole('button', { name: 'Deny', exact: true });
    await deny.waitFor();
    await bench.screenshot('conversation-card');
    await deny.click();
    await saidDone('Then I leave it.');
    assert.equal(bench.text('denied.txt'), undefined);
  });

  test('Allow once runs exactly once, by keyboard', async () => {
    agent.plays(runs(append('once.txt')), runs(append('once.txt')), message(text('Finished once.')));
    await bench.send('Do it twice');
    const once = chat.getByRole('button', { name: 'Allow once' });
    await pressed(once, 'Enter');
    // The second call is a question of its own.
    await chat.getByRole('article', { name: /Waiting for you/ }).waitFor();
    await once.and(chat.locator(':enabled')).waitFor();
    await chat.getByRole('button', { name: 'Deny', exact: true }).click();
    await saidDone('Finished once.');
    assert.equal(bench.text('once.txt'), 'x');
  });

  test('Always shows its rule and what it would change, takes no rule that misses the call, and saves it with an example', async () => {
    agent.plays(runs('shop-check --all'), message(text('Checked.')));
    await bench.send('Check the shop');
    const always = chat.getByRole('button', { name: /^Always/ });
    await pressed(always, 'Enter');
    const field = bench.page.locator('.quick-input-widget input');
    await field.waitFor();
    await bench.page.keyboard.press('Escape');
    await field.waitFor({ state: 'hidden' });
    // Thinking better of it leaves the question open.
    await pressed(always, 'Enter');
    const input = bench.page.locator('.quick-input-widget input');
    await input.waitFor();
    assert.equal(await input.inputValue(), 'Bash(shop-check --all)');
    await bench.page.getByText(/It would have changed none of the last \d+ decisions/).waitFor();
    await bench.screenshot('conversation-always');
    await input.fill('Bash(other:*)');
    await bench.page.getByText('does not cover the call').waitFor();
    await bench.page.keyboard.press('Enter');
    assert.ok(await input.isVisible(), 'it is not taken');
    await input.fill('Bash(shop-check:*)');
    await bench.page.keyboard.press('Enter');
    await saidDone('Checked.');
    assert.match(bench.userSettings(), /"rule":\s*"Bash\(shop-check:\*\)",\s*"match":\s*\[\s*"shop-check --all"/);
  });

  test('what Auto would have done in place of the questions is one click from the status bar', async () => {
    await bench.mode.click();
    await bench.page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: 'What Auto would have done' })
      .click();
    await until('the page is there', async () => {
      const texts = await Promise.all(bench.page.frames().map((frame) => frame.locator('body').textContent()));
      return texts.some((text) => /You were asked about/.test(text ?? ''));
    });
    await bench.screenshot('conversation-shadow');
    await bench.command('View: Close Editor');
  });

  test('the decisions are exported where the person says', async () => {
    await bench.command('Claude Code: Export Decisions');
    const field = bench.page.locator('.quick-input-widget input');
    await until('the folder is proposed', async () => /decisions\.csv$/.test(await field.inputValue()));
    await bench.page.keyboard.press('Enter');
    await bench.page
      .locator('.notification-toast')
      .filter({ hasText: /decisions were exported/ })
      .first()
      .waitFor();
    assert.match(bench.text('decisions.csv') ?? '', /^at,mode,outcome,.*denied\.txt/s);
    await bench.screenshot('conversation-exported');
  });

  test('an edit is shown as a native diff before it is allowed', async () => {
    const file = `${bench.folder}/src/new.js`;
    agent.plays(
      message(toolUse('Write', { file_path: file, content: 'export const one = 1;\n' })),
      message(text('Written.')),
    );
    await bench.send('Write it');
    const review = chat.getByRole('button', { name: /Review the change/ });
    await review.click();
    await bench.page.locator('.monaco-diff-editor').waitFor();
    await bench.screenshot('conversation-diff');
    assert.equal(bench.text('src/new.js'), undefined);
    await chat.getByRole('button', { name: 'Allow once' }).click();
    await saidDone('Written.');
    assert.equal(bench.text('src/new.js'), 'export const one = 1;\n');
  });

  test('typing while a question is open answers nothing', async () => {
    agent.plays(runs(append('typed.txt')), message(text('Not done.')));
    await bench.send('Do it');
    await chat.getByRole('button', { name: 'Deny', exact: true }).waitFor();
    const box = chat.locator('#chat textarea');
    await box.click();
    await bench.page.keyboard.type('yes y 1 2 allow ');
    await bench.page.keyboard.press('Enter');
    await bench.page.waitForTimeout(500);
    assert.equal(bench.text('typed.txt'), undefined);
    assert.ok(await chat.getByRole('button', { name: 'Deny', exact: true }).isVisible());
    await box.fill('');
    await chat.getByRole('button', { name: 'Deny', exact: true }).click();
    await saidDone('Not done.');
  });

  suite('Auto', () => {
    suiteSetup(() => pickMode('Auto'));

    const threeBlocks = (file: string, last: string) =>
      agent.plays(runs(append(file)), runs(append(file)), runs(append(file)), message(text(last)));
    const modal = async () => {
      await bench.dialog.waitFor({ timeout: 20_000 });
      await bench.page.waitForTimeout(300);
    };

    test('the modal after three blocks is answered by mouse, and the call runs exactly once', async () => {
      agent.blocks('publish');
      threeBlocks('mouse.txt', 'Allowed by mouse.');
      await bench.send('Publish it');
      await modal();
      await bench.screenshot('conversation-modal');
      assert.match((await bench.dialog.textContent()) ?? '', /appendFileSync/);
      await bench.dialog.getByRole('button', { name: 'Allow once' }).click();
      await saidDone('Allowed by mouse.');
      assert.equal(bench.text('mouse.txt'), 'x');
    });

    for (const key of ['Enter', 'Escape'] as const) {
      test(`${key} in the modal denies`, async () => {
        agent.blocks('publish');
        threeBlocks(`${key}.txt`, `Denied by ${key}.`);
        await bench.send('Publish it');
        await modal();
        await bench.page.keyboard.press(key);
        await saidDone(`Denied by ${key}.`);
        assert.equal(bench.text(`${key}.txt`), undefined);
      });
    }

    test('keys in flight while the modal opens approve nothing', async () => {
      agent.blocks('publish');
      threeBlocks('flight.txt', 'Nothing was approved.');
      await bench.send('Publish it');
      const box = chat.locator('#chat textarea');
      await box.click();
      for (let keys = 0; keys < 400 && (await bench.dialog.count()) === 0; keys += 1) {
        await bench.page.keyboard.type('a ');
        // The box is idle for a moment now and then, so that the modal may open whenever the third block has come.
        if (keys % 40 === 39) await bench.page.waitForTimeout(1_200);
      }
      await bench.page.keyboard.type(' a1');
      await bench.page.keyboard.press('Enter');
      await saidDone('Nothing was approved.');
      assert.equal(bench.text('flight.txt'), undefined);
      await box.fill('');
    });

    test('a long call is reviewed whole before it can be allowed', async () => {
      agent.blocks('publish');
      const long = `node -e "\n${Array.from({ length: 30 }, (_, n) => `// line ${n}`).join('\n')}\nrequire('fs')[process.argv[1]]('long.txt', 'x')" appendFileSync`;
      agent.plays(runs(long), runs(long), runs(long), message(text('Long one done.')));
      await bench.send('Publish it');
      await modal();
      assert.equal(await bench.dialog.getByRole('button', { name: 'Allow once' }).count(), 0);
      await bench.screenshot('conversation-modal-long');
      await bench.dialog.getByRole('button', { name: /Review/ }).click();
      await bench.page.getByText('line 29').first().waitFor();
      await bench.page.getByRole('button', { name: /Decide/ }).click();
      await modal();
      await bench.dialog.getByRole('button', { name: 'Allow once' }).click();
      await saidDone('Long one done.');
      assert.equal(bench.text('long.txt'), 'x');
    });

    test('what the agent may do runs without a question, and says why', async () => {
      agent.plays(message(toolUse('Read', { file_path: `${bench.folder}/package.json` })), message(text('Read it.')));
      await bench.send('Look');
      await saidDone('Read it.');
      assert.ok(
        await chat
          .getByText(/Allowed here in .* ms/)
          .last()
          .isVisible(),
      );
      await chat.getByRole('button', { name: /Why/ }).last().click();
      await bench.screenshot('conversation-why');
    });
  });

  test('conversation and draft survive a reload', async () => {
    const box = chat.locator('#chat textarea');
    await box.fill('half a thought');
    await bench.page.waitForTimeout(800);
    await bench.reload();
    chat = await bench.chat();
    await chat.getByText('Finished once.').waitFor();
    assert.equal(await chat.locator('#chat textarea').inputValue(), 'half a thought');
    await bench.screenshot('conversation-after-reload');
  });
});
