import { say } from '../../../../../say';
import { constantOf } from '../../field';
import { asks, changesOperands, type Doing, makes, runs, unless } from '../doings';
import type { Family } from '../family';
import { type Guard, guarded } from './guarded';

const backend = asks('the state of the infrastructure');

const changes = (commands: string): Guard => ({
  commands,
  kind: 'remote',
  rule: 'command.remote',
  reason: say('it changes machines or services elsewhere, or runs what does'),
  sends: true,
});
const destroys = (commands: string): Guard => ({
  commands,
  kind: 'remote',
  rule: 'remote.destroys',
  reason: say('it loses machines, services or their state'),
});
const reveals = (commands: string): Guard => ({
  commands,
  kind: 'read',
  rule: 'secrets.store',
  reason: say('it puts out what may be secret'),
  reveals: true,
});

/** Rewrites the files it is given, those of the folder when it is given none, unless it is only to look. */
const formats: Doing = {
  name: 'formats',
  run(at) {
    unless('-check -diff -write', changesOperands).run(at);
    for (const { name, value } of at.options)
      if (name === '-write' && value && constantOf(value) !== 'false') changesOperands.run(at);
  },
};

/** A playbook that is run changes other machines. */
const acts: Doing = {
  name: 'acts',
  run: ({ shell, invocation, context, name }) => {
    shell.report.effect('remote', { type: 'unknown', what: 'machines' }, invocation.span, context.certainty);
    shell.doubt('command.remote', say('{0} changes {1}', name, 'machines'), invocation.span);
  },
};

/** Programs that build what machines and services are made of, from the project's files. */
export const infrastructure: readonly Family[] = [
  guarded(
    {
      programs: ['terraform', 'tofu', 'terragrunt'],
      match: [
        'terraform fmt -recursive',
        'terraform fmt -check -diff -list=true -no-color modules',
        'tofu fmt -write=false main.tf',
        'tofu fmt -write=true modules',
        'terraform validate -json -no-color -no-tests',
        'terraform version -json',
        'terraform workspace list; terraform workspace show',
        'terraform state list',
        'terraform providers; terraform graph -type=plan',
      ],
      notMatch: [
        'terraform apply',
        'terraform destroy -auto-approve',
        'terraform plan',
        'terraform init',
        'terraform import a b',
        'terraform state rm a',
        'terraform state pull',
        'terraform state show a',
        'terraform output -json',
        'terraform show',
        'terraform workspace delete x',
        'terraform -chdir=/srv validate',
        'terraform console',
        'terraform fmt /srv/x',
        'terraform force-unlock 1',
      ],
      reading: { longWithOneDash: true },
      commands: {
        fmt: {
          reading: { longWithOneDash: true },
          options: { flag: '-recursive -check -diff -no-color', value: '-list -write' },
          operands: 'look',
          does: [formats],
        },
        validate: {
          reading: { longWithOneDash: true },
          options: { flag: '-json -no-color -no-tests' },
          operands: 'none',
          does: [runs([], 'main.tf', '.terraform.lock.hcl')],
        },
        version: { reading: { longWithOneDash: true }, options: { flag: '-json' } },
        workspace: { commands: { 'list show': { does: [backend] } } },
        state: { commands: { list: { does: [backend] } } },
        providers: { operands: 'none' },
        graph: { reading: { longWithOneDash: true }, options: { value: '-type' } },
      },
    },
    [
      destroys('destroy,state rm,state push,state replace-provider,workspace delete,force-unlock,taint'),
      reveals('output,show,state pull,state show,console'),
      changes('apply,plan,init,import,refresh,test,state mv,untaint,run-all'),
    ],
  ),
  guarded(
    {
      programs: ['pulumi'],
      match: [
        'pulumi version',
        'pulumi whoami -v --verbose',
        'pulumi stack ls -a --all -j --json',
        'pulumi plugin ls',
        'pulumi about',
      ],
      notMatch: [
        'pulumi up',
        'pulumi destroy',
        'pulumi preview',
        'pulumi config get x',
        'pulumi stack output',
        'pulumi stack rm',
        'pulumi state delete x',
        'pulumi cancel',
        'pulumi login',
      ],
      commands: {
        version: {},
        'whoami about': { options: { flag: '-v --verbose' }, does: [backend] },
        stack: { commands: { ls: { options: { flag: '-a -j --all --json' }, does: [backend] } } },
        plugin: { commands: { ls: {} } },
      },
    },
    [
      destroys('destroy,stack rm,state delete,cancel'),
      reveals('config get,config,stack output,stack export,env get,env open'),
      changes('up,update,preview,refresh,import,login,new,stack select,stack init,deployment'),
    ],
  ),
  guarded(
    {
      programs: ['ansible-playbook'],
      match: [
        'ansible-playbook site.yml --syntax-check',
        'ansible-playbook -i hosts.ini --inventory hosts.ini -l web --limit web -t x --tags x --skip-tags y --list-tasks -v site.yml',
        'ansible-playbook --list-hosts site.yml',
        'ansible-playbook --list-tags -e a=b --extra-vars a=b site.yml',
      ],
      notMatch: [
        'ansible-playbook site.yml',
        'ansible-playbook --check site.yml',
        'ansible-playbook --syntax-check --vault-password-file /srv/x site.yml',
        'ansible-playbook --syntax-check /srv/site.yml',
      ],
      options: {
        flag: '-v --syntax-check --list-hosts --list-tasks --list-tags',
        runs: '-i --inventory',
        value: '-e -l -t --extra-vars --limit --skip-tags --tags',
      },
      operands: 'run',
      does: [unless('--syntax-check --list-hosts --list-tasks --list-tags', acts), runs(['python'], 'ansible.cfg')],
    },
    [],
  ),
  guarded(
    {
      programs: ['ansible', 'ansible-console', 'ansible-pull'],
      match: ['ansible all --list-hosts', 'ansible web -i hosts.ini --inventory hosts.ini -l a --limit a --list-hosts'],
      notMatch: ['ansible all -m ping', 'ansible all -a "ls"', 'ansible-pull -U https://example.com/x', 'ansible all'],
      options: { flag: '--list-hosts', runs: '-i --inventory', value: '-l --limit' },
      does: [unless('--list-hosts', acts), runs(['python'], 'ansible.cfg')],
    },
    [],
  ),
  guarded(
    {
      programs: [
        'ansible-doc',
        'ansible-galaxy',
        'ansible-config',
        'ansible-vault',
        'ansible-inventory',
        'packer',
        'vault',
        'consul',
        'nomad',
        'boundary',
        'sops',
        'chamber',
        'doppler',
        'infisical',
      ],
      match: [
        'ansible-doc list',
        'packer version',
        'packer validate template.pkr.hcl',
        'vault version',
        'vault status',
        'consul version',
        'nomad status',
      ],
      notMatch: [
        'ansible-vault view secrets.yml',
        'ansible-galaxy install x',
        'packer build x',
        'vault kv get secret/x',
        'vault read secret/x',
        'sops -d secrets.yaml',
        'sops exec-env secrets.yaml sh',
        'doppler secrets',

        'consul kv delete x',
        'ansible-inventory --list',
      ],
      commands: { 'version status list': { operands: 'none', does: [backend] }, validate: { operands: 'read' } },
    },
    [
      reveals(
        'view,decrypt,kv get,read,print token,token lookup,get,get item,get password,item get,secrets,secrets download,show,export,exec-env,exec-file,run,inject,unseal,login,generate-root,operator,list-items,otp',
      ),
      destroys('kv delete,delete,secrets disable,destroy,kv destroy,job stop'),
      changes(
        'build,install,write,kv put,apply,import,publish,policy,auth,token create,job run,encrypt,rekey,edit,create,init',
      ),
    ],
  ),
  guarded(
    {
      programs: ['cdk', 'sam', 'serverless', 'sls', 'sst', 'copilot', 'eb', 'chalice', 'zappa'],
      match: [
        'cdk list',
        'cdk ls -l --long',
        'cdk synth -q --quiet --no-color',
        'cdk version',
        'sam validate --lint',
        'sam build --cached --parallel',
        'serverless package',
      ],
      notMatch: [
        'cdk deploy',
        'cdk destroy',
        'cdk bootstrap',
        'cdk diff',
        'sam deploy',
        'sam delete',
        'serverless deploy',
        'serverless remove',
        'sst remove',
        'sam local invoke',
        'cdk synth --app ./x',
        'serverless invoke -f x',
      ],
      commands: {
        'list ls': { options: { flag: '-l --long' }, does: [runs(['javascript', 'python'], 'cdk.json')] },
        'synth package build': {
          options: { flag: '-q --quiet --no-color --cached --parallel' },
          does: [runs(['javascript', 'python'], 'cdk.json', 'package.json'), makes('.')],
        },
        version: {},
        validate: { options: { flag: '--lint' }, does: [runs([], 'template.yaml')] },
      },
    },
    [
      destroys('destroy,delete,remove,terminate'),
      changes('deploy,bootstrap,diff,publish,invoke,local invoke,import,rollback,watch,dev,logs'),
    ],
  ),
];
