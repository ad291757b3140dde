import assert from 'node:assert/strict';
import { type ModeCircumstances, modeInForce } from '../../../../src/core/gate/modeInForce';
import { createGateStateSource } from '../../../../src/core/gate/state';
import { english } from '../../../../src/core/say';
import { gateWorld } from '../../../fakes/gateWorld';

const free: ModeCircumstances = {
  wanted: 'auto',
  policy: { autoDisabled: false, skipDisabled: false, file: undefined },
  model: 'claude-sonnet-4-6',
  modelSupportsAuto: true,
  skipConfirmed: false,
};

suite('mode in force', () => {
  const rows: readonly [string, Partial<ModeCircumstances>, mode: string, by: string | undefined][] = [
    ['the wanted mode runs when nothing is against it', {}, 'auto', undefined],
    ['policy switches Auto off', { policy: { ...free.policy, autoDisabled: true } }, 'normal', 'policy'],
    ['an older model has no Auto', { modelSupportsAuto: false }, 'normal', 'model'],
    [
      'policy speaks before the model',
      { modelSupportsAuto: false, policy: { ...free.policy, autoDisabled: true } },
      'normal',
      'policy',
    ],
    ['Skip needs a confirmation in the window', { wanted: 'skip' }, 'normal', 'confirmation'],
    ['a confirmed Skip runs', { wanted: 'skip', skipConfirmed: true }, 'skip', undefined],
    [
      'policy switches Skip off, confirmed or not',
      { wanted: 'skip', skipConfirmed: true, policy: { ...free.policy, skipDisabled: true } },
      'normal',
      'policy',
    ],
    ['a setting that is no mode runs as Normal', { wanted: undefined }, 'normal', 'setting'],
    ['Normal is always available', { wanted: 'normal', modelSupportsAuto: false }, 'normal', undefined],
  ];
  for (const [name, change, mode, by] of rows) {
    test(name, () => {
      const result = modeInForce({ ...free, ...change });
      assert.equal(result.mode, mode);
      assert.equal(result.instead?.by, by);
    });
  }

  test('the reason names the administrator’s file', () => {
    const { instead } = modeInForce({
      ...free,
      policy: { autoDisabled: true, skipDisabled: false, file: '/etc/x.json' },
    });
    assert.match(english(instead?.why ?? { template: '', args: [] }), /\/etc\/x\.json/);
  });
});

suite('gate state source', () => {
  test('a change raises the version and is told; a change to the same does neither', () => {
    const { version: _version, ...initial } = gateWorld().world.state;
    const source = createGateStateSource(initial);
    let told = 0;
    const listening = source.onChange(() => {
      told += 1;
    });
    source.update({ mode: initial.mode });
    assert.equal(source.state().version, 1);
    source.update({ mode: 'skip' });
    assert.equal(source.state().version, 2);
    listening.dispose();
    source.update({ mode: 'auto' });
    assert.equal(told, 1);
  });
});
