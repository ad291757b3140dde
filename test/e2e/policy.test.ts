import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withManagedFolder } from '../../scripts/lib/ownEtc.mjs';
import { openWorkbench, type Workbench } from './support/workbench';

/** The administrator's folder as the product sees it, changed while the editor runs. */
suite('managed policy in the workbench', function () {
  this.timeout(60_000);
  let bench: Workbench;
  let folder: string;
  let file: string;

  suiteSetup(async function () {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'managed-')));
    chmodSync(folder, 0o755);
    file = join(folder, 'managed-settings.json');
    const before = process.getuid?.() === 0 ? withManagedFolder(folder) : undefined;
    if (!before) {
      console.log('MANAGED POLICY NOT SEEN IN THE WORKBENCH: it needs Linux, root and bubblewrap.');
      this.skip();
    }
    bench = await openWorkbench({ before, settings: { 'claudeCode.permissionMode': 'auto' } });
  });
  suiteTeardown(async () => {
    await bench?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const modeIs = (label: string) => bench.mode.filter({ hasText: label }).waitFor({ timeout: 20_000 });
  const notice = (text: RegExp) => bench.page.locator('.notification-toast').filter({ hasText: text }).first();
  const rows = () => bench.page.locator('.quick-input-list .monaco-list-row');
  const write = (text: string): void => writeFileSync(file, text, { mode: 0o644 });
  /** Clears what is on the screen, so that the next notice is a new one. */
  const clear = () => bench.command('Notifications: Clear All Notifications');

  test('a policy that is written while a session runs switches Auto off, and everything says who did', async () => {
    await modeIs('Auto');
    write('{"disableAutoMode":"disable","permissions":{"deny":["Bash(curl:*)"]}}');
    await modeIs('Normal');
    await notice(/administrator has switched Auto off/).waitFor({ timeout: 20_000 });
    await bench.screenshot('policy-written');
    const chat = await bench.chat();
    await chat
      .getByText(/administrator/)
      .first()
      .waitFor();
    await bench.mode.click();
    await rows().first().waitFor();
    await rows().filter({ hasText: 'Why is Auto missing?' }).waitFor();
    assert.equal(await rows().filter({ hasText: /^Auto/ }).count(), 0);
    await bench.screenshot('policy-auto-missing');
    await bench.page.keyboard.press('Escape');
  });

  test('a broken file leaves Normal only and is named', async () => {
    await clear();
    write('{"disableAutoMode":');
    await notice(/not valid JSON.*only Normal/).waitFor({ timeout: 20_000 });
    await modeIs('Normal');
    await bench.screenshot('policy-broken');
  });

  test('a file that others may write is named, and only its tightening holds', async () => {
    await clear();
    write('{"permissions":{"allow":["Bash"],"deny":["Bash(wget:*)"]}}');
    chmodSync(file, 0o664);
    await notice(/could be changed by others/).waitFor({ timeout: 20_000 });
    await modeIs('Normal');
    await bench.screenshot('policy-group-writable');
    await bench.command('Claude Code: Manage Rules');
    await rows().filter({ hasText: 'Bash(wget:*)' }).waitFor();
    assert.equal(
      await rows()
        .filter({ hasText: /^Bashpolicy/ })
        .count(),
      0,
    );
    await bench.screenshot('policy-rules');
    await bench.page.keyboard.press('Escape');
  });

  test('when it is removed, Auto is there again', async () => {
    await clear();
    rmSync(file);
    await modeIs('Auto');
    await bench.screenshot('policy-removed');
  });
});
