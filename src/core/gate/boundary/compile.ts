import { type BoundaryPatterns, eitherOf } from './boundary';
import type { Thing } from './nouns';
import type { Item } from './objects';
import { commands, type Name, patterns, rules } from './patterns';
import { onlyAt, ruleAt, type Spot } from './places';
import { isProgram } from './programs';
import type { Deed, Verb } from './verbs';

/** What `no commits`, `without a push` cover. */
const nouns: Partial<Readonly<Record<Thing, Name>>> = {
  change: 'change',
  dependency: 'add',
  install: 'install',
  upgrade: 'upgrade',
  network: 'network',
  request: 'network',
  commit: 'commit',
  push: 'push',
  forcePush: 'forcePush',
  rebase: 'rebase',
  merge: 'merge',
  amend: 'amend',
  stash: 'stash',
  deletion: 'deletion',
  deployment: 'deploy',
  release: 'release',
  publication: 'publish',
  pullRequest: 'pullRequest',
  sudo: 'sudo',
  web: 'web',
  git: 'git',
  command: 'shell',
};

/** What an order with a verb covers, by what it is about. */
interface Meaning {
  /** Nothing is said, or `it`, `anything`, or one of the things in `takes`. */
  readonly bare?: Name;
  readonly takes?: readonly Thing[];
  /** Without an object it says too little after all. */
  readonly needs?: true;
  /** Things that make it another doing. */
  readonly things?: Partial<Readonly<Record<Thing, Name>>>;
  /** `anything`, `any files`, `the code`. */
  readonly all?: Name;
  /** Rules for named places. */
  readonly spots?: readonly ('Edit' | 'Read')[];
  readonly hosts?: true;
}

const work: readonly Thing[] = ['change', 'commit', 'branch', 'data', 'push'];
const meanings: Readonly<Record<Deed, Meaning>> = {
  push: { bare: 'push', takes: work, things: { image: 'pushImage' } },
  forcePush: { bare: 'forcePush', takes: work },
  publish: { bare: 'publish', takes: ['dependency', 'release', 'version'] },
  release: { bare: 'release', takes: ['dependency', 'version'] },
  deploy: { bare: 'deploy', takes: ['change', 'data'] },
  commit: { bare: 'commit', takes: ['change', 'data'] },
  amend: { bare: 'amend', takes: ['commit', 'history'] },
  rebase: { bare: 'rebase', takes: ['branch', 'commit'] },
  merge: { bare: 'merge', takes: ['branch', 'pullRequest', 'change'] },
  cherryPick: { bare: 'cherryPick', takes: ['commit'] },
  reset: { bare: 'reset', takes: ['branch', 'change', 'commit'] },
  stash: { bare: 'stash', takes: ['change'] },
  stage: { bare: 'stage', takes: ['change', 'file'] },
  switch: { things: { branch: 'switch' } },
  pull: { bare: 'pull', takes: ['change'] },
  delete: { all: 'deletion', things: { branch: 'deleteBranch', dependency: 'uninstall' }, spots: ['Edit'] },
  install: { bare: 'install', takes: ['dependency'] },
  upgrade: { things: { dependency: 'upgrade' }, all: 'upgrade' },
  add: { things: { dependency: 'add' } },
  touch: { all: 'change', things: { change: 'change', history: 'history' }, spots: ['Edit'] },
  change: { all: 'change', things: { history: 'history', branch: 'switch', dependency: 'upgrade' }, spots: ['Edit'] },
  reshape: { things: { history: 'history', past: 'history' }, spots: ['Edit'] },
  write: { all: 'change', spots: ['Edit'] },
  create: { things: { pullRequest: 'pullRequest', issue: 'issue', commit: 'commit', release: 'release' } },
  make: {
    things: { change: 'change', commit: 'commit', request: 'network', pullRequest: 'pullRequest', release: 'release' },
    spots: ['Edit'],
  },
  do: {
    things: {
      commit: 'commit',
      push: 'push',
      forcePush: 'forcePush',
      rebase: 'rebase',
      merge: 'merge',
      release: 'release',
      deployment: 'deploy',
      git: 'git',
      install: 'install',
      deletion: 'deletion',
    },
  },
  open: { things: { pullRequest: 'pullRequest', issue: 'issue' }, spots: ['Read'] },
  read: { spots: ['Read'] },
  access: { things: { network: 'network', web: 'network' }, spots: ['Read', 'Edit'], hosts: true },
  run: { things: { command: 'shell', git: 'git', install: 'install' } },
  use: {
    things: {
      network: 'network',
      sudo: 'sudo',
      git: 'git',
      web: 'web',
      forcePush: 'forcePush',
      command: 'shell',
      rebase: 'rebase',
      stash: 'stash',
    },
    hosts: true,
  },
  reach: { things: { network: 'network', web: 'network', request: 'network' }, hosts: true },
  download: { bare: 'network', takes: ['file', 'dependency', 'image', 'data'], needs: true, hosts: true },
  send: { all: 'send', things: { data: 'send', request: 'network' }, hosts: true },
  browse: { things: { web: 'web', network: 'network' }, hosts: true },
  kill: { things: { process: 'kill' } },
  comment: { things: { pullRequest: 'comment', issue: 'comment' } },
  sudo: { bare: 'sudo', takes: ['command'] },
  other: {},
};

/** What an order covers; undefined when that cannot be told from its parts. */
export function compile(
  { deed, name }: Pick<Verb, 'deed' | 'name'>,
  items: readonly Item[],
): BoundaryPatterns | undefined {
  const meaning = meanings[deed];
  if (items.length > 0) return all(items.map((item) => compileItem(deed, name, meaning, item)));
  if (name === 'go online') return patterns.network;
  return meaning.bare && !meaning.needs ? patterns[meaning.bare] : undefined;
}

/** What is done to files and folders, whatever it is. */
export const touching: Pick<Verb, 'deed' | 'name'> = { deed: 'touch', name: 'touch' };

/** Nothing is left out: with a part that is not understood, the whole is not. */
function all(parts: readonly (BoundaryPatterns | undefined)[]): BoundaryPatterns | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 && known.length === parts.length ? eitherOf(known) : undefined;
}

function compileItem(deed: Deed, name: string, meaning: Meaning, item: Item): BoundaryPatterns | undefined {
  const { bare, takes = [] } = meaning;
  switch (item.type) {
    case 'all': {
      if (bare && takes.some((thing) => item.things.has(thing))) return patterns[bare];
      // What is removed from the code is no deleted file.
      if (deed === 'delete' && item.things.has('data')) return undefined;
      if (meaning.all) return patterns[meaning.all];
      // `files` are nothing to push.
      return bare && item.things.size === 0 ? patterns[bare] : undefined;
    }
    case 'it':
      return bare && patterns[bare];
    case 'spots': {
      // "Don't close a.ts" is not about reading it, "don't make a.ts …" not about changing it.
      if ((deed === 'open' && name !== 'open') || (deed === 'make' && !item.of.has('change'))) return undefined;
      // "Don't delete tests" and "don't write docs" are about what is in them, here and elsewhere.
      if (item.spots.some(({ common }) => common) && !/^(?:touch|change|read|open|access)$/.test(deed))
        return undefined;
      const { spots = [] } = meaning;
      return spots.length > 0
        ? rules(...item.spots.flatMap((spot) => spots.map((tool) => ruleAt(tool, spot))))
        : undefined;
    }
    case 'outside':
      return meaning.all === 'change' || deed === 'make' || deed === 'reshape' ? onlyIn(item.spots) : undefined;
    case 'things':
      return [...item.things]
        .map((thing) => compileThing(deed, name, meaning, thing))
        .find((found) => found !== undefined);
    case 'command':
      return compileCommand(deed, item.command);
    case 'host':
      return meaning.hosts && rules(`WebFetch(domain:${item.host})`);
  }
}

function compileThing(
  deed: Deed,
  name: string,
  { bare, takes, things }: Meaning,
  thing: Thing,
): BoundaryPatterns | undefined {
  if (name === 'close')
    return thing === 'issue' ? patterns.closeIssue : thing === 'pullRequest' ? patterns.closePullRequest : undefined;
  // To change branches is to switch; to update them is not.
  if (thing === 'branch' && deed === 'change' && name !== 'change') return undefined;
  const found = things?.[thing] ?? (takes?.includes(thing) ? bare : undefined);
  return found && patterns[found];
}

/** Changes are wanted below these places only. */
export function onlyIn(spots: readonly Spot[]): BoundaryPatterns | undefined {
  const only = spots.flatMap((spot) => onlyAt(spot) ?? []);
  return only.length === spots.length && only.length > 0 ? { rules: [], kinds: [], only } : undefined;
}

function compileCommand(deed: Deed, command: string): BoundaryPatterns | undefined {
  if (deed !== 'run' && deed !== 'use' && deed !== 'do') return undefined;
  const [program = ''] = command.split(' ');
  // `use X` speaks of a program only when X is one: `any` in back-ticks is a type.
  if (deed !== 'run' && !isProgram(program) && !/^(?:make|node|python3?|bash|sudo|kill|rm)$/.test(program))
    return undefined;
  return program === 'sudo' && command === 'sudo' ? patterns.sudo : commands(command);
}

/** What `no X` covers. */
export function compileNo(item: Item): BoundaryPatterns | undefined {
  switch (item.type) {
    case 'things': {
      const [name] = [...item.things].flatMap((thing) => nouns[thing] ?? []);
      return name && patterns[name];
    }
    case 'spots':
      return item.of.has('change') ? rules(...item.spots.map((spot) => ruleAt('Edit', spot))) : undefined;
    case 'outside':
      return compile(touching, [item]);
    case 'command':
      return isProgram(item.command.split(' ')[0] ?? '') ? commands(item.command) : undefined;
    default:
      return undefined;
  }
}
