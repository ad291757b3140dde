import { say } from '../../../../../say';
import { joinPath, locate } from '../../../../paths';
import { pathTarget } from '../../../report';
import { judgeWrite } from '../../../scope';
import { constantOf, describeField, type Field } from '../../field';
import { pathsNamed } from '../../paths';
import { records } from './acts';
import { type GitCall, type GitCommand, type GitDoing, has, refuse } from './command';
import { parseKey } from './configText';
import { isPlainSetting } from './settings';

const asks = '-l --list --get --get-all --get-regexp';

/** Reads a setting, or gives one a value: only one that names no program, host or place. */
const settles: GitDoing = {
  name: 'settles',
  run(at) {
    if (has(at, asks) || (at.operands.length === 1 && at.name === 'git config')) return;
    sets(at);
  },
};

function sets(at: GitCall): void {
  const { shell, operands, options, invocation, context } = at;
  const [name, value] = operands;
  const wide = has(at, '--global --system');
  const file = options.find(({ name: option }) => option === '-f' || option === '--file')?.value;
  if (wide) {
    const { home } = shell.report.world.place;
    const path = has(at, '--system') ? '/etc/gitconfig' : joinPath(home, '.gitconfig');
    const found = locate(path, shell.report.world.facts);
    if (found.ok) shell.report.effect('write', pathTarget(found.at), invocation.span, context.certainty);
    shell.doubt(
      'paths.outside-write',
      say('it changes the settings of git for everything, not only for the workspace'),
      invocation.span,
    );
  } else if (file) writesFile(at, file);
  else records.run(at);
  if (!name || !value || operands.length > 2 || !isPlain(name, value))
    shell.doubt(
      'git.configuration',
      say('the setting {0} may run a program, or change what git does', name ? describeField(name) : at.name),
      invocation.span,
    );
}

function writesFile({ shell, state, context }: GitCall, file: Field): void {
  for (const path of pathsNamed(file, state.cwd))
    if (path !== undefined) judgeWrite(shell.report, path, { span: file.span, certainty: context.certainty }, 'append');
  shell.doubt('git.configuration', say('{0} may hold settings that run programs', describeField(file)), file.span);
}

function isPlain(name: Field, value: Field): boolean {
  const key = parseKey(constantOf(name) ?? '');
  const text = constantOf(value);
  return key !== undefined && text !== undefined && isPlainSetting({ ...key, value: text });
}

/** Settings of git. */
export const config: readonly GitCommand[] = [
  {
    names: ['config', 'config set'],
    options: {
      flag: '-l -z --bool --get --get-all --get-regexp --global --includes --int --list --local --name-only --no-includes --null --path --show-origin --show-scope --system --worktree',
      value: '--default --type',
    },
    refuses: [
      refuse(
        '--add --append --replace-all --unset --unset-all --rename-section --remove-section --all',
        'git.configuration',
        say('what git is told to do would be lost or doubled'),
      ),
      refuse('-e --edit', 'git.editor', say('it would open an editor, and which one is not known')),
      {
        options: { value: '-f --file --blob --comment' },
        rule: 'git.configuration',
        reason: say('another file may hold settings that run programs'),
      },
    ],
    does: [settles],
    match: [
      'git config -l -z --bool --get --get-all --get-regexp --global --includes --int --list --local --name-only --no-includes --null --path --show-origin --show-scope --system --worktree --default=x --type=x',
      'git config --get user.name',
      'git config --get-all x.y',
      'git config --get-regexp x',
      'git config -l',
      'git config user.email',
      'git config user.name "A B"',
      'git config --local pull.rebase false',
      'git config set core.autocrlf input',
    ],
    notMatch: [
      'git config core.hooksPath ./hooks',
      'git config core.fsmonitor ./x',
      'git config core.pager ./x',
      'git config alias.status "!x"',
      'git config user.name "$X"',
      "git config user.email '$(touch x)'",
      'git config url.https://x.y/.insteadOf https://github.com/',
      'git config remote.origin.url https://x.y/z',
      'git config branch.main.remote https://x.y/z',
      'git config --global user.name x',
      'git config --system core.editor x',
      'git config --unset x.y',
      'git config -e',
      'git config -f .gitmodules submodule.x.url y',
      'git config --add safe.directory "*"',
      'git config filter.x.clean ./x',
      'git config protocol.ext.allow always',
      'git config set alias.x "!y"',
      'git config credential.helper store',
    ],
  },
  {
    names: ['config get', 'config list'],
    options: {
      flag: '-z --all --bool --global --int --local --name-only --null --path --regexp --show-names --show-origin --show-scope --system --worktree',
      value: '--default --type --url --value',
    },
    match: [
      'git config get -z --all --bool --global --int --local --name-only --null --path --regexp --show-names --show-origin --show-scope --system --worktree --default=x --type=x --url=x --value=x user.name',
      'git config list',
    ],
    notMatch: ['git config list --file=x', 'git config get --blob=x y.z', 'git config unset x.y', 'git config edit'],
  },
];
