import { strict as assert } from 'node:assert';
import { locate } from '../../../../src/core/gate/paths';
import { protectionOf } from '../../../../src/core/gate/protectedPaths';
import { place, virtual } from './analysis/analysisWorld';

const protection = (path: string) => {
  const found = locate(path, virtual);
  return found.ok ? protectionOf(found.at, place, virtual) : 'strange';
};

suite('protected paths', () => {
  const settings = [
    '.git/config',
    '.git',
    '.git/worktrees/x/commondir',
    'packages/a/.git/hooks/pre-commit',
    '.gitattributes',
    '.gitmodules',
    '.vscode/settings.json',
    'team.code-workspace',
    '.idea/workspace.xml',
    '.husky/pre-commit',
    '.devcontainer/devcontainer.json',
    '.cargo/config.toml',
    '.cursor/rules/x.mdc',
    '.claude/settings.json',
    '.codex/config.toml',
    '.gemini/.env',
    'CLAUDE.md',
    'docs/AGENTS.md',
    '.github/workflows/ci.yml',
    '.github/copilot-instructions.md',
    '.gitlab-ci.yml',
    '.envrc',
    '.npmrc',
    '.yarnrc.yml',
    '.pnpmfile.cjs',
    '.mcp.json',
    '.pre-commit-config.yaml',
    'lefthook.yml',
    'gradle/wrapper/gradle-wrapper.properties',
    'sitecustomize.py',
    'lib/evil.pth',
    'node_modules/.bin/eslint',
    '.venv/bin/python',
    'bare/HEAD',
    'bare/config',
  ];
  for (const path of settings) {
    test(`${path} is settings, in any case`, () => {
      assert.equal(protection(`/home/me/ws/${path}`), 'settings');
      assert.equal(protection(`/home/me/ws/${path.toUpperCase()}`), 'settings');
    });
  }

  test('characters that do not show are no disguise', () => {
    for (const path of ['.g\u200cit/config', '.git\u00ad/config', '\uff0egit/config'])
      assert.equal(protection(`/home/me/ws/${path}`), 'settings', JSON.stringify(path));
  });

  for (const path of [
    'src/index.ts',
    'docs/.vscode-guide.md',
    'src/git/config.ts',
    'src/hooks/useThing.ts',
    'tests/settings.test.ts',
    'gitignore.md',
    'src/head.ts',
    'environment/bin.ts',
  ])
    test(`${path} is not protected`, () => assert.equal(protection(`/home/me/ws/${path}`), undefined));

  for (const [path, expected] of [
    ['/home/me/.bashrc', 'startup'],
    ['/home/me/.ssh/authorized_keys', 'startup'],
    ['/home/me/.config/autostart/x.desktop', 'startup'],
    ['/home/me/Library/LaunchAgents/x.plist', 'startup'],
    ['/home/other/.profile', 'startup'],
    ['/etc/cron.d/x', 'startup'],
    ['/etc/hosts', 'startup'],
    ['/usr/bin/git', 'system'],
    ['/home/me/.config/gatehouse/settings.json', 'ours'],
    ['/home/me/ws/package.json', 'executed'],
    ['/home/me/ws/Makefile', 'executed'],
    ['/home/me/ws/vite.config.ts', 'executed'],
    ['/home/me/ws/node_modules/x/index.js', 'executed'],
    ['/home/me/ws/src/a.ts', undefined],
    ['/scratch/session/a.txt', undefined],
  ] as const)
    test(`${path} is ${expected ?? 'free'}`, () => assert.equal(protection(path), expected));

  test('a link into a protected place is as protected as the place', () => {
    const at = { path: '/home/me/ws/notes.txt', real: '/home/me/.bashrc' };
    assert.equal(protectionOf(at, place, virtual), 'startup');
  });
});
