import { say } from '../../../../../say';
import type { Family } from '../family';
import { forge } from './forge';

const thing = /^#?[\w@][\w./#@+-]*$/;
const changes = say('it changes something at the forge, or sends something there');

/** GitHub's older program, which is git besides: what it passes on to git is not opened. */
const hub = forge({
  program: 'hub',
  host: 'github.com',
  repository: /^[\w.-]+\/[\w.-]+$/,
  options: { value: '-L --format --limit' },
  writes: Object.fromEntries(
    'alias am api apply browse cherry-pick ci-status clone compare create delete fetch fork gist init issue merge pr pull-request push release remote submodule sync checkout'
      .split(' ')
      .map((name) => [name, changes] as const),
  ),
  match: ['hub --version', 'hub pr list --help'],
  notMatch: [
    'hub create',
    'hub pull-request -m x',
    'hub pr checkout 1',
    'hub api x',
    'hub push',
    'hub gist create .env',
    'hub browse',
    'hub status',
  ],
  reads: [
    {
      commands: 'pr list,issue,ci-status,release',
      options: { flag: '-v', value: '-a -b -h -s -l --color' },
      operands: /^(?!(?:create|delete|edit|download|show|update|labels|transfer)$)[\w./-]+$/,
      match: [
        'hub pr list -L 5 --limit 5 --format x -s open -b main -h x',
        'hub issue -a me -l bug',
        'hub ci-status -v --color=never main',
        'hub release',
      ],
      notMatch: ['hub issue create', 'hub release create v1', 'hub release download v1', 'hub release delete v1'],
    },
  ],
});

/** Gitea's program; which server it asks stands in its own settings. */
const tea = forge({
  program: 'tea',
  host: 'gitea.com',
  repository: /^[\w.-]+\/[\w.-]+$/,
  options: { value: '-o --limit --lm --output --page --repo' },
  writes: Object.fromEntries(
    'actions admin api branches clone comment issues labels login logins logout milestones notifications open organizations pulls releases repos ssh-keys times webhooks whoami'
      .split(' ')
      .map((name) => [name, changes] as const),
  ),
  tells: /^logins? (?:helper|oauth|add)/,
  match: ['tea --version', 'tea issues create --help'],
  notMatch: [
    'tea login add',
    'tea issues create --title x',
    'tea pulls merge 1',
    'tea pulls checkout 1',
    'tea releases delete v1',
    'tea comment 1 x',
    'tea open',
    'tea issues list --repo https://example.com/o/r',
  ],
  reads: [
    {
      commands:
        'issues list,pulls list,releases list,repos list,labels list,milestones list,branches list,notifications list',
      options: { value: '--state --keyword --labels --milestones --author --assignee --fields' },
      operands: thing,
      match: [
        'tea issues list --state=x --keyword=x --labels=x --milestones=x --author=x --assignee=x --fields=x',
        'tea issues list -o x --limit 5 --lm 5 --output csv --page 2 --repo o/r',
        'tea pulls list',
        'tea releases list',
        'tea repos list',
        'tea labels list',
        'tea milestones list',
        'tea branches list',
        'tea notifications list',
      ],
      notMatch: ['tea issues close 1', 'tea issues list "$X"'],
    },
  ],
});

export const others: readonly Family[] = [hub, tea];
