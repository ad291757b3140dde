import { say } from '../../../../../say';
import { judgeRead } from '../../../scope';
import type { Invocation } from '../../command';
import { constantOf, describeField, type Field, textPiece } from '../../field';
import { judgeField } from '../../paths';
import { type Context, type Shell, someFlow } from '../../shell';
import type { ShellState } from '../../state';
import { asks } from '../doings';
import type { Family } from '../family';
import { judgeSecrets } from '../network/reaching';
import { givenTaint } from '../network/sent';

/** The command line of a cloud: what its operations are called tells whether they only ask. */
interface Cloud {
  readonly programs: readonly string[];
  /** What the words of an operation that only asks look like, joined by blanks. */
  readonly asks: RegExp;
  /** Asks nobody. */
  readonly local: RegExp;
  /** Words by which something secret comes out. */
  readonly reveals: RegExp;
  readonly loses: RegExp;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

/** Words in the name of an option that is no question: it names files, servers or identities, or lets out what is hidden. */
const strange =
  /^(?:files?|path|paths|dir|directory|folder|out|outfile|log|http|plugin|exec|script|url|uri|endpoint|bundle|proxy|token|credentials?|impersonate|input|debug|decrypt|decryption|password|identity|config|configuration|expand|invoke|values?|auth|private|raw|reveal|show|secrets)$/;
/** What such an option may look like all the same. */
const harmless =
  /^--(?:next-token|starting-token|page-token|queue-url|show-details|show-urns|expand-filters|log-group-names?|log-stream-names?|log-group-identifiers?|configuration-set-name|output-format)$/;

function isStrange(option: string): boolean {
  return (
    !harmless.test(option) &&
    option
      .replace(/^-+/, '')
      .split('-')
      .some((word) => strange.test(word))
  );
}

/** Options that may stand before the words of an operation, with a value. */
const leading = /^--(?:profile|region|output|project|color|format|subscription|app|query)$/;

function cloud(data: Cloud): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge(shell, invocation, state, context) {
      const { args, span, program } = invocation;
      const { words, options } = readWords(args);
      const operation = words.join(' ');
      const name = `${program} ${operation}`.trim();
      const only = args.map((field) => constantOf(field) ?? '?').join(' ');
      if (/^(?:--version|--help|version|help)$/.test(only) || /^(?:[a-z0-9-]+ ){1,4}(?:help|--help)$/.test(`${only}`))
        return someFlow;
      const flow = { ...someFlow, secret: givenTaint(invocation, context).secret, network: true };
      const local = data.local.test(operation);
      if (!local && data.reveals.test(operation)) {
        shell.report.beyondLooking();
        shell.report.holdsSecret(name);
        shell.doubt('secrets.store', say('{0} puts out a credential', name), span);
        return { ...flow, secret: true };
      }
      if (!local && !data.asks.test(operation)) {
        judgeChange(shell, data, operation, name, invocation, state, context);
        return flow;
      }
      for (const field of options) judgeOption(shell, field, name, state, context);
      if (/(?:^| )get-/.test(operation)) judgeOutput(shell, options, name);
      if (!local) asks(program).run({ shell, invocation, name, options: [], operands: args, state, context });
      return local ? { ...flow, network: false } : flow;
    },
  };
}

/** Words up to the first option that follows one, and the options. */
function readWords(args: readonly Field[]): { readonly words: readonly string[]; readonly options: readonly Field[] } {
  const words: string[] = [];
  const options: Field[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    const text = field && constantOf(field);
    const value = args[index + 1];
    if (words.length === 0 && field && value && text !== undefined && leading.test(text)) {
      options.push(field, value);
      index += 1;
      continue;
    }
    if (text === undefined || text.startsWith('-')) return { words, options: [...options, ...args.slice(index)] };
    words.push(text);
  }
  return { words, options };
}

/** An option of a question, or its value: data, unless it names a file, another server or another identity. */
function judgeOption(shell: Shell, field: Field, name: string, state: ShellState, context: Context): void {
  const text = constantOf(field) ?? describeField(field);
  const option = text.startsWith('-') ? (text.split('=', 1)[0] ?? '') : '';
  const plainOption = option === '' || !isStrange(option);
  const value = option === '' ? text : text.includes('=') ? text.slice(option.length + 1) : '';
  const file = /^(?:fileb?:\/\/|@)(.*)$/s.exec(value);
  if (file) {
    const path: Field = { ...field, pieces: [textPiece(file[1] ?? '')] };
    const found = judgeField(shell, path, state, context, (each, from) => judgeRead(shell.report, each, from));
    if (found.some((secrecy) => secrecy !== undefined))
      shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', name), field.span);
  }
  if (!plainOption || file || /^https?:\/\//.test(value) || !/^-{0,2}[a-z][\w-]*$|^-[a-zA-Z]$|^$/.test(option))
    shell.doubt('command.option', say('what {1} means to {0} is not known', name, text), field.span);
}

/** A word behind the value of an option may be a file that the answer is written to. */
function judgeOutput(shell: Shell, options: readonly Field[], name: string): void {
  const bare = options.map((field) => !describeField(field).startsWith('-'));
  // An option in the plural takes several: `--names a b`.
  for (const [index, field] of options.entries())
    if (bare[index] && bare[index - 1] && !isPlural(options, index))
      shell.doubt(
        'command.operands',
        say('what {1} means to {0} is not known', name, describeField(field)),
        field.span,
      );
}

function isPlural(options: readonly Field[], index: number): boolean {
  for (let at = index; at >= 0; at -= 1) {
    const text = describeField(options[at] ?? { pieces: [] });
    if (text.startsWith('-')) return /s$/.test(text);
  }
  return false;
}

function judgeChange(
  shell: Shell,
  { loses }: Cloud,
  operation: string,
  name: string,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): void {
  const { span, program } = invocation;
  shell.report.effect('remote', { type: 'unknown', what: program }, span, context.certainty);
  judgeSecrets(shell, invocation, ownOptions, state, context);
  if (loses.test(operation)) shell.doubt('remote.destroys', say('{0} loses something at {1}', name, program), span);
  else shell.doubt('command.remote', say('{0} changes {1}', name, program), span);
}

const ownOptions =
  /^--(?:profile|key-file|cred-file|account-key|sas-token|credential-file-override|ca-bundle|cert|private-key|identity-file)$/;
const loses =
  /(?:^|[ -])(?:delete|remove|rm|rb|destroy|terminate|purge|deregister|revoke|empty|drop|reset|cancel|wipe)(?:$|[ :-])|:(?:destroy|delete|remove|reset)\b/;

export const clouds: readonly Family[] = [
  cloud({
    programs: ['aws', 'awslocal', 'aws-vault'],
    // An operation is a service and a verb; further words are files to write.
    asks: /^(?:(?!configure |secretsmanager get|ssm get|sso |s3 )[a-z0-9-]+ (?:describe|list|get|head|search|lookup|filter|batch-get)(?:-[a-z0-9-]+)+|s3 ls(?: (?:s3:\/\/)?[\w./*-]+)?|logs tail [\w./-]+|ssm get-parameter-history|(?:secretsmanager|ssm) (?:describe|list)-[a-z-]+|sso list-[a-z-]+)$/,
    local: /^configure (?:list|list-profiles|get (?:[\w-]+\.)?(?:region|output))$/,
    reveals:
      /^(?!\S+ (?:list|describe)-)\S+ \S*(?:secret|password|credential|token|login|access-key|private|authorization|api-keys?|console|session)|^(?:configure get|configure export|exec|export)|^cognito-idp describe-user-pool-client|^ssm get-parameters?/,
    loses,
    match: [
      'aws s3 ls',
      'aws s3 ls s3://bucket/prefix --recursive --human-readable',
      'aws sts get-caller-identity',
      'aws ec2 describe-instances --instance-ids i-1 --region eu-west-1 --output json',
      'aws iam list-users --query "Users[].UserName" --max-items 5',
      'aws logs tail /aws/lambda/x --follow',
      'aws ssm describe-parameters',
      'aws secretsmanager list-secrets',
      'aws configure list',
      'aws configure get region',
      'aws ec2 help',
      'aws --version',
    ],
    notMatch: [
      'aws s3 cp a.txt s3://bucket/',
      'aws s3 rm s3://bucket --recursive',
      'aws s3 sync . s3://bucket',
      'aws secretsmanager get-secret-value --secret-id x',
      'aws ssm get-parameter --name x --with-decryption',
      'aws ecr get-login-password',
      'aws configure get aws_secret_access_key',
      'aws configure set region x',
      'aws ec2 describe-instances --endpoint-url https://example.com',
      'aws ec2 describe-instances --filters file:///etc/hosts',
      'aws lambda invoke --function-name x out.json',
      'aws s3api get-object --bucket x --key y out.bin',
      'aws ec2 terminate-instances --instance-ids i-1',
      'aws sts get-session-token',
      'aws sso get-role-credentials',
      'aws iam create-access-key',
      'aws-vault exec prod',
      'aws ec2 describe-instances "$X"',
    ],
  }),
  cloud({
    programs: ['gcloud'],
    asks: /^(?:(?:alpha |beta )?(?!secrets versions|auth |config )(?:[a-z0-9-]+ ){1,5}(?:list|describe|read|list-[a-z-]+|get-iam-policy|get-server-config)(?: [\w./:@-]+)?|info)$/,
    local:
      /^(?:auth list|config (?:list|get(?:-value)? [\w/-]+|configurations (?:list|describe [\w-]+))|version|components list|info)$/,
    reveals:
      /print-|secrets versions access|get-credentials|application-default|activate|keys create|reset-windows-password|generate-|sign-|connect-info/,
    loses,
    match: [
      'gcloud projects list',
      'gcloud compute instances describe web --zone europe-west1-b --project x --format json',
      'gcloud run services list --filter="a=b" --limit 5',
      'gcloud config list',
      'gcloud auth list',
      'gcloud config get-value project',
      'gcloud version',
    ],
    notMatch: [
      'gcloud auth print-access-token',
      'gcloud secrets versions access latest --secret x',
      'gcloud compute instances delete web',
      'gcloud compute ssh web',
      'gcloud config set project x',
      'gcloud container clusters get-credentials x',
      'gcloud projects list --impersonate-service-account x',
      'gcloud projects list --flags-file x',
      'gcloud projects list --access-token-file x',
      'gcloud run deploy',
      'gcloud app deploy',
    ],
  }),
  cloud({
    programs: ['az'],
    asks: /^(?!rest|login|keyvault secret|keyvault key)(?:[a-z0-9-]+ ){1,5}(?:list|show|logs|list-[a-z]+(?:-[a-z]+)?|get-upgrades)$/,
    local:
      /^(?:version|account (?:show|list)|config get|configure|cloud (?:list|show)|extension list|bicep (?:version|list-versions))$/,
    reveals:
      /(?:^|[ -])(?:keys?|secrets?|credentials?|passwords?|tokens?|connection-strings?|publishing-[a-z-]+|appsettings|sas|access-token|get-access-token|get-credentials|admin-key|query-key|kv|deployment-(?:user|source)|auth)(?:$| |-)/,
    loses,
    match: [
      'az account show --output json',
      'az vm list -g x -o table',
      'az storage account show --name x --resource-group y',
      'az version',
      'az account list',
    ],
    notMatch: [
      'az login',
      'az keyvault secret show --name x --vault-name y',
      'az storage account keys list --account-name x',
      'az account get-access-token',
      'az vm delete --name x',
      'az vm create --name x',
      'az rest --url https://example.com',
      'az webapp config appsettings list --name x',
      'az vm list --query @x.txt',
      'az group delete --name x',
    ],
  }),
  cloud({
    programs: ['doctl', 'hcloud', 'scw', 'civo', 'vultr-cli', 'linode-cli', 'oci', 'ibmcloud'],
    asks: /^(?!serverless|databases? (?:db|user|connection|get|list|replica|pool)|dbaas|kubernetes cluster kubeconfig|k8s kubeconfig)(?:[a-z0-9-]+ ){1,3}(?:list|ls|get|describe|list-[a-z-]+|get-[a-z-]+)(?: [\w.-]+)?$/,
    local: /^version$/,
    reveals:
      /(?:^|[ -])(?:auth|keys?|secrets?|credentials?|tokens?|password|kubeconfig|connection|config|registry)(?:$|[ -])/,
    loses,
    match: ['doctl compute droplet list', 'doctl balance get', 'hcloud server list -o json', 'doctl version'],
    notMatch: [
      'doctl auth init',
      'doctl compute droplet delete x',
      'doctl databases connection x',
      'doctl kubernetes cluster kubeconfig save x',
      'hcloud server create',
      'doctl account get --access-token x',
    ],
  }),
  cloud({
    programs: ['vercel', 'now'],
    asks: /^(?:ls|list|whoami|(?:inspect|logs?) [\w.-]+|(?:teams?|domains?|dns|certs|projects?|aliases|alias) ls)$/,
    local: /^$(?!)/,
    reveals: /^(?:env|login|tokens?|integration)(?:$| )/,
    loses,
    match: ['vercel ls', 'vercel inspect x.example.com', 'vercel project ls'],
    notMatch: ['vercel', 'vercel deploy', 'vercel status', 'vercel env pull', 'vercel --prod', 'vercel rm x'],
  }),
  cloud({
    programs: [
      'heroku',
      'netlify',
      'fly',
      'flyctl',
      'firebase',
      'supabase',
      'wrangler',
      'railway',
      'render',
      'cf',
      'eas',
      'convex',
      'amplify',
      'turso',
      'neonctl',
      'pscale',
      'surge',
      'gcore',
      'deployctl',
      'shopify',
      'stripe',
      'twilio',
      'sentry-cli',
      'circleci',
      'travis',
      'buildkite-agent',
      'jfrog',
      'jf',
      'okta',
      'auth0',
      'datadog-ci',
    ],
    asks: /^(?!run|exec|ssh|console|shell|local|dev|start|rsync|enclave|pg|psql|db)(?:(?:[a-z0-9-]+ ){0,2}(?:list|ls|status|releases|whoami)(?: [\w./-]+)?|(?:apps|domains|sites|projects|functions|addons|releases|members|pipelines|buildpacks|drains|features):(?:list|info|log)|apps|ps|releases|addons|domains|logs|auth:whoami|platform regions|orb info [\w./-]+|diagnostic)$/,
    local: /^version$/,
    reveals:
      /(?:^|[ :-])(?:config|config:get|env|env:list|env:get|env:pull|secrets?|tokens?|keys?|credentials?|api-keys|creds|connection-string|auth|login)(?:$|[ :])(?!whoami)/,
    loses,
    match: [
      'heroku apps',
      'heroku logs --app x --num 50',
      'fly status --app x',
      'netlify sites:list',
      'wrangler whoami',
      'fly version',
      'firebase projects:list',
      'circleci orb list my-org',
    ],
    notMatch: [
      'heroku config',
      'heroku apps:destroy x',
      'heroku run bash',
      'heroku run list',
      'netlify deploy --prod',
      'netlify env:list',
      'fly deploy',
      'fly ssh console',
      'fly secrets list',
      'firebase deploy',
      'supabase db reset',
      'supabase link',
      'wrangler deploy',
      'wrangler secret put x',
      'heroku pg:reset',
      'stripe listen',
      'surge',
    ],
  }),
];
