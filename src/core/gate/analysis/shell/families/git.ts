import { say } from '../../../../say';
import { locate } from '../../../paths';
import { globNamesSecrets } from '../../../secretPaths';
import { globMatcher } from '../../globs';
import { judgeRead } from '../../scope';
import type { Invocation } from '../command';
import { constantOf, describeField, emptiedOf, type Field, mixTaints, taintOf } from '../field';
import { readOptions, tablesWithout } from '../options';
import { judgeField, pathsNamed } from '../paths';
import { repositoryDoubt } from '../repository';
import { type Context, type Flow, type Shell, someFlow } from '../shell';
import { copyState, type ShellState } from '../state';
import type { Family } from './family';
import { type GitLook, gitLookTable } from './gitTable';
import { doubtOption } from './looks';

/** Options before the sub-command that change nothing but where and how output is shown. */
const plainGlobal = new Set([
  '--no-pager',
  '-P',
  '--no-optional-locks',
  '--literal-pathspecs',
  '--no-replace-objects',
  '--icase-pathspecs',
]);
/** Configuration given for one command that no program is started by (rule R18). */
const plainConfig =
  /^(?:color\.[a-z.]+|core\.quotepath|core\.abbrev|core\.pager|pager\.[a-z-]+|user\.(?:name|email)|advice\.[a-z]+|log\.(?:date|decorate|showSignature)|diff\.(?:renames|algorithm|noprefix|mnemonicPrefix|context)|status\.[a-z]+|column\.ui|init\.defaultBranch|i18n\.[a-z]+)$/i;

function gitFamily(list: readonly GitLook[]): Family {
  const byName = new Map(list.flatMap((look) => look.names.map((name) => [name, look] as const)));
  return {
    programs: ['git'],
    match: [
      ...list.flatMap(({ match }) => match),
      'git -C src status',
      'git --no-pager log -1',
      'git -c color.ui=never diff',
    ],
    notMatch: list.flatMap(({ notMatch }) => notMatch),
    judge: (shell, invocation, state, context) => judgeGit(shell, byName, invocation, state, context),
    without: () =>
      list.flatMap((look) => [
        ...look.names.map((entry) => ({
          entry,
          family: gitFamily(
            list.map((each) =>
              each === look ? { ...look, names: look.names.filter((name) => name !== entry) } : each,
            ),
          ),
        })),
        ...tablesWithout(look.options).map(({ entry, table }) => ({
          entry,
          family: gitFamily(list.map((each) => (each === look ? { ...look, options: table } : each))),
        })),
      ]),
  };
}

export const gitLooks: readonly Family[] = [gitFamily(gitLookTable)];

function judgeGit(
  shell: Shell,
  looks: ReadonlyMap<string, GitLook>,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const { args, span } = invocation;
  const inner = copyState(state);
  let at = 0;
  for (; at < args.length; at += 1) {
    const field = args[at];
    const text = field && constantOf(field);
    if (!field || text === undefined || !text.startsWith('-')) break;
    if (plainGlobal.has(text)) continue;
    if (text === '--version' || text === '--help' || text === '-h' || text === '-v') return someFlow;
    const value = args[at + 1];
    if (text === '-C' && value) {
      moveInto(shell, value, inner, context);
      at += 1;
    } else if (text === '-c' && value) {
      const [key = '', setting] = (constantOf(value) ?? '').split('=', 2);
      // A pager that is `cat` pages through nothing; any other value may be a program.
      const pages = /^core\.pager$|^pager\./i.test(key) && setting !== 'cat' && setting !== 'false';
      if (!plainConfig.test(key) || pages)
        shell.doubt('git.configuration', say('the setting {0} may run a program', describeField(value)), value.span);
      at += 1;
    } else {
      shell.doubt('command.option', say('what {1} means to {0} is not known', 'git', text), field.span);
      if (/^--(?:git-dir|work-tree|namespace|config-env|exec-path|super-prefix)$/.test(text)) at += 1;
    }
  }
  const [command, ...rest] = args.slice(at);
  if (!command) return someFlow;
  const name = constantOf(command);
  const look = name === undefined ? undefined : looks.get(name);
  const taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
  if (name === undefined || !look) {
    judgeOther(shell, name, rest, invocation, context);
    return { ...someFlow, ...taint };
  }
  judgeLook(shell, look, rest, invocation);
  const doubt = repositoryDoubt(shell, inner.cwd);
  if (doubt) shell.doubt('git.repository', doubt, span);
  for (const folder of inner.cwd ?? [])
    judgeRead(shell.report, folder, { span: undefined, certainty: context.certainty }, 'look', true);
  let secret = name === 'config' || name === 'var';
  if (name !== 'config' && name !== 'check-ignore' && judgeNamedPaths(shell, name, rest, inner, context)) secret = true;
  return { ...someFlow, ...taint, secret: taint.secret || secret };
}

/** Sub-commands that put out what is in the files they are given. */
const showsContent = new Set([
  'diff',
  'show',
  'blame',
  'annotate',
  'cat-file',
  'log',
  'whatchanged',
  'grep',
  'diff-tree',
  'diff-index',
  'diff-files',
  'stash',
]);

/**
 * Words that may name files, of the tree or of a commit; a secret is one wherever it is kept.
 * @returns whether a secret is among them.
 */
function judgeNamedPaths(
  shell: Shell,
  command: string,
  words: readonly Field[],
  state: ShellState,
  context: Context,
): boolean {
  let secret = false;
  let pathsOnly = false;
  // The first word of `git grep` is what is looked for.
  let skip = command === 'grep' && !words.some((field) => constantOf(field) === '-e');
  for (const field of words) {
    const text = emptiedOf(field.pieces);
    if (text === '--') pathsOnly = true;
    if ((text.startsWith('-') && !pathsOnly) || text === '' || text === '--') continue;
    if (skip) {
      skip = false;
      continue;
    }
    const path = text.slice(text.indexOf(':') + 1);
    const last = path.slice(path.lastIndexOf('/') + 1);
    // Git matches patterns by itself, quoted or not.
    if (/[*?[]/.test(last) && globNamesSecrets(last, globMatcher(last)))
      shell.doubt('secrets.project', say('{0} may name files that hold secrets', text), field.span);
    if (path === '' || /[*?[{@^~]|\.\.\./.test(path) || constantOf(field) === undefined) continue;
    const found = judgeField(
      shell,
      { ...field, pieces: [{ type: 'text', text: path }] },
      state,
      context,
      (each, from) => judgeRead(shell.report, each, from, showsContent.has(command) ? 'content' : 'look'),
    );
    secret ||= found.some((secrecy) => secrecy !== undefined);
  }
  return secret;
}

function judgeLook(shell: Shell, look: GitLook, rest: readonly Field[], invocation: Invocation): void {
  const read = readOptions(rest, look.options, { digits: look.digits === true, longWithOneDash: true });
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  const [first] = read.operands;
  const listing =
    look.listing !== undefined && read.options.some(({ name }) => look.listing?.split(' ').includes(name));
  const named = first === undefined || (look.first?.includes(constantOf(first) ?? '') ?? false);
  const mustName =
    look.first !== undefined && look.listing === undefined && look.names[0] !== 'remote' && first === undefined;
  const fine =
    look.noOperands === true
      ? first === undefined
      : look.listing !== undefined || look.first !== undefined
        ? (named || listing) && !mustName
        : true;
  const operandsAfterFirst = look.names[0] === 'config' && !listing && first === undefined;
  if (!fine || operandsAfterFirst)
    shell.doubt(
      'command.changes',
      say('{0} with these words changes the repository', `git ${look.names[0] ?? ''}`),
      invocation.span,
    );
}

function moveInto(shell: Shell, folder: Field, state: ShellState, context: Context): void {
  const paths = pathsNamed(folder, state.cwd);
  const found = paths.map((path) => (path === undefined ? undefined : locate(path, shell.report.world.facts)));
  for (const path of paths)
    if (path !== undefined) judgeRead(shell.report, path, { span: folder.span, certainty: context.certainty }, 'look');
  state.cwd =
    found.length > 0 && found.every((each) => each?.ok)
      ? found.flatMap((each) => (each?.ok ? [each.at.path] : []))
      : undefined;
  if (!state.cwd) shell.doubt('paths.unknown', say('in which repository git works is not known'), folder.span);
}

/** Sub-commands that change something, with what they reach as far as it is plain. */
function judgeOther(
  shell: Shell,
  name: string | undefined,
  rest: readonly Field[],
  { span }: Invocation,
  context: Context,
): void {
  const { report } = shell;
  const remote = name === 'push' || name === 'send-email' || name === 'request-pull';
  if (remote)
    report.effect(
      'send',
      { type: 'unknown', what: rest.map(describeField).join(' ') || 'the default remote' },
      span,
      context.certainty,
    );
  else if (name === 'fetch' || name === 'pull' || name === 'clone' || name === 'ls-remote')
    report.effect(
      'fetch',
      { type: 'unknown', what: rest.map(describeField).join(' ') || 'the default remote' },
      span,
      context.certainty,
    );
  else if (
    name !== undefined &&
    /^(?:rebase|reset|commit|merge|cherry-pick|revert|am|tag|branch|filter-branch|filter-repo|update-ref|reflog|gc|prune|replace|stash)$/.test(
      name,
    )
  )
    report.effect('history', { type: 'program', name: `git ${name}` }, span, context.certainty);
  else report.effect('execute', { type: 'program', name: `git ${name ?? ''}` }, span, context.certainty);
  if (name === undefined) report.opaque();
  shell.doubt('command.changes', say('{0} with these words changes the repository', `git ${name ?? '?'}`), span);
}
