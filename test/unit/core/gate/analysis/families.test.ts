import { strict as assert } from 'node:assert';
import type { Analysis } from '../../../../../src/core/gate/analysis/analysis';
import { families } from '../../../../../src/core/gate/analysis/shell/families/index';
import { describeEffect } from '../../../../../src/core/gate/effect';
import { english } from '../../../../../src/core/say';
import { bash, bashWith, worldOf } from './analysisWorld';

/** A repository with a plain configuration and nothing else. */
const plain = worldOf({
  '/home/me/ws/.git/config': '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
  '/home/me/ws/README.md': 'read me',
  '/home/me/ws/src/a.ts': 'export {};',
});

/** What analysis says of an example: without an entry that matters, something of it is another. */
const saidOf = ({ answer, decisive, effects, swept }: Analysis): string =>
  JSON.stringify([answer, decisive.rule, effects.map(describeEffect), swept]);

suite('families of commands', () => {
  for (const family of families) {
    const [name = '?'] = family.programs;
    test(`${name}: every example that matches is allowed`, () => {
      for (const example of family.match) {
        const { answer, decisive } = bash(example, plain);
        assert.equal(answer, 'allow', `${example}: ${decisive.rule}: ${english(decisive.reason)}`);
      }
    });

    test(`${name}: no look-alike is allowed`, () => {
      assert.ok(family.notMatch.length > 0, 'a family without a look-alike proves nothing');
      for (const example of family.notMatch) assert.notEqual(bash(example, plain).answer, 'allow', example);
    });

    if (family.without)
      test(`${name}: every entry is needed by an example`, () => {
        const examples = [...family.match, ...family.notMatch];
        const before = examples.map((example) => saidOf(bash(example, plain)));
        const idle = (family.without?.() ?? [])
          .filter((less) =>
            examples.every((example, at) => saidOf(bashWith(example, family, less.family, plain)) === before[at]),
          )
          .map(({ entry }) => entry);
        assert.deepEqual(idle, []);
      });
  }

  test('no program belongs to two families', () => {
    const programs = families.flatMap((family) => family.programs);
    assert.deepEqual(
      programs.filter((program, index) => programs.indexOf(program) !== index),
      [],
    );
  });
});
