import type { Analysis } from '../analysis/analysis';
import type { Facts } from '../analysis/facts';
import { parseConfig } from '../analysis/shell/families/git/configText';
import { foldPath, joinPath, parentOf } from '../paths';
import type { GitSituation } from './classifier';

/** Addresses of the remotes of a repository, by name. */
export type Remotes = ReadonlyMap<string, string>;

/** Bytes of a file of a repository that is read. */
const fileLimit = 100_000;
/** Files that a call changes whose state is told. */
const mostTouched = 20;
/** Remotes that are told. */
const mostRemotes = 10;

/** The folder where a repository keeps itself, and the one that its work trees share. */
interface GitFolders {
  readonly own: string;
  readonly common: string;
}

function gitFolders(facts: Facts, from: string): GitFolders | undefined {
  for (let at = from; ; at = parentOf(at)) {
    const git = joinPath(at, '.git');
    const kind = facts.kind(git);
    if (kind === 'folder') return { own: git, common: git };
    if (kind === 'file') {
      const target = /^gitdir: (.+)$/m.exec(facts.readText(git, fileLimit) ?? '')?.[1]?.trim();
      if (target === undefined) return undefined;
      const own = foldPath(joinPath(at, target));
      const common = facts.readText(joinPath(own, 'commondir'), fileLimit)?.trim();
      return { own, common: common === undefined ? own : foldPath(joinPath(own, common)) };
    }
    if (at === '/' || at === parentOf(at)) return undefined;
  }
}

/** The remotes of the repository that a folder is in; none where there is no repository or it cannot be read. */
export function remotesOf(facts: Facts, folder: string): Remotes {
  const folders = gitFolders(facts, folder);
  const config = folders && parseConfig(facts.readText(joinPath(folders.common, 'config'), fileLimit) ?? '');
  const found = new Map<string, string>();
  for (const { key, section, subsection, value } of config ?? [])
    if (section === 'remote' && subsection !== undefined && (key === 'url' || key === 'pushurl'))
      found.set(subsection, [found.get(subsection), value ?? ''].filter((url) => url !== undefined).join(' and '));
  return found;
}

/**
 * What version control says about a call. No program is started.
 * @param before the remotes when the session began.
 * @returns undefined outside of repositories.
 */
export function gitSituation(facts: Facts, cwd: string, analysis: Analysis, before: Remotes): GitSituation | undefined {
  const folders = gitFolders(facts, cwd);
  if (!folders) return undefined;
  const head = facts.readText(joinPath(folders.own, 'HEAD'), fileLimit) ?? '';
  const changed = analysis.effects.flatMap(({ kind, target }) =>
    (kind === 'write' || kind === 'delete' || kind === 'history') && target.type === 'path' ? [target.real] : [],
  );
  return {
    branch: /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim(),
    remotes: [...remotesOf(facts, cwd)].slice(0, mostRemotes).map(([name, url]) => ({
      ...{ name, url: withoutSecrets(url), known: before.get(name) === url },
    })),
    touched: [...new Set(changed)].slice(0, mostTouched).map((path) => ({ path, state: facts.tracking(path) })),
  };
}

const withoutSecrets = (url: string): string => url.replace(/([a-z+]+:\/\/)[^/@\s]+@/gi, '$1');
