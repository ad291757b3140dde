import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';

interface Layer {
  /** Whether a file of the layer may import this file of `src`, given without its extension. */
  readonly mayImport: (file: string) => boolean;
  readonly node: boolean;
  readonly vscode: boolean;
  /** The Anthropic client. */
  readonly sdk: boolean;
}

const within =
  (...places: readonly string[]) =>
  (file: string) =>
    places.some((place) => file === place || file.startsWith(`${place}/`));

const layers: Readonly<Record<string, Layer>> = {
  core: { mayImport: within('core'), node: false, vscode: false, sdk: false },
  node: { mayImport: within('core', 'node'), node: true, vscode: false, sdk: true },
  cli: { mayImport: within('core', 'node', 'cli', '../package.json'), node: true, vscode: false, sdk: false },
  extension: {
    mayImport: within('core', 'node', 'extension', 'webview/protocol'),
    node: true,
    vscode: true,
    sdk: false,
  },
  webview: { mayImport: within('webview'), node: false, vscode: false, sdk: false },
};

/** What a file imports or re-exports, types included, and `undefined` for what only running it would tell. */
function importsOf(source: string): readonly (string | undefined)[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const statements = code.matchAll(/^\s*(?:import|export)\b(?:[^'"`;()=]*?\bfrom)?\s*(['"])([^'"\n]+)\1/gm);
  const calls = code.matchAll(/(?<![.\w])(?:import|require)\s*\(\s*(?:(['"])([^'"\n]+)\1\s*[,)])?/g);
  return [...statements, ...calls].map(([, , name]) => name);
}

/** @param file below `src`, with forward slashes */
function violations(file: string, source: string): readonly string[] {
  const layer = layers[file.split('/', 1)[0] ?? ''];
  if (!layer) return [`${file} is in no layer`];
  return importsOf(source).flatMap((name) => {
    const wrong = name === undefined ? 'a computed import' : complaint(layer, file, name);
    return wrong ? [`${file}: ${wrong}`] : [];
  });
}

function complaint(layer: Layer, file: string, name: string): string | undefined {
  if (name.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(file), name)).replace(/\.(ts|js)$/, '');
    return layer.mayImport(target) ? undefined : `imports ${target}`;
  }
  const bare = name.replace(/^node:/, '').split('/', 1)[0] ?? '';
  if (name.startsWith('node:') || builtinModules.includes(bare)) {
    if (!layer.node) return `imports ${name}`;
    return bare === 'child_process' && !file.startsWith('node/') ? `starts processes (${name})` : undefined;
  }
  if (name === 'vscode') return layer.vscode ? undefined : 'imports vscode';
  if (name.startsWith('@anthropic-ai/')) return layer.sdk ? undefined : `imports ${name}`;
  return name.startsWith('/') ? `imports ${name}` : undefined;
}

suite('layering', () => {
  test('imports run one way in every file of src', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => /\.m?ts$/.test(file));
    assert.ok(files.length > 100, `${files.length} files were read`);
    assert.deepEqual(
      files.flatMap((file) => violations(file, readFileSync(`src/${file}`, 'utf8'))),
      [],
    );
  });

  const forbidden: readonly (readonly [rule: string, file: string, source: string])[] = [
    ['the core knows no editor', 'core/a.ts', `import { window } from 'vscode';`],
    ['the core knows no editor types', 'core/a.ts', `import type { Uri } from 'vscode';`],
    ['the core knows no Node', 'core/a.ts', `import { join } from 'node:path';`],
    ['the core knows no Node by its short names', 'core/a.ts', `import { readFile } from 'fs/promises';`],
    ['the core knows no Node by a call', 'core/a.ts', `const { join } = require('node:path');`],
    ['the core knows no client', 'core/a.ts', `import Anthropic from '@anthropic-ai/sdk';`],
    ['the core knows no part of the client', 'core/a.ts', `import { Stream } from '@anthropic-ai/sdk/streaming';`],
    ['the core knows no ports on Node', 'core/gate/a.ts', `import { nodeClock } from '../../node/nodeClock';`],
    ['the core knows no types of the extension', 'core/a.ts', `import type { A } from '../extension/a';`],
    ['the core knows no page', 'core/a.ts', `export * from '../webview/protocol';`],
    ['the core knows no terminal program', 'core/a.ts', `import '../cli/cli';`],
    ['an import over several lines is seen', 'core/a.ts', `import {\n  a,\n  type B,\n} from\n  '../node/a';`],
    ['a type in place is seen', 'core/a.ts', `type A = import('../node/a').A;`],
    ['a computed import is not accepted', 'core/a.ts', 'const a = await import(`../node/$' + '{name}`);'],
    ['a path around src is seen', 'core/a.ts', `import { a } from '../core/../node/a';`],
    ['an absolute path is seen', 'core/a.ts', `import { a } from '/usr/lib/a.js';`],
    ['node knows no editor', 'node/a.ts', `import { window } from 'vscode';`],
    ['node knows no extension', 'node/a.ts', `import { a } from '../extension/a';`],
    ['node knows no page', 'node/a.ts', `import type { ToPage } from '../webview/protocol';`],
    ['the terminal program knows no editor', 'cli/a.ts', `import { window } from 'vscode';`],
    ['the terminal program knows no extension', 'cli/a.ts', `import { a } from '../extension/a';`],
    ['the terminal program starts no process', 'cli/a.ts', `import { spawn } from 'node:child_process';`],
    ['the extension knows only the protocol of the page', 'extension/a.ts', `import { a } from '../webview/composer';`],
    ['the extension knows no terminal program', 'extension/a.ts', `import { a } from '../cli/cli';`],
    ['the extension knows no client', 'extension/a.ts', `import type { A } from '@anthropic-ai/sdk';`],
    ['the extension starts no process', 'extension/a.ts', `import { spawn } from 'child_process';`],
    ['the page knows no core', 'webview/a.ts', `import { say } from '../core/say';`],
    ['the page knows no types of the core', 'webview/a.ts', `import type { Mode } from '../core/gate/modes';`],
    ['the page knows no extension', 'webview/items/a.ts', `import { a } from '../../extension/a';`],
    ['the page knows no editor', 'webview/a.ts', `import type { Webview } from 'vscode';`],
    ['the page knows no Node', 'webview/a.ts', `import { join } from 'node:path';`],
    ['every folder is a layer', 'shared/a.ts', ''],
    ['nothing lies beside the layers', 'a.ts', ''],
  ];
  for (const [rule, file, source] of forbidden) {
    test(rule, () => assert.equal(violations(file, source).length, 1, source));
  }

  const allowed: readonly (readonly [what: string, file: string, source: string])[] = [
    [
      'the core uses itself and pure libraries',
      'core/gate/a.ts',
      `import { z } from 'zod';\nimport { say } from '../say';`,
    ],
    [
      'the core may name a module in a comment',
      'core/a.ts',
      `// import { join } from 'node:path';\n/* import 'vscode'; */`,
    ],
    [
      'node uses the core, Node and the client',
      'node/a.ts',
      `import '../core/a';\nimport 'node:child_process';\nimport '@anthropic-ai/sdk';`,
    ],
    [
      'the terminal program uses core and node',
      'cli/a.ts',
      `import '../core/a';\nimport '../node/a';\nimport 'node:fs';`,
    ],
    [
      'the extension uses core, node and the protocol',
      'extension/a.ts',
      `import 'vscode';\nimport '../core/a';\nimport '../node/a';\nimport '../webview/protocol';`,
    ],
    [
      'the page uses itself and its libraries',
      'webview/items/a.ts',
      `import '../dom';\nimport { marked } from 'marked';`,
    ],
  ];
  for (const [what, file, source] of allowed) test(what, () => assert.deepEqual(violations(file, source), []));
});
