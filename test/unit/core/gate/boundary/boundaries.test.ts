import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { BoundaryPatterns, FoundBoundary } from '../../../../../src/core/gate/boundary/boundary';
import { findBoundaries } from '../../../../../src/core/gate/boundary/findBoundaries';
import { parseRule } from '../../../../../src/core/gate/ruleSyntax';

/** A message, what lies in the workspace of what it names, and the boundaries in it. */
interface Row {
  readonly text: string;
  readonly exists?: Readonly<Record<string, 'file' | 'folder'>>;
  /** Patterns without what is empty; null: what it covers cannot be told exactly. */
  readonly found: readonly { readonly words: string; readonly patterns: Partial<BoundaryPatterns> | null }[];
}

const rows = readFileSync('test/cases/boundaries.jsonl', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Row);

const find = (text: string, exists: Row['exists'] = {}): readonly FoundBoundary[] =>
  findBoundaries(text, (path) => (Object.hasOwn(exists, path) ? exists[path] : undefined));

suite('boundaries in what the user writes', () => {
  for (const { text, exists, found } of rows)
    test(`${found.length === 0 ? 'nothing' : found.map(({ words }) => words).join(' · ')} in ${JSON.stringify(text)}`, () => {
      const wanted = found.map(({ words, patterns }) => ({
        words,
        patterns: patterns === null ? undefined : { rules: [], kinds: [], only: undefined, ...patterns },
      }));
      assert.deepEqual(find(text, exists), wanted);
    });

  test('the table has enough of both sorts', () => {
    const some = rows.filter(({ found }) => found.length > 0).length;
    assert.ok(some >= 140 && rows.length - some >= 140, `${some} of ${rows.length}`);
  });

  test('every rule that is made can be read, and covers less than a whole tool unless it says so', () => {
    for (const { text, exists } of rows)
      for (const { patterns } of find(text, exists))
        for (const rule of patterns?.rules ?? []) {
          const parsed = parseRule(rule, 'ask', 'session');
          assert.ok(parsed.ok, rule);
          if (/[(]/.test(rule)) assert.notEqual(parsed.rule.specifier.type, 'any', rule);
        }
  });

  test('words are kept as written, shortened to 300 characters', () => {
    const [found] = find(`Please do not, under any circumstances, touch ${'very '.repeat(100)}old code`);
    assert.ok(found && found.words.length <= 300 && found.words.startsWith('Please do not'));
  });

  test('what is said twice is one boundary', () => {
    assert.equal(find("Don't push.\nFix it.\ndon't push!").length, 1);
  });

  test('a question about the workspace that fails names no place', () => {
    const found = findBoundaries("don't touch docs", () => {
      throw new Error('no such drive');
    });
    assert.deepEqual(found, [{ words: "don't touch docs", patterns: undefined }]);
  });
});

const long = 100_000;
/** What could make reading a message slow: much of one thing. */
const pieces: readonly string[] = [
  ...[
    "don't push ",
    "don't touch a/b, ",
    'a/b, ',
    'a/b or ',
    'pushing, ',
    'commit, push, ',
    'no commits, ',
    'please ',
    'you ',
  ],
  ...['"', '`', "'", '\u201c', '[', '*', '/', '.', '\\', '\u{1f600}', '(', 'a'.repeat(900), '- ', '\n', '> ', '```\n'],
  ...[
    'leave a/b ',
    'keep x, y, ',
    'ask me before ',
    'if you push ',
    'only change a/b ',
    'without touching a/b ',
    'do not:\n- a\n',
  ],
  ...[
    'nothing in a/b, ',
    'any files in ',
    'nicht src/a ',
    'ohne a/b, ',
    'ne touche a/b, ',
    'no hagas ',
    'https://a.b/ ',
    "don't ",
  ],
];

suite('boundaries: any text', () => {
  for (const piece of pieces)
    test(`100,000 characters of ${JSON.stringify(piece.slice(0, 20))} take linear time`, () => {
      const text = `Fix it, don't ${piece.repeat(Math.ceil(long / piece.length))}`.slice(0, long);
      const started = performance.now();
      find(text);
      // A quadratic reader needs minutes; a busy machine must not fail the test.
      assert.ok(performance.now() - started < 6_000);
    });

  test('whatever is written, it is read without an exception and with words in it', () => {
    const parts = [
      ...rows.flatMap(({ text }) => text.split(/(?<=\s)/)),
      ...pieces.map((piece) => piece.slice(0, 40)),
      '\0',
      '\ud800',
    ];
    let seed = 42;
    const next = (limit: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % limit;
    };
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from({ length: 1 + next(30) }, () => parts[next(parts.length)] ?? '').join('');
      for (const { words } of find(text, { docs: 'folder' }))
        assert.ok(words.trim() === words && words.length > 0, text);
    }
  });
});
