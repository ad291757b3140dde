import type { BoundaryPatterns, Exists } from './boundary';
import { nameIn, type Token } from './tokens';

/** A file, a folder or a pattern of files that the user names. */
export interface Spot {
  /** Relative to the workspace, `~/…`, or absolute; without a slash at the end. */
  readonly path: string;
  readonly type: 'file' | 'folder' | 'pattern' | 'unknown';
  /** It is really there under this path. */
  readonly there: boolean;
  /** A word that could mean something else: `tests`. */
  readonly common?: boolean;
}

/** Files and folders that are known by name although their names look like words. */
const wellKnown =
  /^(?:makefile|dockerfile|jenkinsfile|procfile|gemfile|vagrantfile|rakefile|justfile|node_modules|__pycache__|__snapshots__|__tests__|__fixtures__|__mocks__|license|licence|codeowners)$/i;
/** Spellings under which documents lie that people call by one word. */
const documents: Readonly<Record<string, readonly string[]>> = {
  readme: ['README.md', 'README', 'readme.md', 'README.rst', 'README.txt'],
  changelog: ['CHANGELOG.md', 'CHANGELOG', 'changelog.md', 'CHANGES.md'],
  license: ['LICENSE', 'LICENSE.md', 'LICENSE.txt'],
  contributing: ['CONTRIBUTING.md'],
};
const locks = [
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'Cargo.lock',
  'poetry.lock',
  'uv.lock',
  'Gemfile.lock',
  'composer.lock',
  'go.sum',
];

/** What one token names: a path in any case, a word only when it is there. */
export function spotOf(token: Token, exists: Exists): Spot | undefined {
  switch (token.type) {
    case 'path':
      // `@types/node` is a package unless it is there.
      if (/^@[\w.-]+\/[\w-]+$/.test(token.raw) && !exists(token.text)) return undefined;
      return spotAt(token.text, exists);
    case 'code': {
      // With a blank it may be a command as well.
      if (/\s/.test(token.text)) return exists(token.text) ? spotAt(token.text, exists) : undefined;
      const name = nameIn(token.text);
      if (name) return name.type === 'path' ? spotAt(name.text, exists) : undefined;
      return /^[\w.-]+$/.test(token.text) ? existing(token.text, exists) : undefined;
    }
    case 'word':
      return /^[\w-]+$/.test(token.raw) ? existing(token.raw, exists) : undefined;
    default:
      return undefined;
  }
}

/** The file that holds a name with a meaning: `the readme`, `the lockfile`. */
export function documentsOf(word: string, exists: Exists): readonly Spot[] {
  const names =
    word === 'lockfile' || word === 'lockfiles' ? locks : Object.hasOwn(documents, word) ? (documents[word] ?? []) : [];
  const there = names
    .filter((path) => exists(path) === 'file')
    .map((path) => ({ path, type: 'file', there: true }) as const);
  return word.startsWith('lockfile') ? there : there.slice(0, 1);
}

/** @param word as written: at the start of a sentence it is capitalized. */
function existing(word: string, exists: Exists): Spot | undefined {
  for (const path of new Set([word, word.toLowerCase()])) {
    const type = exists(path);
    if (type) return { path, type, there: true };
  }
  return wellKnown.test(word) ? { path: word, type: 'unknown', there: false } : undefined;
}

function spotAt(written: string, exists: Exists): Spot | undefined {
  const path = written
    .replace(/^(?:\.\/)+/, '')
    .replace(/(.)\/+$/, '$1')
    .replace(/[,:]$/, '');
  if (
    path === '' ||
    path === '.' ||
    path === '/' ||
    /^\.\.(?:\/|$)/.test(path) ||
    /[()$=]/.test(path.replace(/\([\w.-]+\)/g, ''))
  )
    return undefined;
  const type = exists(path);
  if (type) return { path, type, there: true };
  const folder = /\/\**$/.test(written);
  if (/[*?{]/.test(path)) {
    const below = path.replace(/\/\*\*(?:\/\*)?$/, '');
    return /[*?{]/.test(below)
      ? { path, type: 'pattern', there: false }
      : { path: below, type: 'folder', there: false };
  }
  const last = path.slice(path.lastIndexOf('/') + 1);
  const named = folder ? 'folder' : /\.\w+$/.test(last) && !/^\.\w+$/.test(last) ? 'file' : 'unknown';
  return { path, type: named, there: false };
}

/** Characters that mean something in a pattern, when they are part of a name (`app/[id]/page.tsx`). */
const literal = (path: string): string => path.replace(/[[\](){}!+@?*]/g, '\\$&');

/** A rule that binds what is done to a place. A single name without a slash counts at any depth, as in rules. */
export function ruleAt(tool: 'Edit' | 'Read', { path, type }: Spot): string {
  if (type === 'pattern') return `${tool}(${path})`;
  const name = literal(path);
  // What begins with a dot or lies outside may be either; as a rule its bare name covers what is below it, too.
  const whole = type === 'folder' || (type === 'unknown' && /^[^~/].*\/[^.][^/]*$/.test(path));
  return `${tool}(${whole ? `${name}/**` : name})`;
}

/** Whatever is done to these places. */
export const editing = (spots: readonly Spot[]): BoundaryPatterns => ({
  rules: spots.map((spot) => ruleAt('Edit', spot)),
  kinds: [],
  only: undefined,
});

/** The place as the only one where changes are wanted; undefined where that cannot be said by a path of the workspace. */
export function onlyAt({ path, type, there }: Spot): string | undefined {
  if (type === 'pattern' || /^[~/]|^[A-Za-z]:/.test(path)) return undefined;
  // A bare name that is not there lies somewhere below: where, is not known.
  return there || path.includes('/') || type === 'folder' ? path : undefined;
}
