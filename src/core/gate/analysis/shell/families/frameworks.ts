import { say } from '../../../../say';
import { doubts, installs, listens, makes, remote, runs } from './doings';
import type { Family } from './family';
import { tool } from './tool';

const web = ['javascript'] as const;

/** Command line tools of frameworks: they run the project, generate code into it, or serve it to this machine. */
export const frameworks: readonly Family[] = [
  tool({
    programs: ['ng'],
    commands: {
      'build b test t lint e2e e extract-i18n': {
        options: {
          flag: '--prod --production --watch --no-watch --aot --source-map --code-coverage --fix --verbose',
          value: '--configuration -c --project --browsers --include --progress',
        },
        does: [runs(web, 'package.json', 'angular.json'), makes('dist')],
      },
      'serve s dev': {
        options: { flag: '--open -o --hmr --ssl', value: '--port --configuration -c' },
        does: [runs(web, 'package.json', 'angular.json'), listens],
      },
      'generate g': {
        options: {
          flag: '--skip-tests --dry-run -d --flat --standalone --inline-style --inline-template',
          value: '--module --prefix --style --project',
        },
        does: [runs(web, 'package.json', 'angular.json'), makes('.')],
      },
      'version v': {},
      'config get-config': { operands: 'data none' },
      'add update': {
        options: { flag: '--force --next' },
        does: [runs(web, 'package.json'), installs('registry.npmjs.org')],
      },
      'deploy analytics': { does: [remote('a deployment')] },
      'new n': { does: [doubts('command.unknown', say('it makes a project of its own'))] },
    },
    match: [
      'ng build --prod --production --watch --no-watch --aot --source-map --code-coverage --fix --verbose --browsers=ChromeHeadless --progress=false --configuration=x -c x --project=a',
      'ng b; ng t --browsers=X --include=src; ng test; ng lint; ng e2e; ng e; ng extract-i18n',
      'ng serve --open -o --hmr --ssl --port=4200 --configuration=dev -c dev; ng s; ng dev',
      'ng generate component a --skip-tests --dry-run -d --flat --standalone --inline-style --inline-template --module=x --prefix=x --style=css --project=p; ng g service b',
      'ng version; ng v; ng config projects; ng get-config a',
      'ng add @angular/material --force --next; ng update',
    ],
    notMatch: [
      'ng deploy',
      'ng analytics on',
      'ng new app',
      'ng n app',
      'ng config a b',
      'ng add ./evil',
      'cd /srv && ng build',
      'cd /srv && ng serve',
      'cd /srv && ng g x',
      'cd /srv && ng add x',
    ],
  }),
  tool({
    programs: [
      'vue-cli-service',
      'nest',
      'expo',
      'react-native',
      'gatsby',
      'eleventy',
      'docusaurus',
      'storybook',
      'start-storybook',
      'build-storybook',
      'react-scripts',
      'craco',
      'umi',
      'remix',
      'wxt',
      'electron-builder',
      'electron-forge',
      'vsce',
    ],
    commands: {
      'build test lint typecheck inspect package export prebuild doctor': {
        options: {
          flag: '--watch --coverage --no-git-tag-version --no-dependencies --verbose',
          value: '--mode --dest --config -c --watchAll',
          writes: '-o --out',
        },
        does: [runs(web, 'package.json'), makes('dist')],
      },
      'start serve dev develop': {
        options: { flag: '--open --watch', value: '--port -p --mode' },
        does: [runs(web, 'package.json'), listens],
      },
      'publish login logout unpublish': { does: [remote('a registry')] },
    },
    match: [
      'react-scripts build --verbose; react-scripts test --watchAll=false --coverage --watch; nest build; docusaurus lint; storybook inspect; expo doctor; expo prebuild; expo export; remix typecheck',
      'vsce package --no-git-tag-version --no-dependencies -o a.vsix --out=a.vsix; vue-cli-service build --mode=x --dest=dist --config=x -c x',
      'nest start --watch; vue-cli-service serve --open --port=1 -p 1 --mode=dev; remix dev; gatsby develop',
    ],
    notMatch: [
      'vsce publish',
      'vsce login x',
      'vsce logout x',
      'vsce unpublish x',
      'cd /srv && nest build',
      'cd /srv && nest start',
      'nest new x',
    ],
  }),
  tool({
    programs: ['rails', 'hugo', 'jekyll', 'middleman'],
    commands: {
      'test routes stats notes about middleware zeitwerk:check spec': {
        options: { flag: '-v --verbose -b', value: '-n --name -e -g -c' },
        does: [runs(['ruby'], 'Gemfile')],
      },
      'generate g new:post': { does: [runs(['ruby'], 'Gemfile'), makes('.')] },
      'build b': {
        options: { flag: '--drafts --minify -D --gc --trace' },
        does: [runs(['ruby']), makes('public', '_site')],
      },
      'server serve s': {
        options: { flag: '-D --drafts --livereload', value: '-p --port' },
        does: [runs(['ruby']), listens],
      },
      'db:migrate db:drop db:reset db:setup db:seed db:rollback db:create console c runner dbconsole credentials:show credentials:edit':
        {
          does: [remote('a database or runs code against it')],
        },
    },
    match: [
      'rails test -v --verbose -b -n x --name=x -e test -g x -c x; rails routes; rails stats; rails notes; rails about; rails middleware; rails zeitwerk:check; rails spec',
      'rails generate model A; rails g model A; middleman new:post x',
      'hugo build --drafts --minify -D --gc --trace; jekyll b',
      'rails server -p 3000 --port=3000; jekyll serve --drafts --livereload; hugo server -D; rails s',
    ],
    notMatch: [
      ...[
        'db:migrate',
        'db:drop',
        'db:reset',
        'db:setup',
        'db:seed',
        'db:rollback',
        'db:create',
        'console',
        'c',
        'runner x',
        'dbconsole',
        'credentials:show',
        'credentials:edit',
      ].map((name) => `rails ${name}`),
      ...['test', 'g x', 'build', 's'].map((name) => `cd /srv && rails ${name}`),
    ],
  }),
];
