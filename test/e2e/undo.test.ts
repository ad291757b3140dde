import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { message, text, toolUse } from '../../src/node/scriptedApi/script';
import { runs, type ScriptedAgent, startScriptedAgent } from './support/scriptedAgent';
import { openWorkbench, type Workbench } from './support/workbench';

suite('taking calls back in the workbench', function () {
  this.timeout(90_000);
  let agent: ScriptedAgent;
  let bench: Workbench;
  let chat: Frame;
  suiteSetup(async () => {
    agent = await startScriptedAgent();
    bench = await openWorkbench({ env: agent.env, settings: { 'claudeCode.permissionMode': 'auto' } });
    chat = await bench.chat();
  });
  suiteTeardown(async () => {
    await bench?.close();
    await agent?.dispose();
  });

  const saidDone = (words: string) => chat.getByText(words, { exact: true }).waitFor({ timeout: 30_000 });
  const dialog = (name: string) => bench.dialog.getByRole('button', { name, exact: true });

  test('a deleted folder comes back from its card, goes again, and the agent is told', async () => {
    const before = bench.text('notes/ideas.md') ?? bench.text('notes/todo.md');
    const name = bench.text('notes/ideas.md') === undefined ? 'notes/todo.md' : 'notes/ideas.md';
    assert.ok(before, 'the sample has notes');
    agent.plays(runs('rm -r notes'), message(text('The notes are gone.')));
    await bench.send('Delete the folder notes');
    await saidDone('The notes are gone.');
    assert.equal(bench.text(name), undefined);
    await chat.getByRole('button', { name: 'Undo…' }).last().click();
    await bench.dialog.waitFor();
    assert.match((await bench.dialog.textContent()) ?? '', /brings back notes/);
    await bench.screenshot('undo-dry-run');
    await dialog('Undo').click();
    await chat.getByText('Taken back').waitFor();
    assert.equal(bench.text(name), before);
    await bench.screenshot('undo-done');
    await chat.getByRole('button', { name: 'Redo…' }).last().click();
    await dialog('Redo').click();
    await chat.getByRole('button', { name: 'Undo…' }).last().waitFor();
    assert.equal(bench.text(name), undefined);
    await chat.getByRole('button', { name: 'Undo…' }).last().click();
    await dialog('Undo').click();
    await chat.getByText('Taken back').waitFor();
    agent.plays({ ...message(text('I see.')), delayMs: 500 } as ReturnType<typeof message>);
    await bench.send('What now?');
    await saidDone('I see.');
    assert.match(agent.requests().at(-1) ?? '', /The person took back what this call of yours had changed/);
  });

  test('what the person changed meanwhile stays, and is named before and after', async () => {
    const file = `${bench.folder}/src/fresh.js`;
    agent.plays(
      message(toolUse('Write', { file_path: file, content: 'export const one = 1;\n' })),
      message(text('Made.')),
    );
    await bench.send('Make it');
    await saidDone('Made.');
    bench.write('src/fresh.js', 'export const mine = 2;\n');
    await chat.getByRole('button', { name: 'Undo…' }).last().click();
    await bench.page
      .locator('.notification-toast')
      .filter({ hasText: /changed since.*src\/fresh\.js/ })
      .first()
      .waitFor();
    assert.equal(bench.text('src/fresh.js'), 'export const mine = 2;\n');
    await bench.screenshot('undo-changed-since');
  });

  const changed = () => bench.page.locator('.pane', { hasText: 'Changed Files' });
  const row = (name: string) => changed().locator('.monaco-list-row', { hasText: name });

  test('the list of changed files counts, compares, and takes back one file', async () => {
    const before = bench.text('README.md') ?? '';
    agent.plays(
      runs('printf "agent\\n" >> README.md && printf "new\\n" > src/list.js && rm -r notes'),
      message(text('All changed.')),
    );
    await bench.send('Change three places');
    await saidDone('All changed.');
    await row('README.md').waitFor();
    assert.match((await row('README.md').textContent()) ?? '', /\+1 −0/);
    assert.match((await row('list.js').textContent()) ?? '', /new/);
    await bench.screenshot('changed-files');
    await row('README.md').click();
    await bench.page.locator('.tab', { hasText: 'before the agent and now' }).waitFor();
    await bench.page.locator('.line-insert').first().waitFor();
    await bench.screenshot('changed-files-diff');
    await row('README.md').hover();
    await row('README.md').getByRole('button', { name: /Undo/ }).click();
    await bench.dialog.waitFor();
    await dialog('Undo').click();
    await row('README.md').waitFor({ state: 'detached' });
    assert.equal(bench.text('README.md'), before);
    assert.equal(bench.text('src/list.js'), 'new\n');
  });

  test('going back to before a message takes back its files and its words, and keeps what the person wrote meanwhile', async () => {
    await bench.command('Claude Code: New Session');
    agent.plays(runs('printf "one\\ntwo\\nthree\\nfour\\nfive\\n" > src/steps.txt'), message(text('First done.')));
    await bench.send('Write the steps');
    await saidDone('First done.');
    agent.plays(
      runs('sed -i s/one/ONE/ src/steps.txt'),
      runs('git init -q . 2>/dev/null; node -e 0; rm -rf src/index.js'),
      message(text('Second done.')),
    );
    await bench.send('Shout the first one');
    await saidDone('Second done.');
    bench.write('src/steps.txt', `${bench.text('src/steps.txt') ?? ''}mine\n`);
    const asked = chat.locator('.item.user', { hasText: 'Shout the first one' });
    await asked.hover();
    await bench.screenshot('rewind-hover');
    await asked.getByRole('button', { name: 'Rewind to here…' }).click();
    await bench.page.locator('.quick-input-list-row', { hasText: 'Code and conversation' }).waitFor();
    await bench.screenshot('rewind-choices');
    await bench.page.keyboard.press('Enter');
    await bench.dialog.waitFor();
    assert.match((await bench.dialog.textContent()) ?? '', /changes back src\/steps\.txt, and keeps what was changed/);
    await bench.screenshot('rewind-dry-run');
    await dialog('Rewind').click();
    await asked.waitFor({ state: 'detached' });
    assert.equal(bench.text('src/steps.txt'), 'one\ntwo\nthree\nfour\nfive\nmine\n');
    // The words are back in the box, to be put better.
    for (let tries = 0; tries < 50 && (await chat.getByRole('textbox').inputValue()) === ''; tries += 1)
      await bench.page.waitForTimeout(100);
    assert.equal(await chat.getByRole('textbox').inputValue(), 'Shout the first one');
    await bench.screenshot('rewind-done');
  });
});
