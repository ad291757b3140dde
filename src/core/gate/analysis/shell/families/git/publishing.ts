import { say } from '../../../../../say';
import { joinPath } from '../../../../paths';
import { parseDestination } from '../../../network';
import { judgeWrite } from '../../../scope';
import { constantOf, describeField, taintOf } from '../../field';
import { records, undecided } from './acts';
import { type GitCommand, type GitDoing, has } from './command';

/** What leaves the machine: commits, to wherever the remote is. */
const publishes: GitDoing = {
  name: 'publishes',
  run(at) {
    const { shell, invocation, context, operands, name } = at;
    const [remote] = operands;
    const where = remote ? describeField(remote) : 'the default remote';
    const address = remote && parseDestination(constantOf(remote) ?? '');
    shell.report.effect(
      'send',
      address ? { type: 'host', ...address } : { type: 'unknown', what: where },
      invocation.span,
      context.certainty,
    );
    shell.report.effect('remote', { type: 'unknown', what: where }, invocation.span, context.certainty);
    if (invocation.words.some(({ pieces }) => taintOf(pieces).secret))
      shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', name), invocation.span);
    const forced =
      has(at, '-f --force --force-with-lease --mirror --prune') ||
      operands.slice(1).some((field) => /^\+/.test(describeField(field)));
    const removes = has(at, '-d --delete') || operands.slice(1).some((field) => /^\+?:/.test(describeField(field)));
    if (forced) shell.doubt('git.force-push', say('it overwrites history that others may have'), invocation.span);
    else if (removes) shell.doubt('git.force-push', say('it deletes branches or tags of the remote'), invocation.span);
    shell.doubt('git.push', say('it publishes commits to {0}', where), invocation.span);
  },
};

/** A copy of somebody's repository. */
const clones: GitDoing = {
  name: 'clones',
  run({ shell, operands, invocation, context, state }) {
    const [source, target] = operands;
    const what = source ? describeField(source) : '?';
    const address = parseDestination(what);
    shell.report.effect(
      'fetch',
      address ? { type: 'host', ...address } : { type: 'unknown', what },
      invocation.span,
      context.certainty,
    );
    const named = (target && constantOf(target)) ?? what.replace(/\/*(?:\.git)?\/*$/, '').replace(/^.*[/:]/, '');
    for (const folder of state.cwd ?? [])
      judgeWrite(
        shell.report,
        joinPath(folder, named),
        { span: invocation.span, certainty: context.certainty },
        'folder',
      );
    shell.doubt(
      'git.remote',
      say('it brings in a repository that was not there when the session began'),
      invocation.span,
    );
  },
};

const remoteChange = undecided('git.remote', say('it changes with which repositories the project exchanges commits'));

/** Sub-commands that give commits to other repositories, or bring in new ones: never decided here. */
export const publishing: readonly GitCommand[] = [
  {
    names: [
      'remote add',
      'remote remove',
      'remote rm',
      'remote rename',
      'remote set-url',
      'remote set-branches',
      'remote set-head',
      'remote prune',
      'remote update',
    ],
    does: [records, remoteChange],
    match: [],
    notMatch: [
      'git remote add x https://example.com/y',
      'git remote rm origin',
      'git remote rename a b',
      'git remote prune origin',
    ],
  },
  {
    names: ['push'],
    known: {
      flag: '-d -f -n -q -u -v --all --atomic --branches --delete --dry-run --follow-tags --force --mirror --no-verify --porcelain --progress --prune --quiet --set-upstream --tags --thin --verbose',
      optional: '--force-with-lease --force-if-includes --recurse-submodules --signed',
      value: '-o --push-option',
    },
    network: true,
    does: [publishes],
    hooks: 'pre-push',
    match: [],
    notMatch: [
      'git push',
      'git push --force origin main',
      'git push origin :x',
      'git push --dry-run',
      'git push --receive-pack=x . HEAD',
    ],
  },
  {
    names: ['clone'],
    known: {
      flag: '-l -n -q -v --bare --local --mirror --no-checkout --no-hardlinks --no-tags --no-single-branch --progress --quiet --recursive --recurse-submodules --shallow-submodules --single-branch --sparse --verbose',
      value: '-b -o -j --branch --depth --filter --jobs --origin --shallow-since',
    },
    anywhere: true,
    network: true,
    does: [clones],
    match: [],
    notMatch: [
      'git clone https://example.com/x.git',
      'git clone . ./x',
      'git clone -u x . y',
      'git clone --template=x . y',
      'git clone -c core.fsmonitor=x . y',
    ],
  },
];
