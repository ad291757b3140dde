import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './support/workbench';

suite('rules in the workbench', () => {
  let bench: Workbench;
  suiteSetup(async () => {
    bench = await openWorkbench({
      files: {
        '.claude/settings.json': '{ "permissions": { "allow": ["Bash(make:*)"], "deny": ["Bash(git push:*)"] } }',
      },
      settings: {
        'claudeCode.permissions.allow': ['Bash(npm test)', 'Bash(python:*)'],
        'claudeCode.permissions.deny': [{ rule: 'Read(.env)', reason: 'keys of the shop' }],
      },
    });
  });
  suiteTeardown(() => bench.close());

  const rows = () => bench.page.locator('.quick-input-list .monaco-list-row');
  const row = (text: string) => rows().filter({ hasText: text }).first();
  const notice = (text: RegExp) => bench.page.locator('.notification-toast').filter({ hasText: text }).first();

  test('what the workspace would allow is offered for review, shown whole, and does not hold after a no', async () => {
    await notice(/asks for 1 allow rule/).waitFor();
    await bench.screenshot('rules-workspace-asks');
    await notice(/asks for 1 allow rule/)
      .getByRole('button', { name: 'Review…' })
      .click();
    await bench.dialog.waitFor();
    assert.match((await bench.dialog.textContent()) ?? '', /Bash\(make:\*\)/);
    await bench.screenshot('rules-workspace-review');
    await bench.page.keyboard.press('Enter');
    await bench.dialog.waitFor({ state: 'detached' });
  });

  test('somebody who has read no manual finds an old approval from the status bar and takes it back, with keys alone', async () => {
    await bench.mode.click();
    await row('Manage Rules').waitFor();
    await bench.page.keyboard.type('rules');
    await bench.page.keyboard.press('Enter');
    await row('Bash(npm test)').waitFor();
    await bench.screenshot('rules-manage');
    assert.match((await row('Read(.env)').textContent()) ?? '', /user settings.*keys of the shop/s);
    assert.match((await row('Bash(git push:*)').textContent()) ?? '', /\.claude\/settings\.json/);
    assert.match((await row('Bash(python:*)').textContent()) ?? '', /suspended in Auto/);
    await bench.page.keyboard.type('npm test');
    await bench.page.keyboard.press('Enter');
    await row('Remove this rule').waitFor();
    await bench.page.keyboard.press('Enter');
    await bench.page.getByPlaceholder('Removed: Bash(npm test)').waitFor();
    await bench.page.keyboard.press('Escape');
    assert.doesNotMatch(bench.userSettings(), /npm test/);
    assert.match(bench.userSettings(), /python/);
  });

  test('entering Auto names the rules that are suspended', async () => {
    await bench.command('Claude Code: Cycle Permission Mode');
    await notice(/While Auto is on.*Bash\(python:\*\)/).waitFor();
    await bench.screenshot('rules-suspended');
  });
});
