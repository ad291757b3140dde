import { changesOperands, listens, looksHere, makes, runs, unless, when } from '../doings';
import type { Family } from '../family';
import { type Act, tool } from '../tool';

const code = ['javascript'] as const;
/** What a tool of the project may name: nothing outside it. */
const inProject = /^(?![/~]|.*(?:^|\/)\.\.(?:\/|$))[^\n]*$/;

const testing: Act = {
  options: {
    flag: '--runInBand -i --coverage --watch --watchAll --verbose --silent --ci --bail -b --passWithNoTests --no-coverage --updateSnapshot -u --detectOpenHandles --forceExit --onlyChanged -o --findRelatedTests --listTests --no-cache --run --exit --parallel --recursive --colors --no-colors --color --no-color --globals --update --changed --typecheck --expand --all --lastCommit --onlyFailures --single-run --no-watch --json --headless --quiet --allowOnly --no-file-parallelism',
    value:
      '-t --testNamePattern --testPathPattern --testPathPatterns --maxWorkers -w --testTimeout --reporters --reporter -R --grep -g --timeout --retries --slow --shard --env --environment --project --selectProjects --seed --coverageReporters --pool --browsers --testMatch --fgrep -f --coverage.provider --coverage.reporter --browser --ui --workers --max-failures --testPathIgnorePatterns',
    looks: '--rootDir --root --dir --roots',
    runs: '-c --config --require -r --import',
    writes: '--outputFile',
    makes: '--coverageDirectory --output',
  },
  operands: 'data',
  shape: inProject,
  does: [runs(code, 'package.json')],
};

/** Test runners, linters, formatters, compilers and bundlers of JavaScript and TypeScript projects. */
export const javascriptTools: readonly Family[] = [
  tool({
    ...testing,
    programs: ['jest', 'mocha', 'ava', 'tap', 'jasmine', 'vitest', 'uvu', 'karma'],
    match: [
      'jest --runInBand -i --coverage --watch --watchAll --verbose --silent --ci --bail -b --passWithNoTests --no-coverage --updateSnapshot -u --detectOpenHandles --forceExit --onlyChanged -o --findRelatedTests --listTests --no-cache --run --exit --parallel --recursive --colors --no-colors --color --no-color --globals --update --changed --typecheck --expand --all --lastCommit --onlyFailures --single-run --no-watch --json --headless --quiet --allowOnly --no-file-parallelism src/a.test.ts',
      'vitest run -t x --testNamePattern=x --testPathPattern=x --testPathPatterns=x --maxWorkers=2 -w 2 --testTimeout=9 --reporters=default --reporter=dot -R dot --grep=x -g x --timeout=9 --retries=2 --slow=9 --shard=1/2 --env=node --environment=jsdom --project=a --selectProjects=a --seed=1 --coverageReporters=text --pool=forks --browsers=Chrome --testMatch=x --fgrep=x -f x --coverage.provider=v8 --coverage.reporter=text --browser=chromium --ui=false --workers=1 --max-failures=1 --testPathIgnorePatterns=x',
      'mocha --rootDir=src --root=. --dir=src --roots=src -c jest.config.js --config=jest.config.js --require=./test/setup.js -r ./test/setup.js --import=./test/setup.js --outputFile=out.json --coverageDirectory=coverage --output=out test',
    ],
    notMatch: [
      'jest --config /srv/x.js',
      'jest --outputFile=/srv/x',
      'jest --globalSetup=/srv/x',
      'cd /srv && jest',
      'mocha /srv/x.js',
      'mocha -r /srv/x',
    ],
  }),
  tool({
    programs: ['playwright', 'cypress', 'wdio', 'nightwatch', 'testcafe'],
    commands: {
      'test run': {
        options: {
          flag: '--headed --headless --debug --ui --list --update-snapshots -u --component --e2e --quiet',
          value:
            '--project --grep -g --workers -j --retries --reporter --spec -s --browser -b --timeout --shard --max-failures --trace',
          runs: '-c --config',
          makes: '--output',
        },
        operands: 'data',
        shape: inProject,
        does: [runs(code, 'package.json')],
      },
      'show-report show-trace merge-reports verify info version': {
        options: { value: '--host --port' },
        does: [looksHere('look')],
      },
    },
    match: [
      'playwright test --headed --headless --debug --ui --list --update-snapshots -u --component --e2e --quiet --project=chromium --grep=x -g x --workers=2 -j 2 --retries=1 --reporter=list --spec=a -s a --browser=chrome -b chrome --timeout=9 --shard=1/2 --max-failures=1 --trace=on -c playwright.config.ts --config=playwright.config.ts --output=out tests/a.spec.ts',
      'cypress run',
      'playwright show-trace a.zip --port=1 --host=localhost',
      'playwright show-report',
      'playwright merge-reports',
      'cypress verify',
      'cypress info',
      'cypress version',
    ],
    notMatch: [
      'playwright install',
      'playwright codegen https://x.example',
      'cypress open --what',
      'cd /srv && playwright test',
      'playwright test ../other',
    ],
  }),
  tool({
    programs: [
      'eslint',
      'tslint',
      'stylelint',
      'oxlint',
      'standard',
      'xo',
      'htmlhint',
      'markdownlint',
      'markdownlint-cli2',
      'remark',
      'cspell',
      'svelte-check',
      'vue-tsc',
      'knip',
      'depcheck',
      'madge',
      'publint',
      'attw',
      'ts-prune',
      'unimported',
      'lint-staged',
      'commitlint',
    ],
    options: {
      flag: '--fix --fix-dry-run --quiet -q --cache --no-cache --color --no-color --no-eslintrc --no-config-lookup --report-unused-disable-directives --no-inline-config --no-error-on-unmatched-pattern --debug --silent --verbose -v --noEmit --watch --circular --no-progress --production --strict --exit-on-fatal-error --no-warn-ignored --type-aware --deny-warnings --pretty --skipLibCheck --no-ignore --dot --summary --edit --allow-empty',
      value:
        '--ext --format -f --max-warnings --rule --env --global --parser-options --cache-strategy --cache-location --ignore-pattern --fix-type --custom-syntax --tsconfig --threshold --output --reporter --include --exclude --workspace -p --project -D -W -A --extensions --extension --from --to --last',
      runs: '--config -c',
      reads: '--ignore-path',
      writes: '--output-file -o',
    },
    operands: 'recursive',
    // The configuration is code, and loads plugins that were installed.
    does: [runs(code, 'package.json', 'eslint.config.js', '.eslintrc.js'), when('--fix', changesOperands)],
    match: [
      'eslint --fix --quiet src',
      'eslint --fix-dry-run --quiet -q --cache --no-cache --color --no-color --no-eslintrc --no-config-lookup --report-unused-disable-directives --no-inline-config --no-error-on-unmatched-pattern --debug --silent --verbose -v --noEmit --watch --circular --no-progress --production --strict --exit-on-fatal-error --no-warn-ignored --type-aware --deny-warnings --pretty --skipLibCheck --no-ignore --dot --summary --edit --allow-empty src',
      'eslint --ext .ts --format=stylish -f json --max-warnings=0 --rule=x --env=node --global=x --parser-options=x --cache-strategy=content --cache-location=.c --ignore-pattern=x --fix-type=layout --custom-syntax=x --tsconfig=tsconfig.json --threshold=error --output=human --reporter=x --include=a --exclude=b --workspace=w -p tsconfig.json --project=tsconfig.json -D x -W y -A z --extensions=ts --extension=ts --from=a --to=b --last=1 --config=eslint.config.js -c eslint.config.js --ignore-path=.gitignore --output-file=o.txt -o o.txt src',
    ],
    notMatch: [
      'eslint --rulesdir=/srv/x src',
      'eslint -o /srv/x src',
      'eslint --config /srv/x.js src',
      'eslint --plugin=evil --resolve-plugins-relative-to=/srv src',
      'cd /srv && eslint .',
      'eslint --fix /srv/x',
    ],
  }),
  tool({
    programs: ['prettier'],
    options: {
      flag: '--check -c --list-different -l --write -w --no-config --no-editorconfig --cache --no-cache --no-color --no-semi --single-quote --ignore-unknown -u --no-error-on-unmatched-pattern --use-tabs --jsx-single-quote --bracket-same-line --no-bracket-spacing --experimental-ternaries --with-node-modules',
      value:
        '--log-level --loglevel --parser --tab-width --print-width --trailing-comma --end-of-line --prose-wrap --arrow-parens --quote-props --stdin-filepath --find-config-path --file-info --support-info --cache-location',
      runs: '--config',
      reads: '--ignore-path',
    },
    operands: 'recursive',
    does: [runs(code, 'package.json'), when('--write -w', changesOperands)],
    match: [
      'prettier --write src; prettier -w src',
      'prettier --check -c --list-different -l --no-config --no-editorconfig --cache --no-cache --no-color --no-semi --single-quote --ignore-unknown -u --no-error-on-unmatched-pattern --use-tabs --jsx-single-quote --bracket-same-line --no-bracket-spacing --experimental-ternaries --with-node-modules --log-level=warn --loglevel=warn --parser=ts --tab-width=2 --print-width=99 --trailing-comma=all --end-of-line=lf --prose-wrap=always --arrow-parens=avoid --quote-props=x --stdin-filepath=a.ts --find-config-path=a --file-info=a --support-info=x --cache-location=.c --config=.prettierrc --ignore-path=.prettierignore src',
    ],
    notMatch: [
      'prettier --write /srv/x',
      'prettier --plugin=/srv/x src',
      'prettier --config /srv/x src',
      'cd /srv && prettier .',
      'prettier ~/.ssh/config',
      'prettier -w ~/.bashrc',
    ],
  }),
  tool({
    programs: ['biome', 'rome'],
    options: {
      flag: '--verbose --no-errors-on-unmatched --use-server',
      value: '--colors --log-level --max-diagnostics --diagnostic-level --reporter',
      reads: '--config-path',
    },
    commands: {
      'check lint format ci': {
        options: {
          flag: '--write --fix --apply --apply-unsafe --unsafe --staged --changed --skip-errors --error-on-warnings',
          value:
            '--since --only --skip --line-width --indent-style --linter-enabled --organize-imports-enabled --stdin-file-path',
        },
        operands: 'recursive',
        does: [looksHere(), when('--write --fix --apply --apply-unsafe', changesOperands)],
      },
      'explain version help rage': { does: [looksHere('look')] },
      'migrate init': { options: { flag: '--write' }, operands: 'data', does: [makes('biome.json')] },
    },
    match: [
      'biome check --write src; biome lint --fix src; biome format --apply src; biome ci --apply-unsafe src',
      'biome check --unsafe --staged --changed --skip-errors --error-on-warnings --since=main --only=x --skip=y --line-width=9 --indent-style=tab --linter-enabled=false --organize-imports-enabled=true --stdin-file-path=a.ts --verbose --no-errors-on-unmatched --use-server --colors=off --log-level=info --max-diagnostics=9 --diagnostic-level=error --reporter=json --config-path=. src',
      'biome explain x',
      'biome version',
      'biome help',
      'biome rage',
      'biome migrate eslint --write',
      'biome init',
    ],
    notMatch: [
      'biome check --write /srv/x',
      'biome lsp-proxy',
      'biome check ~/.ssh',
      'cd /srv && biome init',
      'cd /srv && biome check --write',
    ],
  }),
  tool({
    programs: ['tsc', 'tsgo'],
    options: {
      flag: '--noEmit --watch -w --build -b --strict --skipLibCheck --listFiles --listFilesOnly --listEmittedFiles --showConfig --pretty --incremental --declaration -d --emitDeclarationOnly --sourceMap --esModuleInterop --allowJs --checkJs --resolveJsonModule --isolatedModules --noUnusedLocals --noUnusedParameters --noImplicitAny --diagnostics --extendedDiagnostics --traceResolution --explainFiles --clean --force --verbose --dry --init --removeComments --noCheck --noErrorTruncation --composite --allowImportingTsExtensions --experimentalDecorators --emitDecoratorMetadata --preserveWatchOutput --stopBuildOnErrors --all',
      value:
        '--target -t --module -m --lib --moduleResolution --jsx --types --rootDir --baseUrl --tsBuildInfoFile --generateTrace --moduleDetection --locale',
      reads: '--project -p',
      makes: '--outDir --declarationDir',
      writes: '--outFile',
    },
    reading: { longWithOneDash: true },
    operands: 'recursive',
    does: [looksHere(), unless('--noEmit --showConfig --listFilesOnly', makes('.'))],
    match: [
      'tsc --noEmit -p tsconfig.json src/a.ts',
      'tsc --watch -w --build -b --strict --skipLibCheck --listFiles --listEmittedFiles --pretty --incremental --declaration -d --emitDeclarationOnly --sourceMap --esModuleInterop --allowJs --checkJs --resolveJsonModule --isolatedModules --noUnusedLocals --noUnusedParameters --noImplicitAny --diagnostics --extendedDiagnostics --traceResolution --explainFiles --clean --force --verbose --dry --init --removeComments --noCheck --noErrorTruncation --composite --allowImportingTsExtensions --experimentalDecorators --emitDecoratorMetadata --preserveWatchOutput --stopBuildOnErrors --all',
      'tsc --target es2022 -t es2022 --module esnext -m esnext --lib es2022 --moduleResolution bundler --jsx preserve --types node --rootDir src --baseUrl . --tsBuildInfoFile x --generateTrace t --moduleDetection force --locale de --project tsconfig.json --outDir dist --declarationDir types --outFile o.js',
      'tsc --showConfig; tsc --listFilesOnly; tsc --version; tsc --help',
    ],
    notMatch: ['tsc --outDir /srv/x', 'tsc --plugins x', 'tsc -p /srv/x --what', 'cd /srv && tsc', 'tsc ~/.ssh/x.ts'],
  }),
  tool({
    programs: ['tsx', 'ts-node', 'ts-node-esm', 'babel-node', 'esno', 'vite-node', 'swc-node'],
    options: {
      flag: '--transpile-only -T --esm --files --no-cache --swc --pretty',
      value: '--project -P --tsconfig --conditions',
      runs: '-r --require --import',
    },
    reading: { stopAtOperand: true },
    operands: 'run data',
    match: [
      'tsx --transpile-only -T --esm --files --no-cache --swc --pretty --project=tsconfig.json -P x --tsconfig=x --conditions=x -r ./setup.js --require=./setup.js --import=./setup.js src/a.ts --flag',
    ],
    notMatch: ['tsx /srv/x.ts', 'tsx -e "x"', 'tsx https://x.example/a.ts', 'ts-node -r /srv/x a.ts'],
  }),
  tool({
    programs: [
      'vite',
      'webpack',
      'rollup',
      'esbuild',
      'parcel',
      'tsup',
      'swc',
      'babel',
      'rspack',
      'rsbuild',
      'next',
      'nuxt',
      'nuxi',
      'astro',
      'unbuild',
      'ncc',
      'microbundle',
      'postcss',
      'tailwindcss',
      'sass',
      'lessc',
      'turbo',
      'nx',
      'lerna',
      'gulp',
      'grunt',
      'size-limit',
      'api-extractor',
      'typedoc',
      'jsdoc',
      'graphql-codegen',
      'openapi-typescript',
    ],
    options: {
      flag: '--watch -w --minify --bundle --sourcemap --production --dev --debug --force --silent --verbose --progress --no-cache --clean --dts --noEmit --analyze --profile --turbo --turbopack --emptyOutDir --prod --parallel --skip-nx-cache --no-bail --dry-run --stats --source-maps --no-source-map --mangle --no-lint --allow-overwrite --splitting',
      value:
        '--mode --config-name --env --target --format -f --platform --external --loader --entry --name --logLevel --log-level --filter -F --scope --projects -p --concurrency --only --base --head --jsx --define --main-fields --packages --style --output-logs --global-name --charset',
      runs: '-c --config',
      writes: '--outfile --output -o --output-file',
      makes: '--outDir --outdir --out-dir -d --dist-dir',
      reads: '--tsconfig -i --input',
    },
    commands: {
      'build generate prepare check sync lint info typecheck type-check test format export analyze bundle compile run run-many affected list ls changed graph show report docs':
        {
          operands: 'data',
          shape: inProject,
          does: [runs(code, 'package.json'), makes('.')],
        },
      'dev serve start preview watch': {
        options: { flag: '--open --strictPort', value: '--port' },
        operands: 'data',
        shape: inProject,
        does: [runs(code, 'package.json'), listens],
      },
    },
    // Anything else but a file may be a command that is not known here.
    bare: { operands: 'recursive', shape: /^[\w@-]*[./][\w@./-]*$/, does: [runs(code, 'package.json'), makes('.')] },
    match: [
      ...'build generate prepare check sync lint info typecheck type-check test format export analyze bundle compile run run-many affected list ls changed graph show report docs'
        .split(' ')
        .map((name) => `nx ${name} app`),
      ...'dev serve start preview watch'.split(' ').map((name) => `vite ${name} --open --strictPort --port=5173`),
      'esbuild src/a.ts --watch -w --minify --bundle --sourcemap --production --dev --debug --force --silent --verbose --progress --no-cache --clean --dts --noEmit --analyze --profile --turbo --turbopack --emptyOutDir --prod --parallel --skip-nx-cache --no-bail --dry-run --stats --source-maps --no-source-map --mangle --no-lint --allow-overwrite --splitting',
      'webpack --mode=production --config-name=a --env=x --target=web --format=esm -f esm --platform=node --external=x --loader=.a:text --entry=./src/a.ts --name=x --logLevel=info --log-level=info --filter=a -F a --scope=a --projects=a -p a --concurrency=2 --only=a --base=main --head=HEAD --jsx=automatic --define=a=b --main-fields=module --packages=external --style=compressed --output-logs=full --global-name=x --charset=utf8',
      'rollup -c rollup.config.js --config=rollup.config.js --outfile=dist/a.css --output=dist/a.css -o dist/a.css --output-file=dist/a.css --outDir=dist --outdir=dist --out-dir=dist -d dist --dist-dir=dist --tsconfig=tsconfig.json -i src/a.ts --input=src/a.ts',
    ],
    notMatch: [
      'vite build --outDir /srv/x',
      'vite --host 0.0.0.0',
      'esbuild a.ts --outfile=/srv/x',
      'webpack --config /srv/x',
      'esbuild --serve=0.0.0.0:80',
      'lerna publish',
      'nx release',
      'cd /srv && vite build',
      'cd /srv && vite dev',
      'cd /srv && vite',
      'nx build /srv/x',
      'vite dev /srv/x',
      'turbo login',
      'next telemetry status',
      'esbuild ~/.ssh/x',
    ],
  }),
];
