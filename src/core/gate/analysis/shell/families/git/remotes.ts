import { type Said, say } from '../../../../../say';
import { joinPath } from '../../../../paths';
import { parseDestination } from '../../../network';
import { constantOf, describeField, type Field, taintOf } from '../../field';
import type { Repository } from '../../repository';
import { bringsFiles, changesTree, knownStrategy, records } from './acts';
import { type GitCall, type GitCommand, type GitDoing, has, opensEditor, refuse, skipsHooks } from './command';
import { isForeign } from './refs';

/** A remote by its name; anything longer is an address. */
const remoteName = /^[A-Za-z0-9_][\w-]*(?:\.[\w-]+)*$/;
/** What is fetched, and the branch it goes to, unless that would have to be forced. */
const refspec = /^[A-Za-z0-9_][\w./@{}~^*-]*(?::[A-Za-z0-9_][\w./*-]*)?$|^\+[\w./*-]+:refs\/remotes\/[\w./*-]+$/;

/**
 * Asks the remotes that the repository had when the session began (design section 5). An address, a folder, or a remote that is not
 * there is not in scope.
 */
const asksRemote: GitDoing = {
  name: 'asks a remote',
  run(at) {
    const { shell, operands, invocation, context, repositories } = at;
    const several = has(at, '--multiple');
    const [named, ...specs] = operands;
    const remotes = several ? operands : named ? [named] : [];
    for (const field of remotes) judgeRemote(at, field);
    for (const field of several ? [] : specs)
      if (!refspec.test(constantOf(field) ?? '') || /\.\./.test(constantOf(field) ?? ''))
        shell.doubt('git.ref', say('what {1} means to {0} is not known', at.name, describeField(field)), field.span);
    for (const field of specs)
      if (isForeign(describeField(field)))
        shell.doubt(
          'git.foreign',
          say('{0} may hold what someone else proposes, and later steps would run it', describeField(field)),
          field.span,
        );
    const name = named && constantOf(named);
    for (const repository of repositories)
      for (const host of hostsOf(repository, name))
        shell.report.effect('fetch', { type: 'host', host, port: undefined }, invocation.span, context.certainty);
    const { secret } = shell.report.world.past;
    if (invocation.words.some(({ pieces }) => taintOf(pieces).secret))
      shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', at.name), invocation.span);
    else if (secret !== undefined)
      shell.doubt(
        'secrets.session',
        say('a secret was read earlier ({0}), so that what goes out is looked at', secret),
        invocation.span,
      );
  },
};

function judgeRemote({ shell, repositories, state }: GitCall, field: Field): void {
  const { facts } = shell.report.world;
  const text = constantOf(field);
  const strange = (reason: Said): void => shell.doubt('git.remote', reason, field.span);
  if (text === undefined || !remoteName.test(text)) {
    strange(say('{0} is no remote of the repository', describeField(field)));
    return;
  }
  for (const repository of repositories) {
    if (!repository.settings) {
      // Git takes a folder of that name for a repository.
      if ((state.cwd ?? []).some((folder) => !/^(?:missing|unknown)$/.test(facts.kind(joinPath(folder, text)))))
        strange(say('{0} is no remote of the repository', text));
      continue;
    }
    if (!repository.settings.some(({ section, subsection }) => section === 'remote' && subsection === text))
      strange(say('{0} is no remote of the repository', text));
    else if (text !== 'origin' && facts.provenance(joinPath(repository.common, 'config')) === 'changed')
      strange(say('whether {0} was a remote when the session began is not known', text));
  }
}

/** The hosts that a call may ask; the name of the remote where its address is not known. */
function hostsOf({ settings }: Repository, name: string | undefined): readonly string[] {
  const urls = (settings ?? []).flatMap(({ section, subsection, key, value }) =>
    section === 'remote' && key === 'url' && value !== undefined && (name === undefined || subsection === name)
      ? [value]
      : [],
  );
  const hosts = urls.flatMap((url) => parseDestination(url)?.host ?? []);
  return hosts.length > 0 ? [...new Set(hosts)] : [name ?? 'origin'];
}

/** `pull --rebase` replays commits that the branch it follows does not have; named, another branch may have been built on them. */
const replaysOwn: GitDoing = {
  name: 'replays own commits',
  run(at) {
    const { shell, options, operands, invocation } = at;
    const rebase = options.findLast(({ name }) => name === '-r' || name === '--rebase');
    if (!rebase) return;
    const how = rebase.value === undefined ? 'true' : constantOf(rebase.value);
    if (how === 'false') return;
    if (how !== 'true' || operands.length > 0)
      shell.doubt('git.history', say('commits that others may have would be written anew'), invocation.span);
  },
};

/** Sub-commands that ask the remotes. */
export const remotes: readonly GitCommand[] = [
  {
    names: ['fetch'],
    options: {
      flag: '-a -k -n -p -q -t -v -4 -6 --all --append --atomic --auto-maintenance --no-auto-maintenance --dry-run --ipv4 --ipv6 --keep --multiple --no-recurse-submodules --no-tags --progress --no-progress --prune --no-prune --prune-tags -P --quiet --refetch --tags --unshallow --verbose --write-fetch-head --no-write-fetch-head --show-forced-updates --no-show-forced-updates --porcelain --no-auto-gc',
      optional: '--recurse-submodules',
      value: '-j --jobs --deepen --depth --shallow-since --shallow-exclude --filter --negotiation-tip',
    },
    network: true,
    refuses: [refuse('-f --force', 'git.history', say('branches may lose commits'))],
    does: [asksRemote, records],
    match: [
      'git fetch -a -k -n -p -q -t -v -4 -6 --all --append --atomic --auto-maintenance --no-auto-maintenance --dry-run --ipv4 --ipv6 --keep --multiple --no-recurse-submodules --no-tags --progress --no-progress --prune --no-prune --prune-tags -P --quiet --refetch --tags --unshallow --verbose --write-fetch-head --no-write-fetch-head --show-forced-updates --no-show-forced-updates --porcelain --no-auto-gc --recurse-submodules=x -j x --jobs=x --deepen=x --depth=x --shallow-since=x --shallow-exclude=x --filter=x --negotiation-tip=x',
    ],
    notMatch: [
      'git fetch https://example.com/x.git',
      'git fetch ext::x',
      'git fetch ../other',
      'git fetch origin pull/12/head:x',
      'git fetch other',
      'git fetch origin +main:main',
      'git fetch --force',
      'git fetch --upload-pack=x origin',
      'git fetch --upload-pa=x origin',
      'git fetch $REMOTE',
      'git fetch -u origin main:main',
    ],
  },
  {
    names: ['pull'],
    options: {
      flag: '-a -n -p -q -v -4 -6 --all --autostash --no-autostash --commit --no-commit --dry-run --ff --no-ff --ff-only --ipv4 --ipv6 --no-edit --no-rebase --no-recurse-submodules --no-stat --no-tags --progress --prune --quiet --signoff --squash --stat --tags -t --unshallow --verbose',
      optional: '-r --rebase --recurse-submodules --log',
      value: '-s -X -j --strategy --strategy-option --depth --jobs',
    },
    network: true,
    refuses: [
      refuse('-f --force', 'git.history', say('branches may lose commits')),
      skipsHooks('--no-verify'),
      opensEditor('-e --edit'),
    ],
    does: [asksRemote, records, changesTree, bringsFiles, replaysOwn, knownStrategy],
    hooks: 'pre-merge-commit prepare-commit-msg commit-msg post-merge pre-rebase post-rewrite post-checkout',
    match: [
      'git pull -a -n -p -q -v -4 -6 --all --autostash --no-autostash --commit --no-commit --dry-run --ff --no-ff --ff-only --ipv4 --ipv6 --no-edit --no-rebase --no-recurse-submodules --no-stat --no-tags --progress --prune --quiet --signoff --squash --stat --tags -t --unshallow --verbose -rtrue --rebase=true --recurse-submodules=x --log=x -s ort -X x -j x --strategy=ort --strategy-option=x --depth=x --jobs=x',
      'git pull --rebase',
    ],
    notMatch: [
      'git pull https://example.com/x.git main',
      'git pull ./x.bundle main',
      'git pull --rebase origin main',
      'git pull --rebase=interactive',
      'git pull --force',
      'git pull --no-verify',
      'git pull --edit',
      'git pull -s mine',
      'git pull --allow-unrelated-histories',
    ],
  },
  {
    names: ['ls-remote', 'remote show'],
    options: {
      flag: '-b -h -n -q -t --branches --exit-code --get-url --heads --quiet --refs --symref --tags',
      value: '--sort',
    },
    network: true,
    does: [asksRemote],
    match: [
      'git ls-remote -b -h -n -q -t --branches --exit-code --get-url --heads --quiet --refs --symref --tags --sort=x',
      'git ls-remote',
      'git remote show',
    ],
    notMatch: [
      'git ls-remote ext::x',
      'git ls-remote .',
      'git ls-remote https://example.com/x.git',
      'git ls-remote --upload-pack=x origin',
      'git ls-remote --upload-p=x origin',
      'git remote show https://example.com/x.git',
    ],
  },
  {
    names: ['remote'],
    options: { flag: '-v --verbose' },
    operands: 'none',
    match: ['git remote -v --verbose', 'git remote'],
    notMatch: ['git remote update', 'git remote -v add x https://x.y/z', 'git remote frobnicate'],
  },
  {
    names: ['remote get-url'],
    options: { flag: '--all --push' },
    operands: remoteName,
    match: ['git remote get-url --all --push origin'],
    notMatch: ['git remote get-url origin $X'],
  },
];
