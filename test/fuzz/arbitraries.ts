import * as fc from 'fast-check';
import { type Leaf, leaves } from './leaves';
import { atLeast, type Level, perhaps } from './level';
import { shapes } from './shapes';

/** A command of a list. Counter-examples shrink by leaving out what is not needed of the text. */
export class CommandArbitrary extends fc.Arbitrary<string> {
  readonly #commands: readonly string[];

  constructor(commands: readonly string[]) {
    super();
    this.#commands = commands;
  }

  override generate(random: fc.Random): fc.Value<string> {
    return new fc.Value(this.#commands[random.nextInt(0, this.#commands.length - 1)] ?? ':', undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is string {
    return typeof value === 'string';
  }

  override shrink(value: string): fc.Stream<fc.Value<string>> {
    return fc.stream(shorter(value)).map((text) => new fc.Value(text, undefined));
  }
}

/** The text with less of it: by pieces of half its words, a quarter …, then by letters. */
export function* shorter(text: string): IterableIterator<string> {
  const words = text.match(/\s+|[\w.-]+|[^\s\w]/g) ?? [];
  for (let size = Math.ceil(words.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < words.length; at += size)
      if (words.length > size) yield [...words.slice(0, at), ...words.slice(at + size)].join('');
  if (text.length <= 60)
    for (let at = 0; at < text.length; at += 1) if (text.length > 1) yield text.slice(0, at) + text.slice(at + 1);
}

/** A script whose answer must be at least that of the strictest command in it. */
export interface Grown {
  readonly text: string;
  readonly floor: Level;
}

/** Scripts put together of commands with known answers, in every way that the shell has. */
export const grown: fc.Arbitrary<Grown> = fc.letrec<{ script: Grown; leaf: Grown; shaped: Grown }>((tie) => ({
  script: fc.oneof({ depthSize: 'small', maxDepth: 4, withCrossShrink: true }, tie('leaf'), tie('shaped')),
  leaf: fc.constantFrom(...leaves).map(({ text, level }: Leaf): Grown => ({ text, floor: level })),
  shaped: fc
    .tuple(fc.constantFrom(...shapes), tie('script'), tie('script'))
    .map(([{ write, first, second, used, fed }, one, other]): Grown => {
      const before = used ? unseen(one.floor) : one.floor;
      const after = fed ? unseen(other.floor) : other.floor;
      return {
        text: write(one.text, other.text),
        floor: atLeast(first === 'runs' ? before : perhaps(before), second === 'runs' ? after : perhaps(after)),
      };
    }),
})).script;

const unseen = (level: Level): Level => level;

/** What mutation puts in: what the shell treats specially, and what hides or breaks. */
const nasty = [
  ...'\'"`$(){}[]<>|&;#!~*?\\=%^+-@:, \t\n\r\0',
  ...[
    '$(',
    '${',
    '$((',
    '<(',
    '<<',
    '<<<',
    '>|',
    '&>',
    '||',
    '&&',
    ';;',
    "$'",
    '((',
    '[[',
    ']]',
    '\\\n',
    '<<-E\n',
    '{a,b}',
  ],
  ...[
    'do',
    'done',
    'then',
    'fi',
    'esac',
    'case x in',
    'if',
    'while',
    'for',
    'function',
    'time',
    'coproc',
    '!',
    'in',
    'select',
  ],
  ...['\u00a0', '\u200b', '\u202e', '\ufeff', '\ud800', '\u{1f600}', '\x1b', '\x7f', '\v', '\f', '\u2028', 'é'],
];

/** One change to a text; places are shares of its length, so that they fit any. */
type Edit = readonly [kind: 'put' | 'cut' | 'double' | 'end', at: number, length: number, what: string];

const edit: fc.Arbitrary<Edit> = fc.tuple(
  fc.constantFrom('put' as const, 'put' as const, 'cut' as const, 'double' as const, 'end' as const),
  fc.nat(9_999),
  fc.integer({ min: 1, max: 12 }),
  fc.constantFrom(...nasty),
);

export const edits = fc.array(edit, { minLength: 1, maxLength: 5 });

export function mutate(text: string, changes: readonly Edit[]): string {
  return changes.reduce((now, [kind, share, length, what]): string => {
    const at = Math.floor((share / 10_000) * (now.length + 1));
    switch (kind) {
      case 'put':
        return now.slice(0, at) + what + now.slice(at);
      case 'cut':
        return now.slice(0, at) + now.slice(at + length);
      case 'double':
        return now.slice(0, at) + now.slice(at, at + length) + now.slice(at);
      default:
        return now.slice(0, at);
    }
  }, text);
}

/** Text made of nothing but what is special. */
export const noise = fc
  .array(fc.constantFrom(...nasty, 'ls', 'a', 'x', ' '), { maxLength: 40 })
  .map((all) => all.join(''));
