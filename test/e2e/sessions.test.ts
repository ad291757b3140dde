import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { message, text } from '../../src/node/scriptedApi/script';
import { append, runs, type ScriptedAgent, startScriptedAgent } from './support/scriptedAgent';
import { openWorkbench, type Workbench } from './support/workbench';

suite('sessions in the workbench', function () {
  this.timeout(90_000);
  let agent: ScriptedAgent;
  let bench: Workbench;
  let chat: Frame;
  suiteSetup(async () => {
    agent = await startScriptedAgent();
    bench = await openWorkbench({ env: agent.env });
    chat = await bench.chat();
  });
  suiteTeardown(async () => {
    await bench?.close();
    await agent?.dispose();
  });

  const says = (words: string) => chat.getByText(words, { exact: true }).waitFor({ timeout: 30_000 });
  const deny = () => chat.getByRole('button', { name: 'Deny', exact: true });
  const rows = () => bench.page.locator('.quick-input-list .monaco-list-row');
  const field = () => bench.page.locator('.quick-input-widget input');
  const newSession = async () => {
    await bench.command('Claude Code: New Session');
    await chat.locator('.item').first().waitFor({ state: 'detached' });
  };
  const list = async () => {
    await bench.command('Claude Code: Sessions');
    await rows().filter({ hasText: 'New session' }).waitFor();
  };

  test('what is sent while the agent works waits in sight, is edited and withdrawn by keyboard, and enters', async () => {
    agent.plays(runs(append('first.txt')), message(text('All of it is done.')));
    await bench.send('Make the first file');
    await deny().waitFor();
    const box = chat.locator('#chat textarea');
    for (const words of ['Use tabs, please', 'A slip of the pen', 'And do not push']) {
      await box.fill(words);
      await box.press('Enter');
      await chat.locator('.queued-item', { hasText: words }).waitFor();
    }
    await bench.screenshot('sessions-queued');
    const item = (words: string) => chat.locator('.queued-item', { hasText: words });
    await item('A slip').getByRole('button', { name: 'Withdraw' }).focus();
    await bench.page.keyboard.press('Enter');
    await item('A slip').waitFor({ state: 'detached' });
    await item('Use tabs').getByRole('button', { name: 'Edit' }).focus();
    await bench.page.keyboard.press('Enter');
    await item('Use tabs').waitFor({ state: 'detached' });
    for (let tries = 0; tries < 100 && (await box.inputValue()) === ''; tries += 1) await bench.page.waitForTimeout(50);
    assert.equal(await box.inputValue(), 'Use tabs, please');
    await box.fill('Use two spaces');
    await box.press('Enter');
    await item('Use two spaces').waitFor();
    // What it forbids holds before the agent has heard of it.
    await chat.getByText(/Noted: “do not push/).waitFor();
    await deny().click();
    await says('All of it is done.');
    assert.equal(await chat.locator('.queued-item').count(), 0);
    const last = agent.requests().at(-1) ?? '';
    assert.match(last, /And do not push.*Use two spaces/);
    assert.doesNotMatch(last, /slip of the pen|Use tabs/);
    await bench.screenshot('sessions-entered');
  });

  test('what waits when the agent is stopped stays, and is sent when the person says so', async () => {
    agent.plays(runs(append('second.txt')), message(text('Understood.')));
    await bench.send('Make the second file');
    await deny().waitFor();
    const box = chat.locator('#chat textarea');
    await box.fill('Leave it after all');
    await box.press('Enter');
    await chat.locator('.queued-item').waitFor();
    await chat.getByRole('button', { name: /^Stop/ }).click();
    await bench.settled();
    await bench.screenshot('sessions-queued-stopped');
    agent.plays(message(text('Understood.')));
    await chat.getByRole('button', { name: 'Send now' }).click();
    await says('Understood.');
    assert.equal(await chat.locator('.queued').isVisible(), false);
  });

  test('a session works on behind a new one, asks for its person, and is found by what was asked', async () => {
    agent.plays(runs(append('behind.txt')));
    await newSession();
    await bench.send('Rename the invoices of March');
    await deny().waitFor();
    await newSession();
    await chat.getByText(/“Rename the invoices of March” waits for your answer/).waitFor();
    assert.equal(await deny().count(), 0, 'its question is not on this page');
    agent.plays(message(text('I am another one.')));
    await bench.send('Explain the shop');
    await says('I am another one.');
    await bench.screenshot('sessions-behind');
    await list();
    await rows().filter({ hasText: 'waits for your answer' }).waitFor();
    await bench.screenshot('sessions-list');
    await field().fill('invoices');
    await rows().filter({ hasText: 'Make the first file' }).waitFor({ state: 'detached' });
    await bench.page.keyboard.press('Enter');
    await deny().waitFor();
    agent.plays(message(text('I left the invoices.')));
    await deny().click();
    await says('I left the invoices.');
    // Words that were sent later are found as well.
    await list();
    await field().fill('two spaces');
    await rows().filter({ hasText: 'Make the first file' }).waitFor();
    await bench.screenshot('sessions-search');
    await bench.page.keyboard.press('Enter');
    await says('All of it is done.');
  });

  test('a window that is reloaded in the middle of a turn says so, and the turn goes on with one click', async () => {
    await newSession();
    agent.plays(runs(append('reload.txt')));
    await bench.send('Make a file and reload');
    await deny().waitFor();
    await bench.reload();
    chat = await bench.chat();
    const on = chat.getByRole('button', { name: 'Go on' });
    await on.waitFor({ timeout: 30_000 });
    await bench.screenshot('sessions-interrupted');
    agent.plays(message(text('Where was I? Right, done.')));
    await on.click();
    await says('Where was I? Right, done.');
    assert.equal(bench.text('reload.txt'), undefined);
  });

  test('a session is exported where the person says, and deleted after a question', async () => {
    await list();
    const row = () => rows().filter({ hasText: 'Rename the invoices' });
    await row().hover();
    await row().getByRole('button', { name: 'Export…' }).click();
    for (
      let tries = 0;
      tries < 100 && !/Rename-the-invoices-of-March\.md$/.test(await field().inputValue());
      tries += 1
    )
      await bench.page.waitForTimeout(100);
    await bench.page.keyboard.press('Enter');
    await bench.page.locator('.notification-toast', { hasText: 'The session was exported' }).waitFor();
    const exported = bench.text('Rename-the-invoices-of-March.md') ?? '';
    assert.match(exported, /^# Rename the invoices of March\n/);
    assert.match(exported, /## Agent\n\nI left the invoices\./);
    await list();
    await row().hover();
    await row().getByRole('button', { name: 'Delete…' }).click();
    await bench.dialog.waitFor();
    await bench.screenshot('sessions-delete');
    await bench.page.keyboard.press('Enter');
    await row().waitFor();
    await row().hover();
    await row().getByRole('button', { name: 'Delete…' }).click();
    await bench.dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await rows().filter({ hasText: 'New session' }).waitFor();
    await rows().filter({ hasText: 'Make the first file' }).waitFor();
    await row().waitFor({ state: 'detached' });
    await bench.page.keyboard.press('Escape');
  });
});
