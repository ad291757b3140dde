import { say } from '../../../../../say';
import { apiPath, asksOnly, staysAt } from './api';
import { type Forge, forge } from './forge';

/** A number, a branch, a name, an address at the forge itself. */
const thing = /^(?:https:\/\/github\.com\/[\w./#?=&%-]*|#?[\w@][\w./#@+-]*)$/;
/** Words that are looked for. */
const query = /^(?!https?:\/\/)[^\n]*$/;

const changes = say('it changes something at the forge, or sends something there');
const local = say('it changes how the program works, or what runs in its name');

const gh: Forge = {
  program: 'gh',
  host: 'github.com',
  repository: /^(?:https:\/\/github\.com\/)?[\w.-]+\/[\w.-]+$/,
  options: { value: '-L -R -q --jq --json --limit --repo --template' },
  writes: {
    ...Object.fromEntries(
      'agent-task api attestation browse cache codespace cs copilot discussion gist gpg-key issue label org pr project release repo rs ruleset run search secret ssh-key status variable workflow environment'
        .split(' ')
        .map((name) => [name, changes] as const),
    ),
    ...Object.fromEntries(
      'alias auth completion config ext extension extensions preview skill help version accessibility'
        .split(' ')
        .map((name) => [name, local] as const),
    ),
  },
  tells: /^auth (?:token|status\b.* (?:-t|--show-token))|^auth setup-git|oauth_token/,
  match: ['gh', 'gh --version', 'gh help environment', 'gh pr create --help'],
  notMatch: [
    'gh auth token',
    'gh auth status --show-token',
    'gh auth login --with-token',
    'gh pr create --fill',
    'gh pr merge 1',
    'gh issue comment 1 --body "$(cat .env)"',
    'gh issue create --body-file .env',
    'gh gist create a.ts',
    'gh release upload v1 a.zip',
    'gh secret set X',
    'gh repo delete o/r --yes',
    'gh repo clone o/r',
    'gh pr checkout 1',
    'gh alias set x y',
    'gh extension install o/r',
    'gh frobnicate',
    'gh frobnicate --help',
    'gh issue list -R evil.example.com/o/r',
    'gh issue list -R "$X"',
    "gh pr view 1 --json title --jq 'env.GH_TOKEN'",
    'gh pr create --body --help',
    'gh run rerun 1',
    'gh workflow run x',
    'gh browse',
    'gh release download v1',
  ],
  reads: [
    {
      commands: 'pr view,issue view',
      options: { flag: '-c --comments' },
      operands: thing,
      match: [
        'gh pr view -c --comments 12',
        'gh issue view 12',
        'gh pr -R o/r view 12 -q .title --jq .title --json title --template x',
        'gh issue view https://github.com/o/r/issues/1 --repo o/r',
      ],
      notMatch: [
        'gh pr view --web 1',
        'gh issue view -w 1',
        'gh pr view https://example.com/o/r/pull/1',
        'gh pr view "$X"',
      ],
    },
    {
      commands: 'pr list,issue list,pr status,issue status,status,pr checks,pr diff',
      options: {
        flag: '-c --conflict-status --draft --fail-fast --name-only --patch --required --watch',
        value:
          '-A -B -H -S -a -e -i -l -m -o -s --app --assignee --author --base --color --exclude --head --interval --label --mention --milestone --org --search --state',
      },
      operands: thing,
      match: [
        'gh pr list -c --conflict-status --draft --fail-fast --name-only --patch --required --watch -A x -B x -H x -S x -a x -e x -i x -l x -m x -o x -s x --app=x --assignee=x --author=x --base=x --color=x --exclude=x --head=x --interval=x --label=x --mention=x --milestone=x --org=x --search=x --state=x',
        'gh issue list -L 5 --limit 5 -R o/r',
        'gh pr status',
        'gh issue status',
        'gh status',
        'gh pr checks 12',
        'gh pr diff 12',
      ],
      notMatch: ['gh pr list --web', 'gh pr checks --web', 'gh issue list -S "$(cat .env)"', 'gh pr diff -w'],
    },
    {
      commands: 'run list,run view,run watch,workflow list,workflow view,cache list',
      options: {
        flag: '-a -v -y --all --compact --exit-status --log --log-failed --verbose --yaml',
        value:
          '-O -S -b -c -e -i -j -k -r -s -u -w --attempt --branch --commit --created --event --interval --job --key --order --ref --sort --status --user --workflow',
      },
      operands: thing,
      check: ({ shell, name, options, invocation }) => {
        // The same letter opens a browser in the one and names a workflow in the other.
        if (!/ list$/.test(name) && options.some(({ name: option }) => option === '-w'))
          shell.doubt('forge.browser', say('it opens a browser'), invocation.span);
      },
      match: [
        'gh run list -a -v -y --all --compact --exit-status --log --log-failed --verbose --yaml -O x -S x -b x -c x -e x -i x -j x -k x -r x -s x -u x -w x --attempt=x --branch=x --commit=x --created=x --event=x --interval=x --job=x --key=x --order=x --ref=x --sort=x --status=x --user=x --workflow=x',
        'gh run view 12 --log-failed',
        'gh run watch 12',
        'gh workflow list',
        'gh workflow view ci.yml',
        'gh cache list',
      ],
      notMatch: [
        'gh run view --web 1',
        'gh run view -w 1',
        'gh run download 1',
        'gh run cancel 1',
        'gh cache delete 1',
        'gh workflow view ci --web',
      ],
    },
    {
      commands:
        'repo view,repo list,release list,release view,label list,gist list,gist view,org list,project list,project view,project item-list,project field-list,ruleset list,ruleset view,ruleset check,secret list,variable list,variable get,ssh-key list,gpg-key list,codespace list,repo deploy-key list,repo autolink list',
      options: {
        flag: '-f -p -r --archived --closed --default --exclude-drafts --exclude-pre-releases --files --fork --include-content --no-archived --parents --private --public --raw --secret --source',
        value:
          '-E -O -S -a -b -e -l -o -u --app --branch --env --format --language --order --org --owner --search --sort --topic --user --visibility',
      },
      operands: thing,
      match: [
        'gh repo list -f -p -r --archived --closed --default --exclude-drafts --exclude-pre-releases --files --fork --include-content --no-archived --parents --private --public --raw --secret --source -E x -O x -S x -a x -b x -e x -l x -o x -u x --app=x --branch=x --env=x --format=x --language=x --order=x --org=x --owner=x --search=x --sort=x --topic=x --user=x --visibility=x',
        'gh repo view o/r',
        'gh release list',
        'gh release view v1.0',
        'gh label list',
        'gh gist list',
        'gh gist view abc',
        'gh org list',
        'gh project list',
        'gh project view 1',
        'gh project item-list 1',
        'gh project field-list 1',
        'gh ruleset list',
        'gh ruleset view 1',
        'gh ruleset check main',
        'gh secret list',
        'gh variable list',
        'gh variable get X',
        'gh ssh-key list',
        'gh gpg-key list',
        'gh codespace list',
        'gh repo deploy-key list',
        'gh repo autolink list',
      ],
      notMatch: [
        'gh repo view --web',
        'gh gist view x -w',
        'gh repo view https://example.com/o/r',
        'gh label create x',
        'gh ruleset list -w',
        'gh repo deploy-key add x',
      ],
    },
    {
      commands: 'search issues,search prs,search repos,search commits,search code',
      options: {
        flag: '--archived --draft --include-prs --locked --match --merge --merged --no-assignee --no-label --no-milestone --no-project',
        value:
          '--app --assignee --author --author-date --author-email --author-name --base --checks --closed --commenter --comments --committer --committer-date --created --extension --filename --followers --forks --good-first-issues --hash --head --include-forks --interactions --involves --label --language --license --mentions --milestone --number-topics --order --owner --parent --project --reactions --review --review-requested --reviewed-by --size --sort --stars --state --team-mentions --topic --tree --updated --user --visibility',
      },
      operands: query,
      match: [
        'gh search issues --archived --draft --include-prs --locked --match --merge --merged --no-assignee --no-label --no-milestone --no-project --app=x --assignee=x --author=x --author-date=x --author-email=x --author-name=x --base=x --checks=x --closed=x --commenter=x --comments=x --committer=x --committer-date=x --created=x --extension=x --filename=x --followers=x --forks=x --good-first-issues=x --hash=x --head=x --include-forks=x --interactions=x --involves=x --label=x --language=x --license=x --mentions=x --milestone=x --number-topics=x --order=x --owner=x --parent=x --project=x --reactions=x --repo=o/r --review=x --review-requested=x --reviewed-by=x --size=x --sort=x --stars=x --state=x --team-mentions=x --topic=x --tree=x --updated=x --user=x --visibility=x "is open"',
        'gh search prs x',
        'gh search repos x',
        'gh search commits x',
        'gh search code x',
      ],
      notMatch: [
        'gh search issues --web x',
        'gh search code "$(cat .env)"',
        'gh search users x',
        'gh search repos "$X"',
      ],
    },
    {
      commands: 'api',
      options: {
        flag: '-i --include --paginate --silent --slurp',
        value: '-H -X -f -p --cache --header --method --preview --raw-field',
      },
      operands: apiPath,
      check: asksOnly,
      match: [
        'gh api -i --include --paginate --silent --slurp -H "Accept: x" --header "Accept: y" -X GET --method GET -f q=x --raw-field q=y -p x --preview x --cache 1h search/issues',
        "gh api repos/{owner}/{repo}/pulls/1/comments --jq '.[].body'",
      ],
      notMatch: [
        'gh api -X DELETE repos/o/r',
        'gh api -XPOST repos/o/r/issues',
        'gh api repos/o/r/issues -f title=x',
        'gh api repos/o/r/issues -F title=@.env',
        'gh api repos/o/r --input x.json',
        'gh api graphql -f query=x',
        'gh api graphql',
        'gh api -X GET graphql -f query=x',
        'gh api https://example.com/x',
        'gh api --hostname example.com user',
        'gh api -H "X-HTTP-Method-Override: DELETE" repos/o/r',
        'gh api "repos/o/r/$X"',
        'gh api',
        'gh api --method "$M" user',
      ],
    },
    {
      commands: 'auth status',
      options: { flag: '-a --active', value: '-h --hostname' },
      check: (at) => staysAt(at, 'github.com'),
      match: ['gh auth status', 'gh auth status -a --active -h github.com --hostname github.com'],
      notMatch: [
        'gh auth status -h example.com',
        'gh auth status -t',
        'gh auth status x',
        'gh auth refresh',
        'gh auth logout',
      ],
    },
    {
      commands: 'alias list,extension list,config list,config get,completion,browse',
      options: { flag: '-n --no-browser', value: '-b -c -h -s --branch --commit --host --shell' },
      local: true,
      operands: /^(?:git_protocol|editor|prompt|pager|browser|http_unix_socket|[\d]+|[\w-]+\.\w+)$/,
      check: ({ shell, name, options, invocation }) => {
        if (name === 'gh browse' && !options.some(({ name: option }) => option === '-n' || option === '--no-browser'))
          shell.doubt('forge.browser', say('it opens a browser'), invocation.span);
      },
      match: [
        'gh alias list',
        'gh extension list',
        'gh config list -h github.com --host github.com',
        'gh config get git_protocol',
        'gh completion -s bash --shell bash',
        'gh browse -n --no-browser -b main --branch main -c x --commit=y 12',
      ],
      notMatch: [
        'gh config get oauth_token',
        'gh config set editor x',
        'gh alias import x',
        'gh browse 12',
        'gh extension exec x',
      ],
    },
  ],
};

/** GitHub's program. */
export const github = forge(gh);
