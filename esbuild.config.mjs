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
  'src/node/ruleAnalysis.ts',
  'src/node/anthropicModel.ts',
  'src/node/demo/demo.ts',
  'src/node/documentWorker.ts',
  'src/node/mcp/mcpConnection.ts',
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

/** Schemas speak English here; the other forty languages of the library are a sixth of the terminal program. */
const fewLocales = {
  name: 'few-locales',
  setup(plugin) {
    plugin.onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/**
 * The terminal library without what it would load from compiled add-ons (reading the clipboard, a key on Windows), and in ASCII: one
 * other character makes a program of two megabytes one of four in memory.
 */
const plainTerminal = {
  name: 'plain-terminal',
  setup(plugin) {
    plugin.onLoad({ filter: /@earendil-works\/pi-tui\/dist\/native-platform\.js$/ }, () => ({
      contents:
        'export const getNativePlatformHelper = () => undefined; export const getNativeClipboard = () => undefined;',
    }));
    plugin.onLoad({ filter: /@earendil-works\/pi-tui\/dist\/.*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        /[^\x00-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    }));
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
  // The terminal program is one bundle: what is imported dynamically stays in it, and is evaluated on first use.
  {
    ...host,
    entryPoints: { program: 'src/cli/cli.ts' },
    outdir: 'dist',
    minify: !watch,
    plugins: [fewLocales, plainTerminal],
  },
  {
    ...host,
    entryPoints: { cli: 'src/cli/launch.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
    minify: !watch,
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

const wanted = [...shipped, ...(tests ? suites : [])].filter((options) => Object.keys(options.entryPoints).length > 0);
if (watch) {
  for (const options of wanted) await (await context(options)).watch();
} else {
  await Promise.all(wanted.map((options) => build(options)));
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  console.log(`built ${name} ${version}${tests ? ' and its tests' : ''}`);
}
