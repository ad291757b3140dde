import type { PlainWord, Script } from './script';
import { folder, judgeShell } from './world';

/** Numbers from 0 to `below`, made from one seed: the choices of a rewriting. */
export type Pick = (below: number) => number;

export function createPick(seed: number): Pick {
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** Another spelling of a script, equal to the shell. */
export interface Spelling {
  readonly name: string;
  /** The word is made by an expansion that may stay unknown: then the script may be unsure where it would be blocked. */
  readonly veils?: true;
  /** Undefined where it does not apply. */
  rewrite(script: Script, pick: Pick): string | undefined;
}

type Write = (word: string, pick: Pick) => string;

/** Rewrites some of the plain words, at least one. */
const wordwise = (name: string, write: Write, fits: (word: PlainWord) => boolean = () => true): Spelling => ({
  name,
  rewrite: ({ text, words }, pick) => {
    const all = words.filter(fits);
    if (all.length === 0) return undefined;
    const sure = pick(all.length);
    const chosen = all.filter((_, at) => at === sure || pick(2) === 0);
    return replaceAll(
      text,
      chosen.map((word) => ({ ...word, text: write(word.text, pick) })),
    );
  },
});

function replaceAll(text: string, words: readonly { start: number; end: number; text: string }[]): string {
  return [...words]
    .sort((one, other) => other.start - one.start)
    .reduce((all, { start, end, text: by }) => all.slice(0, start) + by + all.slice(end), text);
}

const cut = (word: string, pick: Pick): readonly [string, string] => {
  const at = pick(word.length);
  return [word.slice(0, at), word.slice(at)];
};

const hex = (text: string): string =>
  [...text].map((letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
const octal = (text: string): string =>
  [...text].map((letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');

const inWord = (name: string, join: (head: string, tail: string) => string): Spelling =>
  wordwise(name, (word, pick) => join(...cut(word, pick)));

/** Where blanks may be put: in front of a word that is not the first of its line. */
const isLater = ({ isName }: PlainWord): boolean => !isName;

const quoting: readonly Spelling[] = [
  wordwise('double quotes', (word) => `"${word}"`),
  wordwise('single quotes', (word) => `'${word}'`),
  inWord('empty quotes inside', (head, tail) => `${head}''${tail}`),
  inWord('empty double quotes inside', (head, tail) => `${head}""${tail}`),
  inWord('quotes around a half', (head, tail) => `${head}"${tail}"`),
  inWord('a backslash', (head, tail) => `${head}\\${tail}`),
  wordwise('backslashes', (word) => word.replaceAll(/./g, '\\$&')),
  wordwise('hexadecimal', (word) => `$'${hex(word)}'`),
  wordwise('octal', (word) => `$'${octal(word)}'`),
  inWord('hexadecimal half', (head, tail) => `${head}$'${hex(tail)}'`),
  wordwise('translated string', (word) => `$"${word}"`),
];

const blanks: readonly Spelling[] = [
  wordwise('more blanks', (word, pick) => `${[' ', '\t', '  ', ' \t '][pick(4)]}${word}`, isLater),
  wordwise('continued line', (word) => `\\\n  ${word}`, isLater),
  inWord('continued line in a word', (head, tail) => `${head}\\\n${tail}`),
  { name: 'comment before', rewrite: ({ text }) => `# it's "nothing\n${text}` },
  { name: 'comment after', rewrite: ({ text }) => `${text}\n# it's "nothing` },
  { name: 'blank lines', rewrite: ({ text }) => `\n\n  ${text}\n\n` },
  { name: 'end of line', rewrite: ({ text }) => `${text}\n` },
  { name: 'braces', rewrite: ({ text }) => `{ ${text}\n}` },
  { name: 'more braces', rewrite: ({ text }) => `{\n{ ${text}\n}; }` },
  { name: 'subshell', rewrite: ({ text }) => `(${text}\n)` },
];

const expanding: readonly Spelling[] = [
  {
    name: 'a variable',
    rewrite: ({ text, words }, pick) => {
      const word = words[pick(Math.max(1, words.length))];
      return word && `zqv=${word.text}\n${replaceAll(text, [{ ...word, text: `"$zqv"` }])}`;
    },
  },
  {
    name: 'a variable for a part',
    rewrite: ({ text, words }, pick) => {
      const word = words[pick(Math.max(1, words.length))];
      if (!word) return undefined;
      const [head, tail] = cut(word.text, pick);
      return `zqv='${tail}'\n${replaceAll(text, [{ ...word, text: `${head}"\${zqv}"` }])}`;
    },
  },
  {
    name: 'a variable for all words',
    rewrite: ({ text, words }) => {
      if (words.length === 0) return undefined;
      const set = words.map((word, at) => `zqv${at}=${word.text}`).join(' ');
      return `${set}\n${replaceAll(
        text,
        words.map((word, at) => ({ ...word, text: `"$zqv${at}"` })),
      )}`;
    },
  },
  {
    name: 'a default',
    veils: true,
    rewrite: ({ text, words }, pick) => {
      const word = words[pick(Math.max(1, words.length))];
      return word && `zqv=\n${replaceAll(text, [{ ...word, text: `"\${zqv:-${word.text}}"` }])}`;
    },
  },
  {
    ...wordwise(
      'a substitution',
      (word) => `"$(echo ${word})"`,
      ({ text }) => !text.startsWith('-'),
    ),
    veils: true,
  },
  { ...wordwise('a printed word', (word) => `"$(printf %s '${word}')"`), veils: true },
];

/** A word that is known to be a path, because an effect on that path comes from it. */
function pathWords({ text, words }: Script): readonly PlainWord[] {
  const { effects, findings } = judgeShell(text);
  // What its program may take for something else, such as a name elsewhere, is no path for sure.
  const doubted = findings
    .filter(({ answer, rule }) => answer === 'unsure' && !/^(?:paths|secrets|critical|edits|loss)\b/.test(rule))
    .flatMap(({ evidence }) => evidence);
  return words.filter(
    ({ text: word, start, end, isName }) =>
      !isName &&
      !doubted.some((span) => span.start === start && span.end === end) &&
      effects.some(
        ({ target, span }) =>
          target.type === 'path' &&
          span?.start === start &&
          span.end === end &&
          target.path === (word.startsWith('/') ? word : `${folder}/${word}`),
      ),
  );
}

const pathwise = (name: string, write: (path: string) => string | undefined): Spelling => ({
  name,
  rewrite: (script, pick) => {
    // A search prints the paths as they were given and compares them in that form, so there another spelling is another command.
    if (script.lingers || /\bfind\b/.test(script.text)) return undefined;
    const all = pathWords(script);
    const word = all[pick(Math.max(1, all.length))];
    const by = word && write(word.text);
    return by === undefined || word === undefined ? undefined : replaceAll(script.text, [{ ...word, text: by }]);
  },
});

const relative = (write: (path: string) => string) => (path: string) =>
  path.startsWith('/') ? undefined : write(path);

const paths: readonly Spelling[] = [
  pathwise(
    './',
    relative((path) => `./${path}`),
  ),
  pathwise(
    '././',
    relative((path) => `.//./${path}`),
  ),
  pathwise(
    'absolute',
    relative((path) => `${folder}/${path}`),
  ),
  pathwise(
    'from the home folder',
    relative((path) => `~/ws/${path}`),
  ),
  pathwise(
    '$PWD',
    relative((path) => `"$PWD"/${path}`),
  ),
  pathwise(
    'up and down',
    relative((path) => `../ws/${path}`),
  ),
  pathwise(
    'down and up',
    relative((path) => `src/../${path}`),
  ),
  pathwise('from the root', (path) => (path.startsWith('/') ? `/.//..${path}` : `/../..${folder}/${path}`)),
  pathwise('doubled slashes', (path) => (path.includes('/') ? path.replaceAll('/', '//') : undefined)),
  pathwise('dots inside', (path) => (path.includes('/') ? path.replaceAll('/', '/./') : undefined)),
];

export const spellings: readonly Spelling[] = [...quoting, ...blanks, ...expanding, ...paths];
