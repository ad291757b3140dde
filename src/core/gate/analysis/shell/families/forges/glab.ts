import { say } from '../../../../../say';
import { describeField } from '../../field';
import { apiPath, asksOnly, staysAt } from './api';
import { type Forge, forge } from './forge';

const thing = /^(?:https:\/\/gitlab\.com\/[\w./#?=&%-]*|[!#]?[\w@][\w./#@+-]*)$/;
const changes = say('it changes something at the forge, or sends something there');
const local = say('it changes how the program works, or what runs in its name');

const glab: Forge = {
  program: 'glab',
  host: 'gitlab.com',
  repository: /^(?:https:\/\/gitlab\.com\/)?[\w-][\w.-]*(?:\/[\w.-]+)+$/,
  options: { value: '-F -P -R -p --output --page --per-page --repo' },
  writes: {
    ...Object.fromEntries(
      'api changelog ci pipe pipeline pipelines cluster deploy-key duo incident issue iteration job label milestone mr opentofu release repo project runner runner-controller schedule sched securefile snippet ssh-key stack token user variable workitems'
        .split(' ')
        .map((name) => [name, changes] as const),
    ),
    ...Object.fromEntries(
      'alias auth check-update completion config help mcp version'.split(' ').map((name) => [name, local] as const),
    ),
  },
  tells: /^auth (?:status\b.* (?:-t|--show-token)|token)|^config get .*token|^variable (?:get|export|list)|^token/,
  match: ['glab', 'glab --version', 'glab help mr', 'glab mr merge --help'],
  notMatch: [
    'glab auth status -t',
    'glab auth login',
    'glab mr create --fill',
    'glab mr merge 1',
    'glab mr note 1 -m "$(cat .env)"',
    'glab mr checkout 1',
    'glab variable list',
    'glab variable get X',
    'glab config get token',
    'glab snippet create .env',
    'glab repo clone o/r',
    'glab release download v1',
    'glab ci run',
    'glab frobnicate',
    'glab mr list -R https://example.com/o/r',
    'glab alias set x y',
  ],
  reads: [
    {
      commands:
        'mr view,mr diff,mr list,mr issues,mr approvers,issue view,issue list,issue board view,incident list,incident view',
      options: {
        flag: '-A -M -a -c -d -r -s --all --closed --comments --draft --merged --not-draft --opened --raw --system-logs --unresolved --resolved',
        value:
          '-S -l -m -o -t --assignee --author --color --created-after --created-before --epic --group -g --issue-type --iteration --label --milestone --not-assignee --not-author --not-label --order --reviewer --search --sort --source-branch --target-branch',
      },
      operands: thing,
      match: [
        'glab mr list -A -M -a -c -d -r -s --all --closed --comments --draft --merged --not-draft --opened --raw --system-logs --unresolved --resolved -S x -l x -m x -o x -t x --assignee=x --author=x --color=x --created-after=x --created-before=x --epic=x --group=x -g x --issue-type=x --iteration=x --label=x --milestone=x --not-assignee=x --not-author=x --not-label=x --order=x --reviewer=x --search=x --sort=x --source-branch=x --target-branch=x',
        'glab mr view 1',
        'glab mr diff',
        'glab mr issues 1',
        'glab mr view 1 -F json -P 5 -p 2 --output json --page 2 --per-page 5 --repo o/r -R o/r/s',
        'glab issue board view 1',
        'glab mr approvers 1',
        'glab issue view 1',
        'glab issue list',
        'glab incident list',
        'glab incident view 1',
      ],
      notMatch: [
        'glab mr view --web 1',
        'glab issue view -w 1',
        'glab mr approve 1',
        'glab issue list --search "$(cat .env)"',
      ],
    },
    {
      commands: 'ci status,ci list,ci get,ci trace,pipeline status,pipeline list,pipeline get,job list',
      options: {
        flag: '-d -l -v --compact --live --variables --with-job-details',
        value:
          '-b -o -s --branch --merge-request --name --order --pipeline-id --ref --scope --sha --sort --source --status --updated-after --updated-before --username --yaml-errors',
      },
      operands: thing,
      match: [
        'glab ci list -d -l -v --compact --live --variables --with-job-details -b x -o x -s x --branch=x --merge-request=x --name=x --order=x --pipeline-id=x --ref=x --scope=x --sha=x --sort=x --source=x --status=x --updated-after=x --updated-before=x --username=x --yaml-errors=x',
        'glab ci status',
        'glab ci get',
        'glab ci trace 1',
        'glab pipeline status',
        'glab pipeline list',
        'glab pipeline get',
        'glab job list',
      ],
      notMatch: ['glab ci view', 'glab ci retry 1', 'glab ci delete 1', 'glab pipeline run', 'glab ci trigger x'],
    },
    {
      commands:
        'release list,release view,repo view,repo list,repo search,repo contributors,label list,milestone list,snippet list,user events,schedule list,deploy-key list,ssh-key list,iteration list,runner list',
      options: {
        flag: '-a -m --all --archived --member --mine --starred',
        value: '-b -g -o -s -u --branch --group --order --search --sort --user',
      },
      operands: thing,
      match: [
        'glab repo list -a -m --all --archived --member --mine --starred -b x -g x -o x -s x -u x --branch=x --group=x --order=x --search=x --sort=x --user=x',
        'glab release list',
        'glab release view v1',
        'glab repo view o/r',
        'glab repo search -s x',
        'glab repo contributors',
        'glab label list',
        'glab milestone list',
        'glab snippet list',
        'glab user events',
        'glab schedule list',
        'glab deploy-key list',
        'glab ssh-key list',
        'glab iteration list',
        'glab runner list',
      ],
      notMatch: [
        'glab repo view --web',
        'glab repo view o/r -w',
        'glab repo archive o/r',
        'glab label create x',
        'glab repo delete x',
      ],
    },
    {
      commands: 'api',
      options: { flag: '-i --include --paginate --silent', value: '-H -X -f --header --method --raw-field' },
      operands: apiPath,
      check: (at) => {
        asksOnly(at);
        for (const field of at.operands)
          if (/variables|tokens?\b|secure_files|runners/.test(describeField(field)))
            at.shell.doubt('secrets.store', say('{0} may hold credentials', describeField(field)), field.span);
      },
      match: [
        'glab api -i --include --paginate --silent -X GET --method GET -f a=b --raw-field a=b -H "Accept: x" --header "Accept: x" projects/:id/issues',
      ],
      notMatch: [
        'glab api -X POST projects/1',
        'glab api projects/1 -f x=y',
        'glab api --input x projects/1',
        'glab api --hostname example.com user',
        'glab api projects/1/variables',
        'glab api graphql -f query=x',
      ],
    },
    {
      commands: 'auth status',
      options: { flag: '-a --all', value: '-h --hostname' },
      check: (at) => staysAt(at, 'gitlab.com'),
      match: ['glab auth status -a --all -h gitlab.com --hostname=gitlab.com', 'glab auth status'],
      notMatch: ['glab auth status --show-token', 'glab auth logout'],
    },
    {
      commands: 'alias list,check-update,completion',
      options: { value: '-s --shell' },
      local: true,
      match: ['glab alias list', 'glab check-update', 'glab completion -s bash --shell bash'],
      notMatch: ['glab config set x y', 'glab alias delete x', 'glab mcp serve'],
    },
  ],
};

/** GitLab's program. */
export const gitlab = forge(glab);
