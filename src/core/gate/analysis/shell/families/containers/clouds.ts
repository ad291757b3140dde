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

/** Options that are no question: they name files, other servers or identities, or let out what was signed. */
const strange =
  /file|path|(?:^|-)dir|output-(?!format)|out$|log-http|plugin|exec|script|url|uri$|endpoint|bundle|proxy|token|credential|impersonate|input|skeleton|debug|secret|decrypt|password|private|auth|config|identity|expand|invoke|key-?(?:name|value)s?$/;
/** What such an option may look like all the same. */
const harmless =
  /^--(?:next-token|starting-token|max-items|page-token|output|no-sign-request|no-cli-pager|max-results|output-format)$/;

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
      if (data.reveals.test(operation)) {
        shell.report.beyondLooking();
        shell.report.holdsSecret(name);
        shell.doubt('secrets.store', say('{0} puts out a credential', name), span);
        return { ...flow, secret: true };
      }
      const local = data.local.test(operation);
      if (!local && !data.asks.test(operation)) {
        judgeChange(shell, data, operation, name, invocation, state, context);
        return flow;
      }
      for (const field of options) judgeOption(shell, field, name, state, context);
      if (!local) asks(program).run({ shell, invocation, name, options: [], operands: args, state, context });
      return local ? { ...flow, network: false } : flow;
    },
  };
}

/** Words up to the first option, and everything from there on. */
function readWords(args: readonly Field[]): { readonly words: readonly string[]; readonly options: readonly Field[] } {
  const words: string[] = [];
  for (const [index, field] of args.entries()) {
    const text = constantOf(field);
    if (text === undefined || text.startsWith('-')) return { words, options: args.slice(index) };
    words.push(text);
  }
  return { words, options: [] };
}

/** An option of a question, or its value: data, unless it names a file, another server or another identity. */
function judgeOption(shell: Shell, field: Field, name: string, state: ShellState, context: Context): void {
  const text = constantOf(field) ?? describeField(field);
  const option = text.startsWith('-') ? (text.split('=', 1)[0] ?? '') : '';
  const plainOption = option === '' || harmless.test(option) || !strange.test(option.replace(/^-+/, ''));
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
    asks: /^(?:(?:alpha |beta )?(?!secrets versions|auth |config )(?:[a-z0-9-]+ ){1,5}(?:list|describe|get-iam-policy|get-server-config)(?: [\w./:@-]+)?|info)$/,
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
    asks: /^(?!rest|login|keyvault secret|keyvault key)(?:[a-z0-9-]+ ){1,5}(?:list|show|list-locations|list-versions|list-usage|list-sizes|list-skus)$/,
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
    programs: [
      'doctl',
      'heroku',
      'vercel',
      'netlify',
      'fly',
      'flyctl',
      'firebase',
      'supabase',
      'wrangler',
      'railway',
      'render',
      'hcloud',
      'scw',
      'linode-cli',
      'oci',
      'ibmcloud',
      'exo',
      'civo',
      'vultr-cli',
      'cf',
      'eas',
      'expo',
      'convex',
      'amplify',
      'turso',
      'neonctl',
      'pscale',
      'surge',
      'now',
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
      'ngrok-api',
    ],
    asks: /^(?:(?:compute |apps? |sites? |projects? |machines? |volumes? |domains? |deployments? |releases? |databases? |kubernetes |cluster |droplet |server |functions |kv namespace |d1 |r2 bucket |ips |orgs |regions |teams |migration |branches? |addons? )*(?:list|ls|status|releases|regions|platform regions)|apps|apps:info|apps:list|ps|releases|addons|domains|domains:list|sites:list|projects:list|functions:list|functions:log|deployments list|inspect [\w.-]+|logs|whoami|auth:whoami|account get|status)$/,
    local: /^(?:version|help)$/,
    reveals:
      /(?:^|[ :-])(?:config|config:get|env|env:list|env:get|env:pull|env pull|secrets?|tokens?|token|keys?|credentials|auth token|api-keys|creds|connection-string|auth|login)(?:$|[ :])/,
    loses,
    match: [
      'heroku apps',
      'heroku logs --app x --num 50',
      'vercel ls',
      'fly status --app x',
      'netlify sites:list',
      'doctl compute droplet list',
      'wrangler whoami',
      'fly version',
      'firebase projects:list',
      'vercel inspect x.example.com',
    ],
    notMatch: [
      'heroku config',
      'heroku apps:destroy x',
      'heroku run bash',
      'vercel deploy',
      'vercel env pull',
      'vercel',
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
      'doctl auth init',
      'doctl compute droplet delete x',
      'heroku pg:reset',
      'stripe listen',
    ],
  }),
];
