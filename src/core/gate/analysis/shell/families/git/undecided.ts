import { say } from '../../../../../say';
import { constantOf } from '../../field';
import { runShellText } from '../../scripts';
import { harms, listens, persists, remote, sends } from '../doings';
import { bringsFiles, changesTree, records, undecided } from './acts';
import type { GitCommand, GitDoing } from './command';

const rewritesHistory = undecided(
  'git.history',
  say('it takes commits or names of them out of the history, or writes them anew'),
);
const startsPrograms = undecided(
  'git.programs',
  say('it starts programs that settings or files of the repository name'),
);
const bringsModules = undecided('git.remote', say('it brings in repositories that files of this one name'));
const changesPlaces = undecided('git.work-lost', say('it takes away files or names of the repository'));
const unclear = undecided('command.unknown', say('what it does to the repository is not decided here'));

/** Options whose value a shell runs: what it would do is said too. */
function runsTextOf(options: string): GitDoing {
  return {
    name: `runs ${options}`,
    run({ shell, options: given, state, context, name }) {
      const names = options.split(' ');
      for (const option of given)
        if (names.includes(option.name) && option.value) runShellText(shell, option.value, name, [], state, context);
    },
  };
}

/** The words after the sub-command are a command line. */
const runsWordsAsText: GitDoing = {
  name: 'runs words',
  run({ shell, operands, state, context, name }) {
    const [only, ...more] = operands;
    if (only && more.length === 0) runShellText(shell, only, name, [], state, context);
    else if (only && operands.every((field) => constantOf(field) !== undefined))
      runShellText(
        shell,
        { ...only, pieces: [{ type: 'text', text: operands.map((field) => constantOf(field)).join(' ') }] },
        name,
        [],
        state,
        context,
      );
  },
};

interface Undecided extends Pick<GitCommand, 'known' | 'wraps' | 'anywhere'> {
  readonly names: string;
  readonly does: readonly GitDoing[];
  readonly notMatch: readonly string[];
}

const list: readonly Undecided[] = [
  {
    names: 'rebase',
    known: {
      flag: '-i -f -q --abort --autosquash --autostash --continue --interactive --no-autosquash --quiet --quit --root --skip',
      value: '-x -s -X --exec --onto --strategy --strategy-option',
    },
    does: [rewritesHistory, records, changesTree, bringsFiles, runsTextOf('-x --exec')],
    notMatch: ['git rebase main', 'git rebase --abort', 'git rebase -i HEAD~2', 'git rebase --exec "rm -rf ~" HEAD~1'],
  },
  {
    names: 'filter-branch',
    known: {
      flag: '-f --force --prune-empty',
      value:
        '-d --env-filter --tree-filter --index-filter --parent-filter --msg-filter --commit-filter --tag-name-filter --subdirectory-filter --setup --original',
    },
    does: [
      rewritesHistory,
      records,
      changesTree,
      runsTextOf(
        '--env-filter --tree-filter --index-filter --parent-filter --msg-filter --commit-filter --tag-name-filter --setup',
      ),
    ],
    notMatch: ['git filter-branch --tree-filter x HEAD'],
  },
  {
    names:
      'filter-repo,update-ref,replace,prune,prune-packed,gc,repack,pack-refs,pack-objects,unpack-objects,index-pack,fast-import,commit-tree,mktag,mktree,merge-index,read-tree,multi-pack-index,commit-graph,refs,replay,unpack-file,history',
    does: [rewritesHistory, records],
    notMatch: [
      'git filter-repo --path x',
      'git update-ref -d HEAD',
      'git gc',
      'git prune',
      'git replace a b',
      'git repack -ad',
      'git commit-tree x',
      'git read-tree -u --reset x',
    ],
  },
  {
    names:
      'reflog expire,reflog delete,reflog drop,reflog exists,reflog write,notes add,notes append,notes copy,notes edit,notes merge,notes remove,notes prune,stash clear,stash branch,stash create,stash store,rerere forget,rerere clear,rerere gc,worktree remove,worktree prune,worktree move,worktree lock,worktree unlock,worktree repair',
    does: [rewritesHistory, records],
    notMatch: [
      'git reflog expire --all',
      'git reflog delete x',
      'git stash clear',
      'git notes add -m x',
      'git worktree remove wt',
      'git rerere clear',
    ],
  },
  {
    names:
      'checkout-index,rerere,sparse-checkout set,sparse-checkout add,sparse-checkout init,sparse-checkout disable,sparse-checkout reapply,merge-file,merge-tree,merge-one-file,merge-recursive,lfs checkout,lfs prune,lfs migrate',
    does: [changesPlaces, records, changesTree],
    notMatch: [
      'git checkout-index -af',
      'git sparse-checkout set src',
      'git lfs migrate import',
      'git rerere',
      'git merge-file a b c',
    ],
  },
  {
    names:
      'submodule add,submodule update,submodule init,submodule deinit,submodule set-url,submodule set-branch,submodule sync,submodule absorbgitdirs,lfs fetch,lfs pull,lfs clone,subtree,fetch-pack,http-fetch',
    does: [bringsModules, records, changesTree, bringsFiles],
    notMatch: [
      'git submodule update --init',
      'git submodule add https://x.y/z',
      'git lfs pull',
      'git subtree pull --prefix=x y z',
    ],
  },
  {
    names: 'submodule foreach',
    known: { flag: '-q --quiet --recursive' },
    wraps: true,
    does: [startsPrograms, runsWordsAsText],
    notMatch: ['git submodule foreach git status', 'git submodule foreach "rm -rf ~"'],
  },
  {
    names: 'difftool,mergetool',
    known: {
      flag: '-d -g -y --cached --dir-diff --gui --no-gui --no-prompt --prompt --staged --tool-help',
      value: '-t -x --extcmd --tool',
    },
    does: [startsPrograms, runsTextOf('-x --extcmd')],
    notMatch: ['git difftool', 'git mergetool', 'git difftool -x "rm -rf ~"'],
  },
  {
    names:
      'verify-commit,verify-tag,hook run,bisect visualize,bisect view,bisect replay,gui,citool,gitk,for-each-repo,interpret-trailers,lfs install,lfs uninstall,lfs update,mergetool--lib,web--browse,remote-ext,remote-fd,submodule--helper,rebase--helper,sh-setup,shell,quiltimport,mailinfo,mailsplit,bugreport,diagnose',
    does: [startsPrograms],
    notMatch: [
      'git hook run pre-commit',
      'git gui',
      'git lfs install',
      'git bisect view',
      'git shell',
      'git bugreport',
    ],
  },
  {
    names: 'daemon,http-backend,cvsserver,upload-pack,upload-archive,receive-pack',
    anywhere: true,
    does: [listens, unclear],
    notMatch: ['git daemon --export-all', 'git upload-pack .'],
  },
  {
    names: 'config edit,config unset,config rename-section,config remove-section',
    does: [undecided('git.configuration', say('what git is told to do would be lost or is not known')), records],
    notMatch: ['git config edit', 'git config unset user.name'],
  },
  { names: 'instaweb', does: [listens, startsPrograms], notMatch: ['git instaweb'] },
  {
    names: 'maintenance start,maintenance register',
    does: [persists],
    notMatch: ['git maintenance start'],
  },
  {
    names: 'maintenance run,maintenance stop,maintenance unregister,fsmonitor--daemon',
    does: [rewritesHistory, records],
    notMatch: ['git maintenance run', 'git fsmonitor--daemon start'],
  },
  {
    names: 'send-email,imap-send,send-pack,http-push,request-pull,lfs push,lfs lock,lfs unlock,lfs locks',
    does: [sends('commits')],
    notMatch: ['git send-email x.patch', 'git imap-send', 'git request-pull a b', 'git lfs push origin main'],
  },
  {
    names: 'svn,p4,cvsimport,cvsexportcommit,archimport',
    does: [remote('another version control')],
    notMatch: ['git svn dcommit', 'git p4 submit'],
  },
  {
    names:
      'credential,credential-store,credential-cache,credential-osxkeychain,credential-libsecret,credential-manager,credential-manager-core,credential-wincred',
    anywhere: true,
    does: [harms('secrets.store', say('it gives out or changes stored credentials'))],
    notMatch: ['git credential fill', 'git credential-store get'],
  },
];

/** Sub-commands that are known and never decided here, with what they reach. */
export const neverDecided: readonly GitCommand[] = list.map(({ names, notMatch, ...rest }) => ({
  ...rest,
  names: names.split(','),
  match: [],
  notMatch,
}));
