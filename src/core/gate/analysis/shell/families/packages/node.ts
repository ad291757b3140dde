import { asks, given, installs, looksHere, makes, outside, remote, runs, when, wrapsInstalled } from '../doings';
import type { Family } from '../family';
import { type Act, tool } from '../tool';

const registry = 'registry.npmjs.org';
/** The manifest's scripts: those of the project as the session found it. */
const scripts = runs(['javascript', 'shell'], 'package.json', '.npmrc');
/** An install runs the lifecycle scripts of the manifest and of what is installed. */
const install = [
  installs(registry, 'local'),
  scripts,
  makes('node_modules'),
  when('-g --global', outside('programs of the user or the machine')),
];

const runScript: Act = {
  options: {
    flag: '--if-present --ignore-scripts --workspaces -ws --include-workspace-root --stream --parallel --recursive -r --no-bail --bail',
    value: '--workspace -w --workspace-concurrency',
  },
  reading: { stopAtOperand: true, noClusters: true },
  does: [scripts],
};
const runOptions =
  '--if-present --ignore-scripts --workspaces -ws --include-workspace-root --stream --parallel --recursive -r --no-bail --bail --workspace=a -w a --workspace-concurrency=2';

const tells: Act = {
  options: {
    flag: '--all -a --prod --production --dev --workspaces -g --global --recursive -r --long',
    value: '--depth --workspace -w --omit',
  },
  does: [looksHere('look')],
};
const tellOptions =
  '--all -a --prod --production --dev --workspaces -g --global --recursive -r --long --depth=0 --workspace=a -w a --omit=dev';

const installing: Act = {
  options: {
    flag: '--save -S --save-dev -D --dev -d --save-exact -E --exact --save-optional -O --optional --save-peer --save-prod -P --prod --production --no-save --no-audit --no-fund --legacy-peer-deps --force -f --ignore-scripts --package-lock-only --no-package-lock --global -g --workspaces --no-optional --dry-run --strict-peer-deps --no-progress --include-workspace-root --workspace-root -W --frozen-lockfile --no-frozen-lockfile --immutable --check-files --pure-lockfile --no-lockfile --latest -L --recursive -r --non-interactive --shamefully-hoist --no-cache --prefer-offline --offline',
    value: '--workspace -w --omit --include --tag --audit --fund --progress --network-timeout --mode',
  },
  does: install,
};
const installOptions =
  '--save -S --save-dev -D --dev -d --save-exact -E --exact --save-optional -O --optional --save-peer --save-prod -P --prod --production --no-save --no-audit --no-fund --legacy-peer-deps --force -f --ignore-scripts --package-lock-only --no-package-lock --workspaces --no-optional --dry-run --strict-peer-deps --no-progress --include-workspace-root --workspace-root -W --frozen-lockfile --no-frozen-lockfile --immutable --check-files --pure-lockfile --no-lockfile --latest -L --recursive -r --non-interactive --shamefully-hoist --no-cache --prefer-offline --offline --workspace=a -w a --omit=dev --include=dev --tag=x --audit=false --fund=false --progress=false --network-timeout=9 --mode=skip-build react@18';

const asking: Act = {
  options: { flag: '--production --prod', value: '--audit-level --level --omit' },
  does: [asks(registry)],
};

/** Sub-commands that change the registry or an account there. */
const publishing: Act = { does: [remote('the package registry')] };

/** Package managers of JavaScript. */
export const nodePackages: readonly Family[] = [
  tool({
    programs: ['npm'],
    options: {
      flag: '--silent -s --quiet -q --verbose --no-color --json --parseable -l',
      value: '--loglevel',
      moves: '--prefix -C',
    },
    commands: {
      'run run-script rum urn test t tst start stop restart': runScript,
      'install i in ins add ci clean-install ic install-ci-test cit it update up upgrade dedupe ddp uninstall un remove rm r rebuild rb prune':
        installing,
      'ls list ll la root prefix bin explain why query fund sbom help': tells,
      pkg: { commands: { get: { does: [looksHere('look')] }, 'set delete fix': { does: [makes('package.json')] } } },
      'view info show v search s ping audit outdated doctor': asking,
      version: {
        options: {
          flag: '--no-git-tag-version --allow-same-version --no-commit-hooks -f --force',
          value: '-m --message --preid',
        },
        does: [given('some', scripts, makes('package.json'))],
      },
      init: { options: { flag: '-y --yes' }, operands: 'none', does: [makes('package.json')] },
      pack: { options: { flag: '--dry-run', makes: '--pack-destination' }, operands: 'none', does: [scripts] },
      'exec x': {
        options: { flag: '--yes -y --no --no-install', command: '-c --call' },
        reading: { stopAtOperand: true },
        does: [wrapsInstalled],
      },
      config: { commands: { 'get list ls': { does: [looksHere('look')] } } },
      get: { does: [looksHere('look')] },
      'publish unpublish deprecate dist-tag owner access team adduser login logout token profile star unstar hook':
        publishing,
    },
    match: [
      `npm run ${runOptions} build -- --watch; npm test; npm t; npm tst; npm run-script x; npm rum x; npm urn x; npm start; npm stop; npm restart`,
      `npm install ${installOptions}`,
      'npm i; npm in; npm ins; npm add zod @types/node; npm ci; npm clean-install; npm ic; npm install-ci-test; npm cit; npm it; npm update; npm up; npm upgrade; npm dedupe; npm ddp; npm uninstall x; npm un x; npm remove x; npm rm x; npm r x; npm rebuild; npm rb; npm prune',
      `npm ls ${tellOptions}; npm list; npm ll; npm la; npm root; npm prefix; npm bin; npm explain x; npm why x; npm query x; npm fund; npm sbom; npm help x`,
      'npm pkg get name',
      'npm pkg set x=1; npm pkg delete x; npm pkg fix',
      'npm view react version; npm info x; npm show x; npm v x; npm search x; npm s x; npm ping; npm outdated; npm doctor; npm audit --production --prod --audit-level=high --level=x --omit=dev',
      'npm version patch --no-git-tag-version --allow-same-version --no-commit-hooks -f --force -m x --message=x --preid=a',
      'npm init -y --yes; npm pack --dry-run --pack-destination=out; npm config get registry',
      'npm config list',
      'npm config ls',
      'npm get x',
      'npm exec --yes -y --no --no-install -- ruff check; npm x -c ls; npm exec --call ls',
      'npm --silent -s --quiet -q --verbose --no-color --json --parseable -l --loglevel=error --prefix=. -C . ls',
    ],
    notMatch: [
      ...'publish unpublish deprecate dist-tag owner access team adduser login logout token profile star unstar hook'
        .split(' ')
        .map((name) => `npm ${name} x`),
      'npm install -g x',
      'npm install --global x',
      'npm install git+https://x.example/a.git',
      'npm install https://x.example/a.tgz',
      'npm install ../../evil',
      'npm install --registry=https://x.example',
      'npm config set registry https://x.example',
      'npm set-script a b',
      'npm exec cowsay',
      'npm --prefix /srv test',
      'npm exec -c "touch /tmp/x"',
      'npm run --script-shell=./x test',
      'npm pack --pack-destination=/srv',
      'cd /srv && npm test',
      'cd /srv && npm install',
      'cd /srv && npm version patch',
      'cd /srv && npm init -y',
      'cd /srv && npm pack',
    ],
  }),
  tool({
    programs: ['pnpm', 'yarn', 'bun'],
    options: {
      flag: '--silent -s --quiet --verbose --json',
      value: '--loglevel --reporter --filter -F',
      moves: '-C --cwd --dir',
    },
    commands: {
      'run test start t build dev lint format typecheck type-check tsc check compile e2e storybook codegen generate coverage bench test:unit test:e2e test:watch lint:fix':
        runScript,
      'install i add a ci remove rm uninstall up update upgrade dedupe rebuild prune': installing,
      'list ls why root bin licenses help': tells,
      'info view audit outdated': asking,
      exec: { reading: { stopAtOperand: true }, does: [wrapsInstalled] },
      workspace: { reading: { stopAtOperand: true }, does: [scripts] },
      workspaces: { commands: { 'run foreach list info': { reading: { stopAtOperand: true }, does: [scripts] } } },
      init: { options: { flag: '-y --yes' }, operands: 'none', does: [makes('package.json')] },
      pack: { options: { flag: '--dry-run', writes: '--out --filename' }, operands: 'none', does: [scripts] },
      'publish login logout token owner tag npm': publishing,
    },
    // Alone, yarn installs what the lock file names.
    bare: { operands: 'none', does: [installs(registry, 'local'), scripts, makes('node_modules')] },
    match: [
      `pnpm run ${runOptions} build; yarn test; bun t; pnpm start`,
      ...[
        'build',
        'dev',
        'lint',
        'format',
        'typecheck',
        'type-check',
        'tsc',
        'check',
        'compile',
        'e2e',
        'storybook',
        'codegen',
        'generate',
        'coverage',
        'bench',
        'test:unit',
        'test:e2e',
        'test:watch',
        'lint:fix',
      ].map((name) => `yarn ${name}`),
      `yarn add ${installOptions}; yarn; pnpm i; pnpm install; bun a zod; pnpm ci; yarn remove x; bun rm x; pnpm uninstall x; pnpm up; yarn update; yarn upgrade; pnpm dedupe; pnpm rebuild; pnpm prune`,
      `pnpm list ${tellOptions}; yarn ls; yarn why x; pnpm root; pnpm bin; pnpm licenses; yarn help`,
      'yarn info x; pnpm view x; pnpm outdated; pnpm audit --prod --production --audit-level=high --level=x --omit=dev',
      'pnpm exec ruff check; yarn workspace a test; yarn workspaces run build; yarn workspaces foreach run x; yarn workspaces list; yarn workspaces info',
      'yarn init -y --yes; yarn pack --dry-run --out a.tgz --filename=a.tgz',
      'pnpm --silent -s --quiet --verbose --json --loglevel=error --reporter=dot -C . --cwd=. --dir=. --filter=a -F a test',
    ],
    notMatch: [
      ...'publish login logout token owner tag npm'.split(' ').map((name) => `yarn ${name} x`),
      'yarn dlx cowsay',
      'pnpm add git+https://x.example/a',
      'yarn global add x',
      'bun x cowsay',
      'pnpm config set registry x',
      'yarn --cwd /srv test',
      'pnpm add -g x',
      'pnpm add --global x',
      'pnpm exec cowsay',
      'cd /srv && yarn workspace a test',
      'cd /srv && yarn init -y',
      'cd /srv && yarn pack',
      'cd /srv && yarn',
    ],
  }),
  tool({
    programs: ['npx', 'pnpx', 'bunx'],
    options: { flag: '--yes -y --no --no-install --quiet -q --prefer-offline --offline --bun', command: '-c --call' },
    reading: { stopAtOperand: true },
    does: [wrapsInstalled],
    match: [
      'npx --yes -y --no --no-install --quiet -q --prefer-offline --offline --bun ruff check',
      'pnpx ruff check; bunx ruff check',
      'npx -c ls; npx --call ls',
    ],
    notMatch: [
      'npx cowsay',
      'npx -p evil ruff check',
      'npx -c "touch /tmp/x"',
      'npx ruff@8 check',
      'npx https://x.example/a',
      'npx $X',
    ],
  }),
  tool({
    programs: ['corepack', 'nvm', 'fnm', 'volta', 'n'],
    commands: {
      'ls list current which version': {},
      'use install enable disable prepare pin alias default': { does: [outside('the programs of the user')] },
    },
    match: ['nvm ls; nvm list; nvm current; nvm which 20; nvm version'],
    notMatch: [
      'nvm use 20',
      'nvm install 20',
      'corepack enable',
      'corepack disable',
      'corepack prepare x',
      'volta pin node',
      'nvm alias default 20',
      'fnm default 20',
    ],
  }),
];
