import { type Said, say } from '../../../say';
import { joinPath, parentOf } from '../../paths';
import type { Facts } from '../facts';
import type { Report } from '../report';
import { type ConfigEntry, describeEntry, parseConfig } from './families/git/configText';
import { isHarmlessStanding, type Use } from './families/git/settings';

/** Bytes of a repository's configuration that are read; a larger one is not understood. */
const configLimit = 100_000;
/** Configurations of submodules that are looked at; with more, nothing is said of them. */
const submoduleLimit = 40;
/** Names of submodules may hold slashes, and submodules have their own. */
const submoduleDepth = 4;

/** A repository as git would find it from a folder. */
export interface Repository {
  /** The top of the work tree. */
  readonly root: string;
  /** What it shares with its other work trees: branches, objects, configuration, hooks. */
  readonly common: string;
  /** Its own configuration; undefined where the world is not consulted or there is none. */
  readonly settings: readonly ConfigEntry[] | undefined;
  /** Its work tree lies in the workspace. */
  readonly inside: boolean;
  /** Why nothing can be said of it. */
  readonly doubt: Said | undefined;
  /** Folders in which submodules are kept, looked through only for what is asked. */
  readonly modules: string | undefined;
}

const found = new WeakMap<Report, Map<string, Repository>>();

/** The repository that git works with in a folder. One call asks for the same one again and again. */
export function repositoryOf(report: Report, folder: string): Repository {
  let known = found.get(report);
  if (!known) {
    known = new Map();
    found.set(report, known);
  }
  let repository = known.get(folder);
  if (!repository) {
    repository = find(report, folder);
    known.set(folder, repository);
  }
  return repository;
}

function find(report: Report, folder: string): Repository {
  const { facts, place } = report.world;
  // What the session makes in its own scratch folder is its own.
  const scope = place.scratch === undefined ? place.workspace : [...place.workspace, place.scratch];
  const workspace = scope.find((each) => folder === each || folder.startsWith(`${each}/`));
  const none = { settings: undefined, modules: undefined, inside: true, doubt: undefined } as const;
  if (workspace === undefined)
    return {
      ...{ ...none, root: folder, common: joinPath(folder, '.git'), inside: false },
      doubt: say('{0} is not in the workspace, so that its repository may be anyone’s', folder),
    };
  // A folder that is only made by this call may be made a repository by it.
  if (folder !== workspace && facts.kind(folder) === 'missing')
    return {
      ...{ ...none, root: folder, common: joinPath(folder, '.git') },
      doubt: say('{0} is not there yet, so that in which repository git works is not known', folder),
    };
  for (let at = folder; ; at = parentOf(at)) {
    const git = joinPath(at, '.git');
    const kind = facts.kind(git);
    // Where nothing is known of the files, the repository is taken for what it was when the session began.
    if (kind === 'unknown') return { ...none, root: workspace, common: joinPath(workspace, '.git') };
    const inside = scope.some((each) => at === each || at.startsWith(`${each}/`));
    if (kind === 'folder') return readRepository(facts, at, git, git, inside);
    if (kind === 'file' || kind === 'link') return readPointer(report, git, at, inside);
    // A folder that holds these is a repository for git, whatever it is called.
    if (facts.kind(joinPath(at, 'HEAD')) === 'file' && facts.kind(joinPath(at, 'objects')) === 'folder')
      return {
        ...{ ...none, root: at, common: at },
        doubt: say('{0} is taken for a repository by git, though it is not named one', at),
      };
    if (at === '/' || at === parentOf(at)) return { ...none, root: folder, common: joinPath(folder, '.git') };
  }
}

function readRepository(facts: Facts, root: string, own: string, common: string, inside: boolean): Repository {
  const read = readSettings(facts, joinPath(common, 'config'));
  const base = { root, common, inside, modules: joinPath(common, 'modules') };
  if (!read)
    return {
      ...base,
      settings: undefined,
      doubt: say('the configuration of the repository {0} could not be read', root),
    };
  // Each work tree may have a second configuration of its own.
  const second = read.some(({ section, key }) => section === 'extensions' && key === 'worktreeconfig')
    ? readSettings(facts, joinPath(own, 'config.worktree'))
    : [];
  if (!second)
    return { ...base, settings: read, doubt: say('the configuration of the repository {0} could not be read', root) };
  return { ...base, settings: second.length === 0 ? read : [...read, ...second], doubt: undefined };
}

/** @returns no entries where there is no file. */
function readSettings(facts: Facts, path: string): readonly ConfigEntry[] | undefined {
  const text = facts.readText(path, configLimit);
  if (text !== undefined) return parseConfig(text);
  return facts.kind(path) === 'missing' ? [] : undefined;
}

/** A `.git` file points to where the repository is kept: a work tree beside the first one, or a submodule. */
function readPointer({ world: { facts, place } }: Report, git: string, root: string, inside: boolean): Repository {
  const base = { root, common: git, inside, settings: undefined, modules: undefined };
  const text = facts.kind(git) === 'file' ? facts.readText(git, 4_096) : undefined;
  const target = text && /^gitdir: (.+)$/m.exec(text)?.[1]?.trim();
  const real = target ? facts.realpath(joinPath(root, target)) : undefined;
  if (!real) return { ...base, doubt: say('where the repository of {0} is kept is not known', root) };
  const shared = facts.readText(joinPath(real, 'commondir'), 4_096)?.trim();
  const common = shared ? facts.realpath(joinPath(real, shared)) : real;
  const within = place.workspace.some((each) => real.startsWith(`${each}/`) && common?.startsWith(`${each}/`));
  // A work tree beside its repository is known to it by name; a pointer to a stranger's repository is not (rule R17).
  const known = shared !== undefined && facts.readText(joinPath(real, 'gitdir'), 4_096)?.trim() === git;
  if (!common || (!within && !known)) return { ...base, doubt: say('the repository of {0} is kept elsewhere', root) };
  const repository = readRepository(facts, root, real, common, inside);
  // A submodule's configuration says where its files are.
  const settings = repository.settings?.filter(
    ({ section, key, value }) =>
      !(section === 'core' && key === 'worktree' && value && facts.realpath(joinPath(real, value)) === root),
  );
  return { ...repository, settings };
}

/**
 * Whether using a repository with git could start a program that the repository chose: file system monitor, external diff, filters,
 * a hook that runs when the index is refreshed, or the like in a submodule.
 * @returns the doubt, or undefined when there is none.
 */
export function repositoryDoubt(report: Report, repository: Repository, use: Use): Said | undefined {
  const { root, settings, doubt } = repository;
  if (doubt || !settings) return doubt;
  const { facts } = report.world;
  const suspect = suspectOf(settings, use, false);
  if (suspect) return say('the configuration of the repository {0} may run a program: {1}', root, suspect);
  const hooks = hooksFolder(report, repository);
  if (hooks === undefined) return say('the hooks of the repository {0} are kept outside the workspace', root);
  if (facts.kind(joinPath(hooks, 'post-index-change')) !== 'missing')
    return say('the repository {0} has a hook that runs when git looks at it', root);
  return submoduleDoubt(facts, repository, use);
}

function suspectOf(settings: readonly ConfigEntry[], use: Use, submodule: boolean): string | undefined {
  // Objects that are fetched when they are first needed make looking reach the network.
  const lazy = settings.some(
    ({ section, key }) =>
      key === 'partialclone' || (section === 'remote' && /^(?:promisor|partialclonefilter)$/.test(key)),
  );
  const suspect = settings.find(
    (entry) =>
      !isHarmlessStanding(entry, use, lazy) &&
      !(entry.section === 'core' && entry.key === 'hookspath') &&
      !(submodule && entry.section === 'core' && entry.key === 'worktree' && /^[./]/.test(entry.value ?? '')),
  );
  return suspect && `${describeEntry(suspect)} = ${suspect.value ?? 'true'}`;
}

/** Where the hooks of a repository are; undefined where that is outside the workspace. */
export function hooksFolder({ world: { place } }: Report, { root, common, settings }: Repository): string | undefined {
  const named = settings?.filter(({ section, key }) => section === 'core' && key === 'hookspath').at(-1)?.value;
  if (named === undefined) return joinPath(common, 'hooks');
  if (named === '/dev/null') return named;
  if (/(?:^|\/)\.\.(?:\/|$)|^~/.test(named)) return undefined;
  const folder = joinPath(root, named.replace(/^\.\//, ''));
  return place.workspace.some((each) => folder.startsWith(`${each}/`)) ? folder : undefined;
}

/** Looking runs in submodules too, with their own configuration. */
function submoduleDoubt(facts: Facts, { root, modules }: Repository, use: Use): Said | undefined {
  if (modules === undefined || facts.kind(modules) === 'missing') return undefined;
  let left = submoduleLimit;
  const doubtBelow = (folder: string, depth: number): Said | undefined => {
    const unclear = say('the submodules of {0} could not be looked at', root);
    const names = facts.list(folder);
    if (!names || depth === 0) return unclear;
    for (const name of names) {
      const inner = joinPath(folder, name);
      left -= 1;
      if (left < 0) return unclear;
      if (facts.kind(joinPath(inner, 'config')) !== 'file') {
        if (facts.kind(inner) !== 'folder') continue;
        const doubt = doubtBelow(inner, depth - 1);
        if (doubt) return doubt;
        continue;
      }
      const settings = readSettings(facts, joinPath(inner, 'config'));
      const suspect = settings && suspectOf(settings, use, true);
      if (!settings) return unclear;
      if (suspect)
        return say('the configuration of the repository {0} may run a program: {1}', joinPath(root, name), suspect);
      if (settings.some(({ section, key }) => (section === 'core' && key === 'hookspath') || key === 'worktreeconfig'))
        return unclear;
      if (facts.kind(joinPath(inner, 'hooks/post-index-change')) !== 'missing')
        return say('the repository {0} has a hook that runs when git looks at it', joinPath(root, name));
      if (facts.kind(joinPath(inner, 'modules')) === 'folder') {
        const doubt = doubtBelow(joinPath(inner, 'modules'), depth - 1);
        if (doubt) return doubt;
      }
    }
    return undefined;
  };
  return doubtBelow(modules, submoduleDepth);
}
