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
});
