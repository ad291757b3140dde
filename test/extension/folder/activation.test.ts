import assert from 'node:assert/strict';
import { commands, extensions } from 'vscode';
import { activated } from '../agentWorld';
import { tell } from '../tell';

suite('activation', () => {
  test('takes under 50 ms in the real host', async () => {
    const { activationMs } = await activated();
    tell({ event: 'note', text: `activate() took ${activationMs.toFixed(1)} ms` });
    assert.ok(activationMs > 0 && activationMs < 50, `${activationMs} ms`);
  });

  test('declares what it needs and registers its commands', async () => {
    const extension = extensions.getExtension('gatehouse.gatehouse');
    assert.equal(extension?.packageJSON.activationEvents.join(), 'onStartupFinished');
    const known = await commands.getCommands(true);
    for (const { command } of extension?.packageJSON.contributes.commands ?? [])
      assert.ok(known.includes(command), command);
  });
});
