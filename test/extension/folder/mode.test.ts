import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { noPolicy } from '../../../src/core/gate/policy';
import { modeItems } from '../../../src/extension/modePicker';
import { resetAll, seam, setUser, setWorkspace, until } from '../agentWorld';

suite('permission mode', function () {
  this.timeout(30_000);
  setup(resetAll);
  teardown(resetAll);

  test('Normal runs in a fresh profile', async () => {
    assert.equal((await seam()).control.inForce().mode, 'normal');
  });

  test('the setting, the list and the chat agree', async () => {
    const { control, host } = await seam();
    await setUser('permissionMode', 'auto');
    await until('Auto is in force', () => control.inForce().mode === 'auto');
    assert.equal((await host()).seam.status().mode.id, 'auto');
    assert.deepEqual(
      modeItems(control).flatMap(({ description, mode }) => (description ? [mode] : [])),
      ['auto'],
    );
  });

  test('picking a mode writes the user setting', async () => {
    const { control } = await seam();
    await control.choose('auto');
    assert.equal(workspace.getConfiguration('claudeCode').inspect('permissionMode')?.globalValue, 'auto');
  });

  for (const mode of ['skip', 'auto']) {
    test(`a workspace file that says ${mode} does not raise the mode`, async () => {
      const { control } = await seam();
      await setWorkspace({ 'claudeCode.permissionMode': mode, 'claudeCode.permissions.deny': ['Bash(curl:*)'] });
      assert.equal(control.inForce().mode, 'normal');
    });
  }

  test('Skip in the user settings runs as Normal until a person confirms it', async () => {
    const { control, useDialogs } = await seam();
    await setUser('permissionMode', 'skip');
    await until('the setting is read', () => control.inForce().instead?.by === 'confirmation');
    assert.equal(control.inForce().mode, 'normal');
    const shown: (readonly string[])[] = [];
    useDialogs(async (_title, _detail, buttons) => {
      shown.push(buttons);
      return buttons[0];
    });
    await control.confirmWanted();
    assert.equal(control.inForce().mode, 'normal', 'the first button, which Enter presses, is a no');
    assert.equal(shown.length, 1);
  });

  test('a value that is no mode runs as Normal and says so', async () => {
    const { control } = await seam();
    await setUser('permissionMode', 'yolo');
    await until('the setting is read', () => control.inForce().instead?.by === 'setting');
    assert.equal(control.inForce().mode, 'normal');
  });

  test('policy switches Auto off, in the list too', async () => {
    const { control, host, usePolicy } = await seam();
    await setUser('permissionMode', 'auto');
    await until('Auto is in force', () => control.inForce().mode === 'auto');
    usePolicy({ ...noPolicy, autoDisabled: true, files: ['/etc/claude-code/managed-settings.json'] });
    assert.equal(control.inForce().mode, 'normal');
    assert.equal(control.inForce().instead?.by, 'policy');
    assert.ok(!modeItems(control).some(({ mode }) => mode === 'auto'));
    assert.ok(
      modeItems(control).some(({ explanation }) => explanation?.includes('/etc/claude-code/managed-settings.json')),
    );
    assert.match((await host()).seam.status().banner ?? '', /administrator/);
  });

  test('with an older model Auto is not available', async () => {
    const { control } = await seam();
    await setUser('model', 'claude-opus-4-5');
    await setUser('permissionMode', 'auto');
    await until('the model is read', () => control.inForce().instead?.by === 'model');
    assert.equal(control.inForce().mode, 'normal');
  });

  test('commands ignore the mode that a task or keybinding passes', async () => {
    const { control } = await seam();
    await commands.executeCommand('gatehouse.cyclePermissionMode', 'skip');
    assert.equal(control.inForce().mode, 'auto', 'the next mode, not the one that was passed');
    const picking = commands.executeCommand('gatehouse.selectPermissionMode', 'skip', { mode: 'skip' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await commands.executeCommand('workbench.action.closeQuickOpen');
    await picking;
    assert.equal(control.inForce().mode, 'auto');
  });

  test('cycling never confirms Skip', async () => {
    const { control, useDialogs } = await seam();
    let asked = 0;
    useDialogs(async (_title, _detail, buttons) => {
      asked += 1;
      return buttons.at(-1);
    });
    const seen: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      await commands.executeCommand('gatehouse.cyclePermissionMode');
      seen.push(control.inForce().mode);
    }
    assert.deepEqual(seen, ['auto', 'normal', 'auto', 'normal']);
    assert.equal(asked, 0);
  });
});
