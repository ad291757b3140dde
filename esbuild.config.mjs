// Builds what ships (dist/) and, with --tests, the test suites (out/).
// A dynamic import of a module listed in `lazy` becomes its own file, loaded on first use: that keeps activation small.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { build, context } from 'esbuild';

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

/** Modules that are loaded on first use. The file in dist/ has the module's base name. */
const lazy = [
  'src/extension/agentHost.ts',
  'src/extension/ruleAnalysis.ts',
  'src/node/anthropicModel.ts',
  'src/node/demo/demo.ts',
  'src/node/documentWorker.ts',
  'src/node/otlpDecisions.ts',
  'src/node/pageText.ts',
  'src/node/pdfText.ts',
].filter((file) => existsSync(file));

const lazyImports = {
  name: 'lazy-imports',
  setup(plugin) {
    plugin.onResolve({ filter: /^\./ }, (args) => {
      if (args.kind !== 'dynamic-import' || args.importer.includes('node_modules')) return undefined;
      const file = relative(process.cwd(), resolve(args.resolveDir, `${args.path}.ts`));
      if (!lazy.includes(file)) throw new Error(`${file} is imported dynamically but not listed in esbuild.config.mjs`);
      return { path: `./${basename(file, '.ts')}.js`, external: true };
    });
  },
};

const common = { bundle: true, sourcemap: true, logLevel: 'warning', legalComments: 'none' };
// What Node would load of it calls `require` in a way that no bundler sees.
const alias = { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' };
const host = { ...common, alias, platform: 'node', target: 'node20', format: 'cjs', external: ['vscode'] };
const present = (file) => existsSync(file);
const testFiles = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `${folder}/${file}`);

const shipped = [
  {
    ...host,
    entryPoints: ['src/extension/extension.ts', ...lazy].filter(present),
    outdir: 'dist',
    entryNames: '[name]',
    minify: !watch,
    plugins: [lazyImports],
  },
  {
    ...host,
    entryPoints: ['src/cli/cli.ts'].filter(present),
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
    minify: !watch,
    plugins: [lazyImports],
  },
  {
    ...common,
    entryPoints: ['src/webview/chat.ts'].filter(present),
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: !watch,
  },
];

// Unit tests and end-to-end specs run under mocha in Node (ES modules, shared chunks); the extension suite is loaded by the
// extension host, as one CommonJS file.
const suites = [
  {
    ...common,
    entryPoints: [...testFiles('test/unit'), ...testFiles('test/e2e')],
    outdir: 'out',
    outbase: 'test',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    packages: 'external',
    outExtension: { '.js': '.mjs' },
  },
  {
    ...host,
    entryPoints: ['test/extension/index.ts'].filter(present),
    outdir: 'out/extension',
    external: ['vscode', 'mocha'],
  },
];

const wanted = [...shipped, ...(tests ? suites : [])].filter((options) => options.entryPoints.length > 0);
if (watch) {
  for (const options of wanted) await (await context(options)).watch();
} else {
  await Promise.all(wanted.map((options) => build(options)));
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  console.log(`built ${name} ${version}${tests ? ' and its tests' : ''}`);
}
