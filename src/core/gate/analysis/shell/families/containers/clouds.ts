import type { Family } from '../family';
import { cloud } from './cloud';
import { asksAbout } from './things';

/** The command lines of clouds and hosting services. */
export const clouds: readonly Family[] = [
  cloud({
    programs: ['aws', 'awslocal', 'aws-vault'],
    // An operation is a service and a verb; further words are files to write.
    asks: (_, operation) =>
      /^(?:(?!configure |secretsmanager get|ssm get|sso |s3 |s3api get-object|(?:glacier|apigateway|kinesis-[a-z-]+|lex[a-z0-9-]*|mediastore-data|workmail[a-z]*|workdocs|iot-[a-z-]+|appconfig[a-z]*|codeartifact|ebs|location|omics|dataexchange|greengrass[a-z0-9]*|sagemaker[a-z-]*|bedrock[a-z-]*|connect[a-z-]*|transfer|ivs[a-z-]*) get-)[a-z0-9-]+ (?:describe|list|get|head|search|lookup|filter|batch-get)(?:-[a-z0-9-]+)+|s3 ls(?: (?:s3:\/\/)?[\w./*-]+)?|logs tail [\w./-]+|ssm get-parameter-history|(?:secretsmanager|ssm) (?:describe|list)-[a-z-]+|sso list-[a-z-]+)$/.test(
        operation,
      ),
    local: /^configure (?:list|list-profiles|get (?:[\w-]+\.)?(?:region|output))$/,
    reveals:
      /^(?!\S+ (?:list|describe)-)\S+ \S*(?:secret|password|credential|token|login|access-key|private|authorization|api-keys?|access-details|key-pair|connections?|console|session)|^(?:configure get|configure export|exec|export)|^cognito-idp describe-user-pool-client|^ssm get-parameters?/,
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
      'aws s3api get-object --bucket x --key y --no-paginate out.bin',
      'aws ec2 get-x --name a out.bin',
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
    telemetry: true,
    asks: (words, operation) =>
      operation === 'info' ||
      (!/^secrets versions/.test(operation) &&
        asksAbout(words, /^(?:list|describe|read|list-tags|list-grantable-roles|get-iam-policy|get-server-config)$/)) ||
      /^secrets (?:list|describe [\w-]+)$/.test(operation),
    local:
      /^(?:auth list|config (?:list|get(?:-value)? [\w/-]+|configurations (?:list|describe [\w-]+))|version|components list|info)$/,
    reveals:
      /print-|secrets versions access|get-credentials|application-default|activate|keys create|reset-windows-password|generate-|sign-|connect-info/,
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
      'gcloud compute ssh list',
      'gcloud functions call list',
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
    telemetry: true,
    asks: (words) => asksAbout(words, /^(?:list|show|logs|list-[a-z]+(?:-[a-z]+)?|get-upgrades)$/, /^$(?!)/),
    local:
      /^(?:version|account (?:show|list)|config get|configure|cloud (?:list|show)|extension list|bicep (?:version|list-versions))$/,
    reveals:
      /(?:^|[ -])(?:keys?|secrets?|credentials?|passwords?|tokens?|connection-strings?|publishing-[a-z-]+|appsettings|sas|access-token|get-access-token|get-credentials|admin-key|query-key|kv|deployment-(?:user|source)|auth)(?:$| |-)/,
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
      'az vm run-command list',
      'az rest --url https://example.com',
      'az webapp config appsettings list --name x',
      'az vm list --query @x.txt',
      'az group delete --name x',
    ],
  }),
  cloud({
    programs: ['doctl', 'hcloud', 'scw', 'civo', 'vultr-cli', 'linode-cli', 'oci', 'ibmcloud'],
    asks: (words, operation) =>
      !/^(?:databases?|dbaas) |kubeconfig/.test(operation) &&
      asksAbout(words, /^(?:list|ls|get|describe|list-deployments|get-upgrades)$/),
    local: /^version$/,
    reveals:
      /(?:^|[ -])(?:auth|keys?|secrets?|credentials?|tokens?|password|kubeconfig|connection|config|registry)(?:$|[ -])/,
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
    programs: ['supabase'],
    asks: (words) => asksAbout(words, /^list$/),
    local: /^$(?!)/,
    reveals: /^(?:status|secrets|login|link|start)|api-keys|postgres-config/,
    match: ['supabase projects list', 'supabase migration list', 'supabase --version'],
    notMatch: [
      'supabase db reset',
      'supabase link',
      'supabase status',
      'supabase secrets list',
      'supabase functions deploy',
    ],
  }),
  cloud({
    programs: ['vercel', 'now'],
    asks: (_, operation) =>
      /^(?:ls|list|whoami|(?:inspect|logs?) [\w-][\w.-]*|(?:teams?|domains?|dns|certs|projects?|aliases|alias) ls)$/.test(
        operation,
      ),
    local: /^$(?!)/,
    reveals: /^(?:env|login|tokens?|integration)(?:$| )/,
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
    asks: (words, operation) =>
      /^(?:list|ls|status|whoami|releases|logs|apps|ps|addons|domains|auth:whoami|platform regions|orb info [\w./-]+|diagnostic|(?:apps|domains|sites|projects|functions|addons|releases|members|pipelines|buildpacks|drains|features):(?:list|info|log))$/.test(
        operation,
      ) ||
      (words[0] !== 'run' && asksAbout(words, /^(?:list|ls|status)$/)),
    local: /^version$/,
    reveals:
      /(?:^|[ :-])(?:config|config:get|env|env:list|env:get|env:pull|secrets?|tokens?|keys?|credentials?|api-keys|creds|connection-string|auth|login)(?:$|[ :])(?!whoami)/,
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
      'fly proxy list',
      'heroku run bash --help',
      'firebase deploy',
      'wrangler deploy',
      'wrangler secret put x',
      'heroku pg:reset',
      'stripe listen',
      'surge',
    ],
  }),
];
