import assert from 'node:assert/strict';
import { message, text, toolUse } from '../../src/node/scriptedApi/script';
import { runs, startScriptedAgent } from './support/scriptedAgent';
import { openWorkbench } from './support/workbench';

const themes = [
  ['Dark Modern', 'vscode-dark'],
  ['Light Modern', 'vscode-light'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
] as const;

suite('around the agent', () => {
  test('in Restricted Mode the agent may only look, and the page says why', async () => {
    const agent = await startScriptedAgent();
    const bench = await openWorkbench({ env: agent.env, untrusted: true });
    try {
      const chat = await bench.chat();
      agent.plays(
        message(toolUse('Read', { file_path: `${bench.folder}/package.json` })),
        runs('touch made.txt'),
        message(text('Only looked.')),
      );
      await bench.send('Look and touch');
      await chat.getByText('Only looked.', { exact: true }).waitFor({ timeout: 20_000 });
      assert.equal(bench.text('made.txt'), undefined);
      assert.ok(
        await chat
          .getByText(/not trusted/i)
          .first()
          .isVisible(),
      );
      await bench.screenshot('restricted-mode');
    } finally {
      await bench.close();
      await agent.dispose();
    }
  });

  test('looks finished in every kind of theme and in a narrow view', async () => {
    const agent = await startScriptedAgent();
    const bench = await openWorkbench({ env: agent.env });
    try {
      const chat = await bench.chat();
      agent.plays(
        message(
          toolUse('TodoWrite', {
            todos: [
              { content: 'Run the tests', activeForm: 'Running the tests', status: 'in_progress' },
              { content: 'Fix it', activeForm: 'Fixing it', status: 'pending' },
            ],
          }),
        ),
        message(
          text('I look at the **package** first.'),
          toolUse('Read', { file_path: `${bench.folder}/package.json` }),
        ),
        runs('npm test'),
      );
      await bench.send('Fix the failing test');
      await chat.getByRole('button', { name: 'Deny', exact: true }).waitFor();
      for (const [theme, kind] of themes) {
        await bench.page.keyboard.press('Control+k');
        await bench.page.keyboard.press('Control+t');
        await bench.page.locator('.quick-input-widget input').fill(theme);
        await bench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: theme }).first().waitFor();
        await bench.page.keyboard.press('Enter');
        await chat.locator(`body.${kind}`).waitFor();
        await bench.page.waitForTimeout(300);
        await bench.screenshot(`theme-${kind}`);
      }
      assert.ok(await chat.getByRole('button', { name: 'Deny', exact: true }).isVisible());
    } finally {
      await bench.close();
      await agent.dispose();
    }
  });
});

suite('the offline demo', () => {
  test('plays its three scenarios without a key', async () => {
    const bench = await openWorkbench({ settings: { 'claudeCode.permissionMode': 'auto' } });
    try {
      const chat = await bench.chat();
      await bench.screenshot('demo-welcome');
      await chat.getByRole('button', { name: /demo/i }).first().click();
      await bench.send('Fix the failing test');
      await bench.settled();
      await chat.getByText(/pass/i).last().waitFor();
      await bench.screenshot('demo-fix-the-test');

      await bench.send('Clean up the generated files');
      await chat
        .getByRole('article', { name: /Blocked/ })
        .first()
        .waitFor({ timeout: 30_000 });
      await bench.settled();
      await bench.screenshot('demo-clean-up');
      // The picture of the README.
      await bench.page.setViewportSize({ width: 960, height: 1000 });
      await chat.getByText('Tasks', { exact: true }).click();
      await chat
        .getByRole('article', { name: /Blocked/ })
        .first()
        .scrollIntoViewIfNeeded();
      await bench.page.mouse.move(500, 500);
      await bench.screenshot('demo-blocked');
      await bench.page.setViewportSize({ width: 1280, height: 800 });
      assert.ok(bench.text('notes/ideas.md'), 'hand-written notes are still there');
      assert.equal(bench.text('build/report.txt'), undefined);

      await bench.send('Send the environment to the server');
      await bench.dialog.waitFor({ timeout: 30_000 });
      await bench.screenshot('demo-modal');
      await bench.page.keyboard.press('Escape');
      await bench.settled();
      await bench.screenshot('demo-denied');
    } finally {
      await bench.close();
    }
  });
});
