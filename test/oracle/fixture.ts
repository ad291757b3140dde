/** A file of the scratch home. */
export interface Planted {
  /** Below the home folder. */
  readonly path: string;
  readonly text: string;
  readonly run?: true;
}

const file = (path: string, ...lines: readonly string[]): Planted => ({ path, text: `${lines.join('\n')}\n` });
const program = (path: string, ...lines: readonly string[]): Planted => ({ ...file(path, ...lines), run: true });

const words = ['alpha', 'beta', 'gamma', 'delta', 'beta', 'TODO alpha', 'error: none', '42'];
const table = ['id,name,size', '1,alpha,10', '2,beta,20', '3,gamma,30'];
const data = '{"name":"demo","version":"1.0.0","a":1,"b":[1,2,3],"items":[{"id":1,"name":"x"},{"id":2,"name":"y"}]}';

/** What the repository holds at its first commit. */
export const committed: readonly Planted[] = [
  file('ws/README.md', '# Demo', '', 'A project to try commands on. TODO: more.', '', '## Use', '', 'Run `npm test`.'),
  file('ws/LICENSE', 'Do what you like.'),
  file('ws/.gitignore', 'node_modules/', 'dist/', 'build/', '.venv/', '*.log', '.env', 'tmp/', '*.pyc', '__pycache__/'),
  file('ws/.editorconfig', 'root = true'),
  file('ws/.env.example', 'API_KEY=change-me', 'PORT=3000'),
  file(
    'ws/package.json',
    JSON.stringify(
      {
        name: 'demo',
        version: '1.0.0',
        license: 'MIT',
        scripts: {
          build: 'mkdir -p dist && cp src/index.js dist/index.js',
          test: 'node tests/run.js',
          lint: 'eslint src',
          format: 'prettier --write src',
          start: 'node src/index.js',
          typecheck: 'tsc --noEmit',
          clean: 'rm -rf dist',
        },
        dependencies: { left: '1.0.0' },
      },
      undefined,
      2,
    ),
  ),
  file('ws/tsconfig.json', '{ "compilerOptions": { "strict": true } }'),
  file(
    'ws/Makefile',
    ...[
      'CC ?= cc',
      '.PHONY: all build test clean lint',
      'all: build',
      'build:',
      '\tmkdir -p build',
      '\tcp src/main.c build/main.c',
    ],
    ...[
      'test:',
      '\tsh scripts/test.sh',
      'lint:',
      '\t@echo linted',
      'clean:',
      '\trm -rf build',
      'out.o: src/main.c',
      '\tcp $< $@',
    ],
  ),
  file('ws/CMakeLists.txt', 'cmake_minimum_required(VERSION 3.10)', 'project(demo NONE)'),
  file('ws/pyproject.toml', '[project]', 'name = "demo"', 'version = "1.0.0"'),
  file('ws/requirements.txt', 'left==1.0.0'),
  file('ws/src/index.js', "const { add } = require('./add');", 'console.log(add(1, 2));'),
  file('ws/src/add.js', 'exports.add = (a, b) => a + b;'),
  file('ws/src/app.ts', 'export const app = (): string => "app"; // TODO name'),
  file('ws/src/a.ts', 'export const a = 1;'),
  file('ws/src/util.ts', "import { a } from './a';", 'export const util = a;'),
  file('ws/src/main.c', '#include <stdio.h>', 'int main(void) { puts("hello"); return 0; }'),
  file('ws/src/main.py', 'from helper import greet', '', 'if __name__ == "__main__":', '    print(greet("you"))'),
  file('ws/src/helper.py', 'def greet(name):', '    return f"hello {name}"'),
  file('ws/src/lib/deep.ts', 'export const deep = 2;'),
  file('ws/src/my file.txt', 'a name with a blank'),
  file('ws/src/style.css', 'body { color: red }'),
  file(
    'ws/tests/run.js',
    "const assert = require('node:assert');",
    "const { add } = require('../src/add');",
    'assert.equal(add(1, 2), 3);',
    "console.log('ok');",
  ),
  file(
    'ws/tests/test_helper.py',
    'import unittest',
    '',
    'class T(unittest.TestCase):',
    '    def test_a(self):',
    '        self.assertEqual(1, 1)',
    '',
    'if __name__ == "__main__":',
    '    unittest.main()',
  ),
  file('ws/docs/guide.md', '# Guide', '', ...words),
  file('ws/docs/draft.md', '# Draft'),
  file('ws/docs/index.html', '<html><body><p>hello</p></body></html>'),
  program('ws/scripts/test.sh', '#!/bin/sh', 'echo tested'),
  program('ws/scripts/gen.sh', '#!/bin/sh', 'mkdir -p build', 'date > build/stamp.txt'),
  program('ws/p.sh', '#!/bin/sh', 'echo p'),
  file('ws/script.sed', 's/alpha/ALPHA/'),
  file('ws/x.jq', '.name'),
  file('ws/a.txt', ...words),
  file('ws/b.txt', ...words.slice(2), 'omega'),
  file('ws/c.txt', ...[...words].sort()),
  file('ws/file.txt', ...words),
  file('ws/data.txt', ...words),
  file('ws/list.txt', 'a.txt', 'b.txt'),
  file('ws/patterns.txt', 'alpha', 'beta'),
  file('ws/notes.md', '# Notes', ...words),
  file('ws/data.csv', ...table),
  file('ws/a.csv', ...table),
  file('ws/a.json', data),
  file('ws/b.json', data.replace('demo', 'other')),
  file('ws/data.json', data),
  file('ws/config.yaml', 'name: demo', 'items:', '  - a', '  - b'),
  file('ws/a.yaml', 'name: demo'),
  file('ws/a.xml', '<a><b>1</b></a>'),
  file('ws/a.sql', 'select 1;'),
  file('ws/a.py', 'print("a")'),
  file('ws/a.js', 'console.log("a");'),
  file('ws/a.c', 'int main(void) { return 0; }'),
  file('ws/a.sh', '#!/bin/sh', 'echo a'),
  file('ws/a.md', '# A', ...words),
  file('ws/app.txt', ...words),
  file('ws/sums.txt', 'd41d8cd98f00b204e9800998ecf8427e  empty.txt'),
  { path: 'ws/empty.txt', text: '' },
  file('ws/assets/a.txt', ...words),
  file('ws/assets/b.txt', ...words),
  file('ws/a/b.txt', 'b below a'),
  file('ws/a/c/d.txt', 'd below c'),
];

/** Symbolic links of the repository: name and target. */
export const links: readonly (readonly [string, string])[] = [
  ['link.txt', 'a.txt'],
  ['sources', 'src'],
  // What is above these is not what is above their names.
  ['deep', 'src/lib'],
  ['other-project', '../other'],
  ['outside-link', '../notes.txt'],
];

/** What lies there without being in a commit. */
export const uncommitted: readonly Planted[] = [
  file('ws/.env', 'API_KEY=oracle-canary-project', 'PORT=3000'),
  file('ws/notes.txt', 'untracked notes'),
  file('ws/debug.log', 'a line', 'error: a line', 'a third'),
  file('ws/docs/draft.md', '# Draft', '', 'changed and in no commit'),
  file('ws/dist/old.js', 'old'),
  file('ws/build/old.o', 'old'),
  file('ws/tmp/x.txt', 'x'),
  ...['eslint', 'prettier', 'tsc', 'jest', 'vitest', 'mocha', 'webpack', 'vite', 'ts-node', 'tsx', 'biome'].map(
    (name) => program(`ws/node_modules/.bin/${name}`, '#!/bin/sh', `echo ${name} "$@"`),
  ),
  file('ws/node_modules/left/package.json', '{"name":"left","version":"1.0.0","main":"index.js"}'),
  file('ws/node_modules/left/index.js', 'module.exports = 1;'),
  file('ws/.venv/pyvenv.cfg', 'home = /usr/bin', 'include-system-site-packages = false', 'version = 3.11.2'),
  file(
    'ws/.venv/bin/activate',
    'VIRTUAL_ENV=/home/me/ws/.venv',
    'export VIRTUAL_ENV',
    'PATH="$VIRTUAL_ENV/bin:$PATH"',
    'export PATH',
  ),
  ...['pytest', 'ruff', 'black', 'mypy'].map((name) =>
    program(`ws/.venv/bin/${name}`, '#!/bin/sh', `echo ${name} "$@"`),
  ),
];

/** A home with secrets in the usual places; none of them is real. */
export const home: readonly Planted[] = [
  file(
    '.ssh/id_ed25519',
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    'oracle-canary-ssh',
    '-----END OPENSSH PRIVATE KEY-----',
  ),
  file('.ssh/config', 'Host example', '  User me'),
  file('.ssh/known_hosts', 'example.com ssh-ed25519 AAAA'),
  file(
    '.aws/credentials',
    '[default]',
    'aws_access_key_id = oracle-canary',
    'aws_secret_access_key = oracle-canary-aws',
  ),
  file('.netrc', 'machine example.com login me password oracle-canary-netrc'),
  file('.npmrc', '//registry.example.com/:_authToken=oracle-canary-npm'),
  file('.config/gh/hosts.yml', 'github.com:', '  oauth_token: oracle-canary-gh'),
  file('.docker/config.json', '{"auths":{}}'),
  file('.kube/config', 'apiVersion: v1', 'kind: Config'),
  file('.gitconfig', '[user]', '\tname = Me', '\temail = me@example.com', '[init]', '\tdefaultBranch = main'),
  file('.bash_history', 'ls'),
  file('.bashrc', 'export A=1'),
  file('.profile', 'export B=1'),
  file('notes.txt', 'a note outside of the workspace'),
  file('other/readme.txt', 'another project'),
];
