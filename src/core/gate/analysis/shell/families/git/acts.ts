import { type Said, say } from '../../../../../say';
import { joinPath, locate } from '../../../../paths';
import { pathTarget } from '../../../report';
import { constantOf, mixTaints, taintOf } from '../../field';
import { followPath } from '../../follow';
import { hooksFolder } from '../../repository';
import type { GitCall, GitDoing } from './command';
import { has } from './command';

/** Adds to the repository: its objects, branches, index. Nothing in it is lost. */
export const records: GitDoing = {
  name: 'records',
  run({ shell, repositories, invocation, context }) {
    for (const { common } of repositories) {
      const found = locate(common, shell.report.world.facts);
      if (found.ok) shell.report.effect('history', pathTarget(found.at, true), invocation.span, context.certainty);
    }
  },
};

/** Brings files of the work tree to what a commit holds; git itself refuses where changes would be lost. */
export const changesTree: GitDoing = {
  name: 'changes the work tree',
  run(at) {
    treeEffect(at, 'write');
    treeEffect(at, 'delete');
    // What comes from elsewhere nobody of the session has looked at.
    const fetched = at.invocation.words.some((word) =>
      /^(?:origin|upstream|fork|remotes|refs\/remotes)\/|FETCH_HEAD|@\{u(?:pstream)?\}/.test(constantOf(word) ?? ''),
    );
    if (fetched) at.shell.report.sweeps(at.name);
  },
};

/** Brings files that nobody of the session wrote: what runs of them is looked at first (design section 5). */
export const bringsFiles: GitDoing = {
  name: 'brings files',
  run: (at) => at.shell.report.sweeps(at.name),
};

export function treeEffect({ shell, repositories, invocation }: GitCall, kind: 'write' | 'delete'): void {
  for (const { root } of repositories) {
    const found = locate(root, shell.report.world.facts);
    if (found.ok) shell.report.effect(kind, pathTarget(found.at, true), invocation.span, 'possible');
  }
}

/** Hooks of the repository run: code of the project, in scope as the session found it. @param names separated by blanks. */
export function runHooks({ shell, repositories, invocation: { span }, state, context }: GitCall, names: string): void {
  const { facts } = shell.report.world;
  for (const repository of repositories) {
    const folder = hooksFolder(shell.report, repository);
    if (folder === undefined) continue;
    for (const name of names.split(' '))
      for (const path of hookFiles(folder, name)) {
        const kind = facts.kind(path);
        const trace = shell.report.changes.of(path);
        if (kind === 'file' || kind === 'link' || (trace && trace.state !== 'gone'))
          followPath(shell, path, span, { ...state, cwd: [repository.root] }, context);
      }
  }
}

/** Husky keeps its own hooks in a folder below the one where those of the project are, which they run. */
function hookFiles(folder: string, name: string): readonly string[] {
  const own = joinPath(folder, name);
  return folder.endsWith('/_') ? [own, joinPath(folder.slice(0, -2), name)] : [own];
}

/** What is put into the history stays there and goes where it goes: nothing secret may. */
export const keepsSecretsOut: GitDoing = {
  name: 'keeps secrets out',
  run({ shell, invocation, context, options }) {
    const fromInput = options.some(
      ({ name, value }) => /^(?:-F|--file)$/.test(name) && value && constantOf(value) === '-',
    );
    const taint = mixTaints(
      ...invocation.words.map(({ pieces }) => taintOf(pieces)),
      ...(fromInput ? [context.stdin] : []),
    );
    if (taint.secret)
      shell.doubt('git.secret-recorded', say('it would put a secret into the history'), invocation.span);
  },
};

/** Without one of these options it would open an editor, and a call would wait for it. */
export function needs(options: string): GitDoing {
  return {
    name: `needs ${options}`,
    run(at) {
      if (!has(at, options))
        at.shell.doubt('git.editor', say('it would open an editor, and which one is not known'), at.invocation.span);
    },
  };
}

/** The same where another option asks for it: `tag -a` without `-m`. */
export function needsWith(asking: string, options: string): GitDoing {
  return {
    name: `needs ${options} with ${asking}`,
    run(at) {
      if (has(at, asking)) needs(options).run(at);
    },
  };
}

/** A value of an option must be one of these. */
export function valuesOf(options: string, shape: RegExp, rule: string, reason: Said): GitDoing {
  return {
    name: `values of ${options}`,
    run(at) {
      const names = options.split(' ');
      for (const { name, value } of at.options)
        if (names.includes(name) && value && !shape.test(constantOf(value) ?? '\0'))
          at.shell.doubt(rule, reason, value.span);
    },
  };
}

/** Ways of merging that git brings itself; another name starts a program of that name. */
export const knownStrategy = valuesOf(
  '-s --strategy',
  /^(?:ort|recursive|resolve|octopus|ours|subtree)$/,
  'git.configuration',
  say('another way of merging is a program of its own'),
);

/** Whatever comes after, it cannot be decided here; what it reaches is said. */
export function undecided(rule: string, reason: Said): GitDoing {
  return { name: `undecided ${rule}`, run: ({ shell, invocation }) => shell.doubt(rule, reason, invocation.span) };
}
