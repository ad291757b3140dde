import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { message, text } from '../../../src/node/scriptedApi/script';
import { withTerminal } from '../../fakes/terminalWorld';

suite('auto-mode commands', () => {
  test('defaults: the built-in rules as JSON', () =>
    withTerminal([], async ({ run }) => {
      const { code, out } = await run(['auto-mode', 'defaults']);
      assert.equal(code, 0);
      const rules = JSON.parse(out) as readonly { readonly id: string; readonly group: string }[];
      assert.ok(rules.some(({ group, id }) => id === 'publish' && group === 'soft'));
    }));

  test('config: what is in force, with where each rule comes from, and no credentials', () =>
    withTerminal([], async ({ project, put, run }) => {
      put('config/gatehouse/settings.json', {
        permissions: { deny: ['Bash(rm:*)'] },
        autoMode: { soft_deny: ['$defaults', 'Never touch the billing code.'] },
        'claudeCode.api.customHeaders': { 'x-secret': 'hidden-value' },
        'claudeCode.autoMode.blocksInARow': 2,
      });
      put('project/.claude/settings.json', { permissions: { allow: ['Bash(ls:*)'], ask: ['Bash(git push:*)'] } });
      put('policy/managed-settings.json', { disableAutoMode: 'disable', permissions: { deny: ['WebFetch'] } });
      const { code, out } = await run(['auto-mode', 'config', '--allowed-tools', 'Bash(npm test)']);
      assert.equal(code, 0);
      const config = JSON.parse(out);
      assert.deepEqual(
        config.rules.deny.map(({ rule, source }: { rule: string; source: string }) => `${source}: ${rule}`),
        ['policy: WebFetch', 'user file: Bash(rm:*)'],
      );
      assert.deepEqual(config.rules.ask[0], {
        ...{ rule: 'Bash(git push:*)', source: 'Claude Code workspace settings' },
        file: join(project, '.claude/settings.json'),
      });
      assert.deepEqual(
        config.rules.allow.map(({ rule }: { rule: string }) => rule),
        ['Bash(npm test)'],
      );
      assert.equal(config.not_accepted, 1);
      assert.equal(config.breaker.inARow, 2);
      assert.equal(config.auto_mode.added[0].sentence, 'Never touch the billing code.');
      assert.equal(config.not_available[0].mode, 'auto');
      assert.doesNotMatch(out, /hidden-value|sk-test/);
    }));

  test('critique: the model is asked about the rules of one’s own, and only then', () =>
    withTerminal([message(text('The rule is clear.\u001b[2J'))], async ({ api, put, run }) => {
      assert.match((await run(['auto-mode', 'critique'])).out, /no rules of your own/);
      assert.equal(api.requests.length, 0);
      put('config/gatehouse/settings.json', { autoMode: { allow: ['$defaults', 'Deploying to staging is fine.'] } });
      const { code, out } = await run(['auto-mode', 'critique']);
      assert.deepEqual([code, out], [0, 'The rule is clear.⟦U+001B⟧[2J\n']);
      assert.match(JSON.stringify(api.requests[0]?.body), /Deploying to staging is fine\./);
    }));

  test('doctor: says what is missing, and its exit code says whether anything is', () =>
    withTerminal([], async ({ env, put, root, run }) => {
      put('bin/rg', '#!/bin/sh\n');
      chmodSync(join(root, 'bin/rg'), 0o755);
      const PATH = join(root, 'bin');
      const well = await run(['auto-mode', 'doctor'], '', { env: { ...env, PATH } });
      assert.equal(well.code, 0, well.out);
      assert.match(well.out, /ok {4}an API key is set/);
      assert.doesNotMatch(well.out, /sk-test/);
      const ill = await run(['auto-mode', 'doctor'], '', { env: { ...env, PATH: '/nowhere', ANTHROPIC_API_KEY: '' } });
      assert.equal(ill.code, 1);
      assert.match(ill.out, /BAD {3}No API key is set/);
      assert.match(ill.out, /BAD {3}ripgrep/);
    }));

  test('doctor: a ripgrep of the repository is none', () =>
    withTerminal([], async ({ env, project, put, run }) => {
      put('project/bin/rg', '#!/bin/sh\n');
      chmodSync(join(project, 'bin/rg'), 0o755);
      const { out } = await run(['auto-mode', 'doctor'], '', { env: { ...env, PATH: join(project, 'bin') } });
      assert.match(out, /BAD {3}ripgrep/);
    }));

  test('options that nobody knows are named', () =>
    withTerminal([], async ({ run }) => {
      const ran = await run(['auto-mode', 'config', '--nope']);
      assert.equal(ran.code, 2);
      assert.match(ran.err, /--nope/);
    }));
});

suite('shell completion', () => {
  test('in bash: flags, their values, commands', () =>
    withTerminal([], async ({ run }) => {
      const { out } = await run(['completion', 'bash']);
      const complete = (...words: string[]): string =>
        execFileSync(
          '/bin/bash',
          [
            '-c',
            `${out}\nCOMP_WORDS=(claude-auto "$@"); COMP_CWORD=$#; _claude_auto; echo "\${COMPREPLY[@]}"`,
            'x',
            ...words,
          ],
          {
            encoding: 'utf8',
          },
        ).trim();
      assert.equal(complete('--permission-mode', 's'), 'skip');
      assert.equal(complete('auto-mode', 'verify'), 'verify-log');
      assert.equal(complete('-p', '--max'), '--max-turns --max-cost');
      assert.equal(complete('auto'), 'auto-mode');
    }));

  test('for the other shells, and what is no shell', () =>
    withTerminal([], async ({ run }) => {
      assert.match((await run(['completion', 'zsh'])).out, /compdef _claude_auto claude-auto/);
      assert.match(
        (await run(['completion', 'fish'])).out,
        /complete -c claude-auto -l permission-mode -x -a 'normal auto skip'/,
      );
      assert.equal((await run(['completion', 'tcsh'])).code, 2);
    }));
});
