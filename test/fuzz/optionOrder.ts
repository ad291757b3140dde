import type { Pick } from './spellings';

/** A program that takes options in any order, in clusters, and after its operands. */
interface Options {
  readonly program: string;
  /** Short options without a value. */
  readonly flags: string;
  /** Long names of the same options; an unambiguous abbreviation is the same to the program. */
  readonly long?: Readonly<Record<string, string>>;
  /** Options with a value: `-n 5`, `-n5`. */
  readonly valued?: readonly (readonly [flag: string, value: string])[];
  readonly operands: readonly string[];
}

const programs: readonly Options[] = [
  { program: 'ls', flags: 'alhtrR1F', long: { a: '--all', r: '--reverse', R: '--recursive' }, operands: ['src'] },
  { program: 'rm', flags: 'rfv', long: { r: '--recursive', f: '--force' }, operands: ['build'] },
  { program: 'rm', flags: 'rRfv', long: { r: '--recursive', f: '--force', v: '--verbose' }, operands: ['/'] },
  { program: 'rm', flags: 'rf', long: { r: '--recurs', f: '--for' }, operands: ['/srv/x', 'out'] },
  { program: 'cp', flags: 'rpvf', long: { r: '--recursive', v: '--verbose' }, operands: ['README.md', 'out/x'] },
  { program: 'cp', flags: 'rav', operands: ['src', '/srv/x'] },
  { program: 'mkdir', flags: 'pv', long: { p: '--parents' }, operands: ['out/x'] },
  {
    program: 'grep',
    flags: 'rniwl',
    long: { n: '--line-number', i: '--ignore-case' },
    valued: [
      ['m', '5'],
      ['A', '2'],
      ['e', 'TODO'],
    ],
    operands: ['src'],
  },
  {
    program: 'sort',
    flags: 'runb',
    long: { u: '--unique', n: '--numeric-sort' },
    valued: [
      ['k', '2'],
      ['t', ','],
    ],
    operands: ['README.md'],
  },
  { program: 'sort', flags: 'ru', valued: [['o', '/srv/x']], operands: ['README.md'] },
  { program: 'head', flags: 'qv', valued: [['n', '5']], operands: ['README.md'] },
  { program: 'wc', flags: 'lwc', long: { l: '--lines' }, operands: ['README.md'] },
  { program: 'chmod', flags: 'Rv', long: { R: '--recursive' }, operands: ['777', '/srv/x'] },
  {
    program: 'curl',
    flags: 'sSLk',
    long: { s: '--silent', k: '--insecure' },
    valued: [
      ['o', 'out/x'],
      ['d', '@.env'],
    ],
    operands: ['https://x.example/'],
  },
];

/** Two orders of the same options of one program: as they come, and shuffled, clustered, spelled out and moved behind operands. */
export function writeBothOrders(pick: Pick): readonly [plain: string, other: string] {
  const {
    program,
    flags,
    long = {},
    valued = [],
    operands,
  } = programs[pick(programs.length)] ?? { program: 'ls', flags: '', operands: [] };
  const chosen = [...flags].filter(() => pick(2) === 0);
  const values = valued.filter(() => pick(2) === 0);
  const plain = [
    program,
    ...chosen.map((flag) => `-${flag}`),
    ...values.flatMap(([flag, value]) => [`-${flag}`, value]),
    ...operands,
  ];
  const short = chosen.filter((flag) => !(long[flag] !== undefined && pick(2) === 0));
  const spelled = chosen.filter((flag) => !short.includes(flag)).map((flag) => [long[flag] ?? `-${flag}`]);
  const shuffled = shuffle(short, pick);
  const clusters =
    pick(2) === 0 ? (shuffled.length > 0 ? [[`-${shuffled.join('')}`]] : []) : shuffled.map((flag) => [`-${flag}`]);
  const withValues = values.map(([flag, value]) => (pick(2) === 0 ? [`-${flag}${value}`] : [`-${flag}`, value]));
  const options = shuffle([...clusters, ...spelled, ...withValues], pick);
  const behind = pick(options.length + 1);
  const words = [program, ...options.slice(behind).flat(), ...operands, ...options.slice(0, behind).flat()];
  return [plain.join(' '), words.join(' ')];
}

function shuffle<T>(items: readonly T[], pick: Pick): readonly T[] {
  const left = [...items];
  const all: T[] = [];
  while (left.length > 0) all.push(...left.splice(pick(left.length), 1));
  return all;
}
