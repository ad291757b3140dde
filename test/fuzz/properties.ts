import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { SimpleCommand } from '../../src/core/gate/analysis/analysis';
import { CommandArbitrary, edits, grown, mutate, noise } from './arbitraries';
import { acceptsSyntax, hasBash } from './bashSyntax';
import { carriers } from './carriers';
import { describeLevel, isLooser, type Level, levelOf, perhaps, veiled } from './level';
import { writeBothOrders } from './optionOrder';
import { readScript } from './script';
import { shapes } from './shapes';
import { createPick, spellings } from './spellings';
import { anyCall } from './toolInputs';
import { judge, judgeShell } from './world';

/** Something that holds for every input, with the share of all cases that it is given. */
export interface Property {
  readonly name: string;
  readonly share: number;
  run(how: { readonly seed: number; readonly numRuns: number; readonly interruptAfterTimeLimit?: number }): Details;
}

/** What came of a run. */
export type Details = Pick<
  fc.RunDetails<unknown>,
  'failed' | 'numRuns' | 'numShrinks' | 'counterexample' | 'errorInstance'
>;

const property = <T>(name: string, share: number, checked: fc.IProperty<T>): Property => ({
  name,
  share,
  run: (how) => fc.check(checked, { ...how, markInterruptAsFailure: false }),
});

/** What was tried, beyond the number of cases. */
export interface Tally {
  /** Cases in which the property said something: its conditions were met. */
  held: number;
  /** Another spelling of what is allowed that is not allowed: no danger, but a cost. */
  stricter: number;
  /** Scripts of which Bash was asked whether they are any. */
  asked: number;
}

/**
 * @param examples commands to start from.
 * @param askBash how often Bash may be asked.
 */
export function createProperties(examples: readonly string[], tally: Tally, askBash: number): readonly Property[] {
  const command = new CommandArbitrary(examples);
  const shape = fc.constantFrom(...shapes);
  const holds = (text: string, floor: Level, against: string): Level => {
    tally.held += 1;
    const analysis = judgeShell(text);
    const got = levelOf(analysis);
    if (isLooser(got, floor))
      throw new Error(
        `${describeLevel(got)} by ${analysis.decisive.rule}, but ${describeLevel(floor)} for ${against}\n${text}`,
      );
    return got;
  };
  const spell = (text: string, floor: Level, against: string): void => {
    if (holds(text, floor, against).answer > floor.answer) tally.stricter += 1;
  };

  const added = fc.property(shape, command, command, ({ write, first, second, shared, fed }, one, other) => {
    const [before, after] = [readScript(one), readScript(other)];
    if (!before.whole || !after.whole) return;
    const text = write(one, other);
    const alone = judgeShell(one);
    const floor = levelOf(alone);
    holds(text, first === 'runs' ? floor : perhaps(floor), one);
    // What the first leaves in the shell or in files may well give the second another meaning, and so may its output.
    // A server that the first starts is one that the second may talk to.
    const serves = alone.effects.some(({ kind }) => kind === 'listen');
    if ((shared && before.lingers) || alone.changes.size > 0 || serves || fed) return;
    const second0 = levelOf(judgeShell(other));
    holds(text, second === 'runs' ? second0 : perhaps(second0), other);
  });

  const hidden = fc.property(shape, command, command, ({ write }, one, other) => {
    if (!readScript(one).whole || !readScript(other).whole) return;
    // In a function these are its own arguments, so that it becomes another command.
    if (/\$\{?[@*#\d]/.test(one)) return;
    const [alone, together] = [judgeShell(one), judgeShell(write(one, other))];
    tally.held += 1;
    assert.ok(!together.looksOnly || alone.looksOnly, `only looks, but ${one} does not`);
    assert.ok(together.opaque || !alone.opaque, `not opaque, but ${one} is`);
    if (together.opaque) return;
    const seen = new Set(together.commands.map(wordsOf));
    for (const found of alone.commands) assert.ok(seen.has(wordsOf(found)), `hides ${wordsOf(found)}`);
  });

  const known = fc.property(grown, ({ text, floor }) => {
    holds(text, floor, 'the strictest command in it');
  });

  const spelled = fc.property(fc.constantFrom(...spellings), command, fc.nat(), ({ rewrite, veils }, one, seed) => {
    const script = readScript(one);
    if (!script.whole) return;
    const other = rewrite(script, createPick(seed));
    const floor = levelOf(judgeShell(one));
    if (other !== undefined) spell(other, veils ? veiled(floor) : floor, one);
  });

  const carried = fc.property(fc.constantFrom(...carriers), command, (carrier, one) => {
    const script = readScript(one);
    if (!script.whole) return;
    const other = carrier.write(script);
    const floor = levelOf(judgeShell(one));
    if (other === undefined) return;
    spell(other, carrier.veil !== undefined ? veiled(floor) : carrier.perhaps ? perhaps(floor) : floor, one);
  });

  const ordered = fc.property(fc.nat(), (seed) => {
    const [plain, other] = writeBothOrders(createPick(seed));
    holds(other, levelOf(judgeShell(plain)), plain);
    holds(plain, levelOf(judgeShell(other)), other);
  });

  let failing = false;
  const checkSyntax = (text: string): void => {
    const { answer } = judgeShell(text);
    tally.held += 1;
    if (answer !== 'allow' || !hasBash || (tally.asked >= askBash && !failing)) return;
    tally.asked += 1;
    if (acceptsSyntax(text)) return;
    failing = true;
    throw new Error(`allowed, but it is no script to Bash:\n${text}`);
  };

  const broken = fc.property(command, edits, (one, changes) => checkSyntax(mutate(one, changes)));
  const random = fc.property(noise, checkSyntax);

  const open = fc.property(fc.constantFrom(...openings), command, ([before, after], one) => {
    const text = before + one + after;
    if (!readScript(one).whole || !readScript(text).text) return;
    tally.held += 1;
    const { answer } = judgeShell(text);
    if (answer === 'allow' && hasBash && !acceptsSyntax(text))
      throw new Error(`allowed, but nothing closes it:\n${text}`);
  });

  const anything = fc.property(anyCall, ([tool, input]) => {
    tally.held += 1;
    judge(tool, input);
  });

  return [
    property('a command that is added never makes the answer looser', 25, added),
    property('a command that is added hides no other', 8, hidden),
    property('a script is as strict as the strictest command in it', 15, known),
    property('another spelling is never looser', 20, spelled),
    property('run through another program it is never looser', 12, carried),
    property('the order of options does not matter', 5, ordered),
    property('what is left open is never allowed', 3, open),
    property('what Bash does not take is never allowed', 6, broken),
    property('noise is never taken for a script', 3, random),
    property('no call of any tool throws', 3, anything),
  ];
}

/** Names of temporary files are made up anew each time. */
const wordsOf = ({ words }: SimpleCommand): string => JSON.stringify(words).replaceAll(/\btmp\.\d+/g, 'tmp');

/** What may be begun and not ended, around a command. */
const openings: readonly (readonly [string, string])[] = [
  ['', " '"],
  ['', ' "'],
  ['', ' `'],
  ['', ' $('],
  ['', ' ${'],
  ['', ' $(('],
  ['', ' <('],
  ["'", ''],
  ['"', ''],
  ['`', ''],
  ['$(', ''],
  ['( ', ''],
  ['{ ', '\n'],
  ['if ', '\n'],
  ['while ', '\n do :'],
  ['for x in a; do ', '\n'],
  ['case x in x) ', '\n'],
  ['f() { ', '\n'],
  ['[[ ', ''],
  ['(( ', ''],
  ['', ' &&'],
  ['', ' ||'],
  ['', ' |'],
  ['', ' )'],
  ['', '; }'],
  ['', '; done'],
  ['', '; fi'],
  ['', ' ;;'],
  ['', ' >'],
  ['', ' <'],
  ['', ' < < x'],
  ['', ' & & :'],
  ['', ' ; ; :'],
  ['; ', ''],
  ['| ', ''],
  ['&& ', ''],
];
