import { type Said, say } from '../../../say';
import { joinPath, parentOf } from '../../paths';
import type { Shell } from './shell';

/** Bytes of a repository's configuration that are read; a larger one is not understood. */
const configLimit = 100_000;

/** Sections and keys by which git starts a program or looks elsewhere (rules R17, R18). */
const running =
  /^\s*(?:fsmonitor|hookspath|pager|editor|sshcommand|askpass|gitproxy|worktree|attributesfile|external|textconv|command|cmd|driver|clean|smudge|process|program|helper|path|uploadpack|receivepack|vcs|sequence\.editor|trustctime\.x|alternaterefscommand)\s*=\s*(.*)$|^\s*\[\s*(?:include|includeif|alias|pager|filter|diff|merge|difftool|mergetool|gpg|credential|interactive|uploadpack|browser|man|web|sendemail|url)\b/im;

/** Values by which a key that may name a program names none. */
const harmlessValue = /^\s*(?:fsmonitor\s*=\s*(?:false|true)|pager\s*=\s*(?:cat|less|false)|editor\s*=.*)\s*$/i;

/**
 * Whether looking at the repository of a folder with git could start a program that the repository chose: file system monitor,
 * external diff, filters, or a repository nested below it that is none by name.
 * @returns the doubt, or undefined when there is none.
 */
export function repositoryDoubt(shell: Shell, folders: readonly string[] | undefined): Said | undefined {
  if (!folders) return say('in which repository git works is not known');
  for (const folder of folders) {
    const doubt = doubtOfFolder(shell, folder);
    if (doubt) return doubt;
  }
  return undefined;
}

function doubtOfFolder(shell: Shell, folder: string): Said | undefined {
  const { facts, place } = shell.report.world;
  const inside = place.workspace.some((each) => folder === each || folder.startsWith(`${each}/`));
  if (!inside) return say('{0} is not in the workspace, so that its repository may be anyone’s', folder);
  for (let at = folder; ; at = parentOf(at)) {
    const git = joinPath(at, '.git');
    const kind = facts.kind(git);
    // Where nothing is known of the files, the repository is taken for what it was when the session began.
    if (kind === 'unknown') return undefined;
    if (kind === 'file' || kind === 'link') return undefinedUnlessPlain(shell, git, at);
    if (kind === 'folder') return doubtOfConfig(shell, joinPath(git, 'config'), at) ?? doubtOfParts(shell, git, at);
    // A folder that holds these is a repository for git, whatever it is called.
    if (facts.kind(joinPath(at, 'HEAD')) === 'file' && facts.kind(joinPath(at, 'objects')) === 'folder')
      return say('{0} is taken for a repository by git, though it is not named one', at);
    if (at === '/' || at === parentOf(at)) return undefined;
  }
}

/** Looking runs in submodules too, with their own configuration; refreshing the index runs a hook. */
function doubtOfParts(shell: Shell, git: string, at: string): Said | undefined {
  const { facts } = shell.report.world;
  if (facts.kind(joinPath(git, 'config.worktree')) !== 'missing')
    return say('the repository {0} has a second configuration', at);
  if (facts.kind(joinPath(git, 'hooks/post-index-change')) !== 'missing')
    return say('the repository {0} has a hook that runs when git looks at it', at);
  if (facts.kind(joinPath(git, 'modules')) === 'missing') return undefined;
  for (const name of facts.list(joinPath(git, 'modules')) ?? ['']) {
    const config = joinPath(git, `modules/${name}/config`);
    if (facts.kind(config) !== 'file') return say('the submodules of {0} could not be looked at', at);
    const doubt = doubtOfConfig(shell, config, joinPath(at, name), true);
    if (doubt) return doubt;
  }
  return undefined;
}

/** A `.git` file points to where the repository is kept: a worktree or a submodule. */
function undefinedUnlessPlain(shell: Shell, git: string, at: string): Said | undefined {
  const { facts } = shell.report.world;
  const text = facts.kind(git) === 'file' ? facts.readText(git, 4_096) : undefined;
  const target = text && /^gitdir: (.+)$/m.exec(text)?.[1]?.trim();
  if (!target) return say('where the repository of {0} is kept is not known', at);
  const folder = joinPath(at, target);
  const real = facts.realpath(folder);
  const common = real && facts.readText(joinPath(real, 'commondir'), 4_096)?.trim();
  const config = real && joinPath(common ? joinPath(real, common) : real, 'config');
  const inside = real && shell.report.world.place.workspace.some((each) => real.startsWith(`${each}/`));
  return config && inside ? doubtOfConfig(shell, config, at) : say('the repository of {0} is kept elsewhere', at);
}

function doubtOfConfig(shell: Shell, config: string, at: string, submodule = false): Said | undefined {
  const { facts } = shell.report.world;
  if (facts.kind(config) === 'missing') return undefined;
  const text = facts.readText(config, configLimit);
  if (text === undefined) return say('the configuration of the repository {0} could not be read', at);
  const suspect = text.split('\n').find(
    // A submodule's configuration says where its files are.
    (line) => running.test(line) && !harmlessValue.test(line) && !(submodule && /^\s*worktree\s*=\s*[./]/.test(line)),
  );
  if (suspect) return say('the configuration of the repository {0} may run a program: {1}', at, suspect.trim());
  const attributes = facts.readText(joinPath(at, '.gitattributes'), configLimit);
  if (attributes && /\b(?:filter|diff|merge)=(?!lfs\b)/.test(attributes) && /\[\s*(?:filter|diff|merge)\s/i.test(text))
    return say('attributes of the repository {0} run a program on its files', at);
  return undefined;
}
