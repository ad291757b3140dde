import assert from 'node:assert/strict';
import { createModeControl, type ModeSources } from '../../../../src/core/gate/modeControl';
import type { Mode } from '../../../../src/core/gate/modes';

/** A window with its settings and a person who answers the question about Skip. */
function window(
  changes: {
    wanted?: Mode | undefined;
    autoDisabled?: boolean;
    skipDisabled?: boolean;
    supportsAuto?: boolean;
    confirms?: boolean | 'throws';
  } = {},
) {
  const world = {
    wanted: 'normal' as Mode | undefined,
    autoDisabled: false,
    skipDisabled: false,
    supportsAuto: true,
    confirms: false as boolean | 'throws',
    ...changes,
  };
  const writes: Mode[] = [];
  let asked = 0;
  const sources: ModeSources = {
    wanted: () => world.wanted,
    model: () => ({ name: 'claude-haiku-4-5', supportsAuto: world.supportsAuto }),
    policy: () => ({ autoDisabled: world.autoDisabled, skipDisabled: world.skipDisabled, file: '/etc/policy.json' }),
    async write(mode) {
      writes.push(mode);
      world.wanted = mode;
    },
    async confirmSkip() {
      asked += 1;
      if (world.confirms === 'throws') throw new Error('dialogs are refused');
      return world.confirms;
    },
  };
  const control = createModeControl(sources);
  return { world, writes, control, asked: () => asked };
}

suite('mode control', () => {
  test('Skip in the settings runs as Normal until a person confirms it in this window', async () => {
    const { control, world } = window({ wanted: 'skip' });
    assert.equal(control.inForce().mode, 'normal');
    assert.equal(control.inForce().instead?.by, 'confirmation');
    await control.confirmWanted();
    assert.equal(control.inForce().mode, 'normal', 'the person said no');
    world.confirms = true;
    await control.confirmWanted();
    assert.equal(control.inForce().mode, 'skip');
  });

  test('a dialog that cannot be shown does not confirm Skip', async () => {
    const { control, writes } = window({ confirms: 'throws' });
    await control.choose('skip');
    assert.equal(control.inForce().mode, 'normal');
    assert.deepEqual(writes, []);
  });

  test('picking Skip asks first and writes the setting after a yes', async () => {
    const { asked, control, writes } = window({ confirms: true });
    await control.choose('skip');
    assert.deepEqual(writes, ['skip']);
    assert.equal(control.inForce().mode, 'skip');
    await control.choose('normal');
    await control.choose('skip');
    assert.equal(asked(), 1, 'once in a window');
  });

  test('cycling goes Normal, Auto, Normal and never asks about Skip', async () => {
    const { asked, control, writes } = window({ confirms: true });
    await control.cycle();
    await control.cycle();
    assert.deepEqual(writes, ['auto', 'normal']);
    assert.equal(asked(), 0);
  });

  test('cycling takes Skip in once it has been confirmed', async () => {
    const { control, writes } = window({ confirms: true });
    await control.choose('skip');
    await control.choose('auto');
    await control.cycle();
    assert.deepEqual(writes, ['skip', 'auto', 'skip']);
  });

  test('a mode that policy has switched off is not written', async () => {
    const { control, writes } = window({ autoDisabled: true });
    await control.choose('auto');
    assert.deepEqual(writes, []);
    assert.equal(control.inForce().mode, 'normal');
  });

  test('policy that comes while Auto is on ends Auto and tells the listeners', () => {
    const { control, world } = window({ wanted: 'auto' });
    let told = 0;
    control.onChange(() => {
      told += 1;
    });
    assert.equal(control.inForce().mode, 'auto');
    world.autoDisabled = true;
    control.refresh();
    control.refresh();
    assert.equal(control.inForce().mode, 'normal');
    assert.equal(control.inForce().instead?.by, 'policy');
    assert.equal(told, 1, 'once for one change');
  });

  test('policy that comes while the person is confirming Skip wins', async () => {
    const opened = window({ confirms: true });
    const { control, world, writes } = opened;
    const choosing = control.choose('skip');
    world.skipDisabled = true;
    await choosing;
    assert.equal(control.inForce().mode, 'normal');
    assert.deepEqual(writes, []);
  });

  test('with an older model Auto runs as Normal and says so', () => {
    const { control } = window({ wanted: 'auto', supportsAuto: false });
    assert.equal(control.inForce().mode, 'normal');
    assert.equal(control.inForce().instead?.by, 'model');
  });
});
