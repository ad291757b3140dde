import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { message, text } from '../../src/node/scriptedApi/script';
import { append, runs, type ScriptedAgent, startScriptedAgent } from './support/scriptedAgent';
import { openWorkbench, type Workbench } from './support/workbench';

suite('the classifier in the workbench', function () {
  this.timeout(90_000);
  let agent: ScriptedAgent;
  let bench: Workbench;
  let chat: Frame;
  suiteSetup(async () => {
    agent = await startScriptedAgent();
    bench = await openWorkbench({
      env: agent.env,
      settings: { 'claudeCode.permissionMode': 'auto', 'claudeCode.autoMode.timeoutSeconds': 5 },
    });
    chat = await bench.chat();
  });
  suiteTeardown(async () => {
    await bench?.close();
    await agent?.dispose();
  });
  teardown(() => {
    agent.blocks(undefined);
    agent.outage(false);
  });

  const saidDone = (words: string) => chat.getByText(words, { exact: true }).waitFor({ timeout: 30_000 });
  const rows = () => bench.page.locator('.quick-input-list .monaco-list-row');
  const row = (words: string | RegExp) => rows().filter({ hasText: words }).first();
  const field = () => bench.page.locator('.quick-input-widget input');
  const notice = (words: RegExp) => bench.page.locator('.notification-toast').filter({ hasText: words }).first();

  test('the modal names safer ways, and a no may say which', async () => {
    agent.blocks('publish');
    agent.plays(
      runs(append('a.txt')),
      runs(append('a.txt')),
      runs(append('a.txt')),
      message(text('I prepare it only.')),
    );
    await bench.send('Publish it');
    await bench.dialog.waitFor({ timeout: 30_000 });
    assert.match((await bench.dialog.textContent()) ?? '', /Safer instead:.*Prepare it locally/s);
    await bench.screenshot('classifier-modal-alternatives');
    await bench.dialog.getByRole('button', { name: 'Deny and Say Why' }).click();
    await field().waitFor();
    assert.match(await field().inputValue(), /^Prepare it locally/);
    await bench.screenshot('classifier-deny-why');
    await field().fill('Only prepare it, I publish it myself.');
    await bench.page.keyboard.press('Enter');
    await saidDone('I prepare it only.');
    const told = agent.requests().at(-1) ?? '';
    assert.match(told, /They said: .{1,4}Only prepare it, I publish it myself/);
    assert.equal(bench.text('a.txt'), undefined);
  });

  test('a blocked call can be allowed from its card, exactly once', async () => {
    agent.blocks('publish');
    agent.plays(runs(append('card.txt')), message(text('It was blocked.')));
    await bench.send('Write card.txt');
    await saidDone('It was blocked.');
    agent.plays(runs(append('card.txt')), runs(append('card.txt')), message(text('Once, as allowed.')));
    await chat.getByRole('button', { name: 'Allow this call' }).last().click();
    await bench.dialog.waitFor();
    assert.match((await bench.dialog.textContent()) ?? '', /card\.txt/);
    await bench.screenshot('classifier-allow-blocked');
    await bench.dialog.getByRole('button', { name: 'Allow once' }).click();
    await saidDone('Once, as allowed.');
    assert.equal(bench.text('card.txt'), 'x', 'the second try was blocked again');
  });

  test('a boundary is noted as soon as it is written, listed, and taken back', async () => {
    agent.blocks('boundary');
    agent.plays(runs('touch src/made.js'), message(text('I leave src alone.')));
    await bench.send('Fix the shop. Don’t touch src. Don’t push.');
    await saidDone('I leave src alone.');
    assert.equal(bench.text('src/made.js'), undefined);
    await chat.getByText(/Noted: “.*touch src/).waitFor();
    await bench.screenshot('classifier-boundary-noted');
    await chat.getByRole('button', { name: 'Show all' }).first().click();
    await row(/touch src/).waitFor();
    assert.match((await row(/touch src/).textContent()) ?? '', /covers Edit\(src\/\*\*\)/);
    await bench.screenshot('classifier-ledger');
    const before = await rows().count();
    await row(/touch src/).hover();
    await row(/touch src/)
      .getByRole('button', { name: /Take back/ })
      .click();
    await bench.page.getByPlaceholder(/Taken back: .*touch src/).waitFor();
    assert.ok((await rows().count()) < before);
    await bench.screenshot('classifier-ledger-revoked');
    await bench.page.keyboard.press('Escape');
    agent.blocks(undefined);
    agent.plays(runs('touch src/made.js'), message(text('Now I may.')));
    await bench.send('Go on');
    await saidDone('Now I may.');
    assert.equal(bench.text('src/made.js'), '');
  });

  test('a boundary is added and changed by hand, with keys alone', async () => {
    await bench.mode.click();
    await row('What you allowed and forbade').waitFor();
    await bench.page.keyboard.type('forbade');
    await bench.page.keyboard.press('Enter');
    await row('Add a boundary').waitFor();
    await bench.page.keyboard.type('Add a bound');
    await bench.page.keyboard.press('Enter');
    await bench.page.getByPlaceholder(/Don’t push/).waitFor();
    await field().fill('never delete anything');
    await bench.page.keyboard.press('Enter');
    await row(/never delete anything/).waitFor();
    assert.match((await row(/never delete anything/).textContent()) ?? '', /every delete/);
    await bench.page.keyboard.press('Escape');
  });

  test('an outage is said once, the status bar shows it, a card asks; its end shows by itself', async () => {
    await bench.command('Notifications: Clear All Notifications');
    agent.outage(true);
    agent.plays(runs(append('down.txt')), runs(append('down2.txt')), message(text('Nobody judged.')));
    await bench.send('Try it');
    const deny = chat.getByRole('button', { name: 'Deny', exact: true });
    await deny.waitFor({ timeout: 30_000 });
    await bench.mode.filter({ hasText: 'no classifier' }).waitFor();
    await notice(/The classifier does not answer/).waitFor();
    await bench.screenshot('classifier-outage');
    await deny.click();
    await chat.getByRole('article', { name: /Waiting for you/ }).waitFor();
    assert.equal(
      await bench.page
        .locator('.notification-toast')
        .filter({ hasText: /does not answer/ })
        .count(),
      1,
    );
    await deny.click();
    await saidDone('Nobody judged.');
    agent.outage(false);
    // It asks again after 15 seconds at the earliest.
    await bench.mode.filter({ hasNotText: 'no classifier' }).waitFor({ timeout: 45_000 });
    await bench.screenshot('classifier-recovered');
  });
});
