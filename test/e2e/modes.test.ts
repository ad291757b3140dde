import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './support/workbench';

suite('permission mode in the workbench', () => {
  let bench: Workbench;
  suiteSetup(async () => {
    bench = await openWorkbench({ files: { '.vscode/settings.json': '{ "claudeCode.permissionMode": "skip" }' } });
  });
  suiteTeardown(() => bench.close());

  const modeIs = (label: string) => bench.mode.filter({ hasText: label }).waitFor({ timeout: 10_000 });

  test('a workspace file cannot raise the mode', async () => {
    await modeIs('Normal');
    await bench.page.waitForTimeout(500);
    await modeIs('Normal');
    assert.equal(await bench.dialog.count(), 0);
    await bench.screenshot('modes-workspace-file-says-skip');
  });

  test('the dropdown under Settings picks Auto, and status bar and chip follow', async () => {
    await bench.command('Preferences: Open Settings (UI)');
    const { page } = bench;
    const search = page.locator('.settings-editor .suggest-input-container');
    await search.waitFor();
    await search.click();
    await page.keyboard.type('@id:claudeCode.permissionMode');
    const setting = page
      .locator('.settings-editor .setting-item-contents')
      .filter({ hasText: 'Permission Mode' })
      .first();
    await setting.waitFor();
    await setting.locator('select').selectOption({ label: 'Auto' });
    await modeIs('Auto');
    await bench.screenshot('modes-settings-dropdown-auto');
    await page.keyboard.press('Escape');
    const chat = await bench.chat();
    await chat.getByRole('button', { name: /Permission mode: Auto/ }).waitFor();
    assert.match(bench.userSettings(), /"claudeCode\.permissionMode":\s*"auto"/);
  });

  test('the status bar switches with mouse and keyboard', async () => {
    await bench.mode.click();
    const list = bench.page.locator('.quick-input-list .monaco-list-row');
    await list.first().waitFor();
    await bench.screenshot('modes-status-bar-picker');
    await list.filter({ hasText: 'Normal' }).first().click();
    await modeIs('Normal');
    await bench.command('Claude Code: Select Permission Mode');
    await list.filter({ hasText: 'Auto' }).first().waitFor();
    await bench.page.keyboard.press('ArrowDown');
    await bench.page.keyboard.press('Enter');
    await modeIs('Auto');
    assert.match(bench.userSettings(), /"claudeCode\.permissionMode":\s*"auto"/);
  });

  test('cycling never confirms Skip by itself', async () => {
    for (let turns = 0; turns < 4; turns += 1) {
      await bench.command('Claude Code: Cycle Permission Mode');
      await bench.page.waitForTimeout(300);
      assert.doesNotMatch((await bench.mode.textContent()) ?? '', /Skip/);
      assert.equal(await bench.dialog.count(), 0);
    }
  });

  test('Skip asks in a modal whose first button keeps asking, and looks dangerous once confirmed', async () => {
    const pick = async () => {
      await bench.mode.click();
      await bench.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasText: 'Skip permissions' })
        .first()
        .click();
      await bench.dialog.waitFor();
    };
    await pick();
    await bench.screenshot('modes-skip-confirmation');
    await bench.page.keyboard.press('Enter');
    await bench.dialog.waitFor({ state: 'detached' });
    assert.doesNotMatch((await bench.mode.textContent()) ?? '', /Skip/);
    await pick();
    await bench.dialog.getByRole('button', { name: 'Skip Permissions' }).click();
    await modeIs('Skip permissions');
    assert.match((await bench.mode.getAttribute('class')) ?? '', /warning/);
    await bench.screenshot('modes-skip');
  });

  test('after a reload Skip has to be confirmed anew; until then Normal runs', async () => {
    await bench.reload();
    await modeIs('Normal');
    await bench.screenshot('modes-skip-after-reload');
  });
});
