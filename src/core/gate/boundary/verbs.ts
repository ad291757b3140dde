import type { Token } from './tokens';

/** What a verb asks to be done, as far as boundaries tell it apart. */
export type Deed =
  | 'push'
  | 'forcePush'
  | 'publish'
  | 'release'
  | 'deploy'
  | 'commit'
  | 'amend'
  | 'rebase'
  | 'merge'
  | 'cherryPick'
  | 'reset'
  | 'stash'
  | 'stage'
  | 'switch'
  | 'pull'
  | 'delete'
  | 'install'
  | 'upgrade'
  | 'add'
  | 'touch'
  | 'change'
  | 'reshape'
  | 'write'
  | 'create'
  | 'make'
  | 'do'
  | 'open'
  | 'read'
  | 'access'
  | 'run'
  | 'use'
  | 'reach'
  | 'download'
  | 'send'
  | 'browse'
  | 'kill'
  | 'comment'
  | 'sudo'
  | 'other';

/**
 * What an order is that cannot be told exactly. `agent`: only an agent is told so ("don't refactor it"). `code`: programs do it
 * too ("don't remove the item"), so it is an order to the agent when it speaks of code. `git`: when it speaks of what a
 * repository has ("don't push duplicates"). `never`: nothing that a tool call does.
 */
export type Sort = 'agent' | 'code' | 'git' | 'never';

export interface Verb {
  readonly deed: Deed;
  readonly sort: Sort;
  /** The verb itself, for those that differ within a deed. */
  readonly name: string;
}

/** Base forms, separated by commas. */
const verbs: readonly (readonly [Deed, Sort, string])[] = [
  ['push', 'git', 'push'],
  ['forcePush', 'agent', 'force push, force-push, forcepush, push --force, push -f, push --force-with-lease'],
  ['publish', 'git', 'publish'],
  ['release', 'git', 'release'],
  ['deploy', 'agent', 'deploy, redeploy'],
  ['commit', 'git', 'commit, comit, check in, git commit'],
  ['amend', 'agent', 'amend'],
  ['rebase', 'agent', 'rebase'],
  ['merge', 'git', 'merge'],
  ['cherryPick', 'agent', 'cherry-pick, cherry pick'],
  ['reset', 'git', 'reset, hard reset, hard-reset'],
  ['stash', 'agent', 'stash'],
  ['stage', 'agent', 'stage'],
  ['switch', 'git', 'switch, switch to, check out, checkout'],
  ['pull', 'git', 'pull'],
  ['delete', 'code', 'delete, remove, erase, rm, unlink, wipe, get rid of'],
  ['install', 'agent', 'install, reinstall'],
  ['upgrade', 'agent', 'upgrade, downgrade, bump'],
  ['add', 'code', 'add, bring in, pull in'],
  ['add', 'agent', 'introduce'],
  [
    'touch',
    'agent',
    'touch, tamper with, mess with, mess around with, fiddle with, tinker with, play with, monkey with, meddle with',
  ],
  ['touch', 'agent', 'edit'],
  ['change', 'code', 'change, modify, alter, adjust, mutate, overwrite, update'],
  ['touch', 'never', 'go, stray, venture, wander'],
  ['reshape', 'agent', 'rewrite, reformat, refactor, restructure, reorganize, reorganise, work on, mess up'],
  ['reshape', 'code', 'format, rename, move, fix, convert, migrate, patch, replace, clean up, lint, prettify'],
  ['write', 'code', 'write, write to, write into'],
  ['create', 'code', 'create, generate'],
  ['make', 'code', 'make'],
  ['do', 'code', 'do, perform'],
  ['open', 'code', 'open, raise, submit, file, close'],
  ['read', 'never', 'read, look at, look into, look inside, view, inspect, cat'],
  ['access', 'never', 'access, go into, enter, peek at, peek into'],
  ['run', 'agent', 'run, execute, rerun, re-run'],
  ['run', 'code', 'invoke, launch, start'],
  ['use', 'agent', 'use, resort to'],
  [
    'reach',
    'never',
    'hit, call, contact, talk to, connect to, query, ping, reach, reach out to, request, go to, visit, fetch from, post to, send requests to',
  ],
  ['download', 'code', 'download, fetch'],
  ['send', 'code', 'send, upload'],
  ['browse', 'code', 'browse, search, surf, google, go online, go on'],
  ['kill', 'agent', 'kill'],
  ['kill', 'code', 'terminate, restart, stop, shut down'],
  ['comment', 'code', 'comment on, comment, reply to'],
  ['sudo', 'agent', 'sudo'],
  [
    'other',
    'agent',
    'squash, revert, roll back, rollback, bypass, circumvent, work around, mock, stub, hardcode, hard-code, ' +
      'fake, code, comment out, over-engineer, overengineer, overcomplicate, over-complicate, implement, regenerate, proceed, deviate, ' +
      'go ahead, go beyond, spawn, reboot, spin up, bring up, pin, vendor, autoformat, auto-format, auto-fix, autofix, ' +
      'auto-commit, autocommit, invent, reinvent, re-implement, reimplement, re-write, rework, redesign, ' +
      'tweak, chmod, chown, backport, blow away, nuke, clobber, trash, mangle, sneak in, merge in',
  ],
  [
    'other',
    'code',
    'break, undo, discard, suppress, leak, weaken, loosen, rearrange, reorder, resolve, approve, assign, tag, mark, trigger, kick off, skip, disable, enable, ignore, start working on, begin, continue, copy, duplicate, expose, share, build, compile, test, lower, relax, ' +
      'inline, optimize, optimise, drop, clear, clean, purge, flush, truncate, seed, post, email, message, extend, expand, ' +
      'extract, split, simplify, swap, turn off, switch off, turn on, import, export, apply, edit out, upload to, pass, ' +
      'change to, convert to, close, leave, reuse, bundle, transpile, upload',
  ],
];

/** What agents cannot do wrong by a tool, and what else follows "don't" without being an order. */
const noOrders = new Set(
  (
    'worry forget hesitate mind bother care know think believe understand see get be have need want like love hate mean ask tell say ' +
    'explain mention summarize summarise apologize apologise assume guess expect hope feel let allow permit just only always simply ' +
    'you we they i it he she us give take trust seem matter wait stop panic lose find hear remember recall agree exist work happen ' +
    'appear become look sound talk speak answer respond repeat list describe suggest propose recommend hallucinate lie stress sweat ' +
    'overthink rush hurry jump dare try necessarily really actually show render return throw display crash fail block flash flicker emit ' +
    'trigger fire redirect validate store save retry hide accept require count scroll load parse encode decode escape trim paginate ' +
    'animate highlight focus blur reload refresh navigate play pause mount unmount re-render rerender hydrate wrap overflow overlap ' +
    'keep warn prompt exit hang sleep poll loop blink shrink grow pass handle support receive belong apply compile match fit sync ' +
    'respect affect cause contain depend end even come go not'
  ).split(' '),
);

export type Form = 'base' | 'gerund' | 'participle';

const irregular: Readonly<Record<string, string>> = {
  write: 'written',
  rewrite: 'rewritten',
  overwrite: 'overwritten',
  run: 'run',
  read: 'read',
  make: 'made',
  do: 'done',
  send: 'sent',
  break: 'broken',
  reset: 'reset',
  hit: 'hit',
};

interface Entry extends Verb {
  /** Words after the first. */
  readonly rest: readonly string[];
}

const forms: Readonly<Record<Form, Map<string, Entry[]>>> = {
  base: new Map(),
  gerund: new Map(),
  participle: new Map(),
};
for (const [deed, sort, list] of verbs)
  for (const name of list.split(/,\s*/)) {
    const [first = '', ...rest] = name.split(' ');
    for (const form of ['base', 'gerund', 'participle'] as const)
      for (const word of formsOf(first, form)) {
        const known = forms[form].get(word) ?? [];
        forms[form].set(
          word,
          [...known, { deed, sort, name, rest }].sort((a, b) => b.rest.length - a.rest.length),
        );
      }
    // `force pushing`: the second word takes the ending.
    if (/^(?:force|hard|cherry|git)$/.test(first))
      for (const form of ['gerund', 'participle'] as const)
        for (const word of formsOf(rest[0] ?? '', form))
          forms[form].set(first, [...(forms[form].get(first) ?? []), { deed, sort, name, rest: [word] }]);
  }

/** Spellings of a form; those that are no words do no harm. */
function formsOf(word: string, form: Form): readonly string[] {
  if (form === 'base') return [word];
  const last = word.at(-1) ?? '';
  if (form === 'gerund') return [`${word}ing`, ...(last === 'e' ? [`${word.slice(0, -1)}ing`] : [`${word}${last}ing`])];
  const own = irregular[word];
  return own ? [own] : [`${word}ed`, `${word}d`, `${word}${last}ed`, `${word.slice(0, -1)}ied`];
}

/** The verb that stands at a place, in its longest reading. */
export function verbAt(
  tokens: readonly Token[],
  at: number,
  form: Form,
): { readonly verb: Verb; readonly next: number } | undefined {
  const token = tokens[at];
  if (token?.type !== 'word') return undefined;
  for (const entry of forms[form].get(token.text) ?? [])
    if (entry.rest.every((word, index) => tokens[at + 1 + index]?.text === word))
      return { verb: entry, next: at + 1 + entry.rest.length };
  return undefined;
}

/** Whether an unknown verb can be an order about what tools do. */
export function couldBeOrder(word: string): boolean {
  return /^\p{Ll}[\p{Ll}-]+$/u.test(word) && !noOrders.has(word) && !noOrders.has(word.replace(/(?:e?d|ing)$/, ''));
}

/** Whether a word is one of the verbs, in its base form or with -ing. */
export const isVerb = (word: string): boolean => forms.base.has(word) || forms.gerund.has(word);
