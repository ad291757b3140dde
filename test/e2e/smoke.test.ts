import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from './support/workbench';

suite('the workbench', function () {
  this.timeout(90_000);
  let workbench: Workbench | undefined;
  teardown(async () => workbench?.close());

  test('opens with the extension, in Normal, without complaint', async () => {
    workbench = await openWorkbench();
    const { folder, mode, page } = workbench;
    assert.match((await mode.textContent()) ?? '', /^\s*Normal\s*$/);
    await page.locator('.explorer-folders-view').getByText('package.json').waitFor();
    const notifications = await page.locator('.notification-toast').allInnerTexts();
    await workbench.screenshot('smoke');
    assert.deepEqual(notifications, [], folder);
  });
});
