import assert from 'node:assert/strict';
import { isAboutCode } from '../../../../../src/core/gate/boundary/aboutCode';

suite('boundaries: words about code', () => {
  for (const words of [
    'don’t use lodash',
    "Don't hardcode the URL",
    'Do not add comments',
    'do not add any new tests',
    'without changing its public API',
    "don't rename things",
    'never use any in typescript',
    "Don't break the API",
    'please do not change the behaviour of the cart',
    'avoid introducing new abstractions',
    "and please don't over-engineer it",
    'do not rewrite it from scratch',
  ])
    test(`is about code: ${words}`, () => assert.ok(isAboutCode(words)));

  for (const words of [
    'don’t push',
    'do not change package.json',
    "don't touch the database",
    'without running the e2e suite',
    "don't do anything that would upset the release manager",
    'never delete anything',
    'do not talk to production',
    'do not change the settings of the server',
    'avoid long-running commands',
    'no deployments',
  ])
    test(`is about what the agent does: ${words}`, () => assert.ok(!isAboutCode(words)));
});
