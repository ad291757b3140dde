import assert from 'node:assert/strict';
import { modelSupportsAuto } from '../../../../../src/core/gate/classifier/models';

suite('models for Auto', () => {
  const rows: readonly [string, boolean][] = [
    ['claude-sonnet-4-6', true],
    ['claude-opus-4-6', true],
    ['claude-opus-4-7', true],
    ['claude-sonnet-5', true],
    ['claude-opus-5-1', true],
    ['claude-sonnet-4-10', true],
    ['claude-sonnet-4-6-20260203', true],
    ['claude-opus-4-6-latest', true],
    ['claude-opus-4-6[1m]', true],
    ['claude-sonnet-5-20270101', true],
    ['claude-sonnet-10', true],
    ['claude-sonnet-4-5', false],
    ['claude-sonnet-4', false],
    ['claude-opus-3', false],
    ['claude-sonnet-4-latest', false],
    ['claude-sonnet-4-5[1m]', false],
    ['claude-opus-4-20250514-latest', false],
    ['claude-opus-4-6-2026', false],
    ['claude-opus-4-6 ', false],
    ['claude-opus-4-6\nclaude-haiku-3', false],
    ['claude-sonnet-4-5-20250929', false],
    ['claude-opus-4-20250514', false],
    ['claude-opus-4', false],
    ['claude-sonnet-3-7', false],
    ['claude-3-7-sonnet-20250219', false],
    ['claude-haiku-4-6', false],
    ['claude-haiku-5', false],
    ['gpt-9', false],
    ['', false],
    ['my-claude-sonnet-4-6', false],
    ['claude-sonnet-4-6-evil', false],
    ['Claude-Sonnet-4-6', false],
  ];
  for (const [name, expected] of rows)
    test(`${JSON.stringify(name)}: ${expected ? 'yes' : 'no'}`, () => assert.equal(modelSupportsAuto(name), expected));
  test('further names count only when they are listed whole', () => {
    assert.ok(modelSupportsAuto('gateway/sonnet', ['gateway/sonnet']));
    assert.ok(!modelSupportsAuto('gateway/sonnet-2', ['gateway/sonnet']));
  });
});
