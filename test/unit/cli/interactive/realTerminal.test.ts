import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { trustedFolders } from '../../../../src/cli/agent/trust';
import { message, text, toolUse } from '../../../../src/node/scriptedApi/script';
import { withTerminal } from '../../../fakes/terminalWorld';

/** The program as it ships, in a pseudo-terminal: what the emulator of the other tests stands in for. */
suite('the interactive terminal program in tmux', function () {
  this.timeout(40_000);
  const socket = `claude-auto-test-${process.pid}`;
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });

  async function shows(what: RegExp): Promise<string> {
    for (const until = Date.now() + 10_000; ; ) {
      const screen = tmux('capture-pane', '-p', '-t', 'x');
      if (what.test(screen)) return screen;
      assert.ok(Date.now() < until, `${what} is not on the screen:\n${screen}`);
      await new Promise((wait) => setTimeout(wait, 50));
    }
  }

  suiteSetup(function () {
    if (spawnSync('tmux', ['-V']).status === 0) return;
    console.log('– not run: the interactive program in tmux, because there is no tmux on this machine');
    this.skip();
  });
  teardown(() => void spawnSync('tmux', ['-L', socket, 'kill-server']));

  test('keys, another size, left with Ctrl+C twice, and the terminal is as it was', () =>
    withTerminal(
      [message(toolUse('Bash', { command: 'touch made.txt' })), message(text('All right.'))],
      async ({ env, project, root }) => {
        trustedFolders(join(root, 'data/gatehouse')).add(project);
        const variables = Object.entries({ ...env, HOME: join(root, 'home'), TERM: 'xterm-256color' });
        const script = [
          ...variables.map(([name, value]) => `export ${name}='${value}'`),
          `cd '${project}'`,
          `'${process.execPath}' '${resolve('dist/cli.js')}'`,
          'echo "left with $?"; stty -a | tr " " "\\n" | grep -x -e icanon -e echo; exec cat',
        ];
        writeFileSync(join(root, 'start.sh'), script.join('\n'));
        tmux('new-session', '-d', '-s', 'x', '-x', '90', '-y', '30', '/bin/bash', join(root, 'start.sh'));
        await shows(/Normal · claude-sonnet-4-6 · project/);
        tmux('send-keys', '-t', 'x', 'BTab');
        await shows(/Auto · claude-sonnet-4-6/);
        tmux('send-keys', '-t', 'x', 'BTab');
        await shows(
          process.getuid?.() === 0 ? /Normal ·|Skip permissions in this terminal/ : /Skip permissions in this terminal/,
        );
        tmux('send-keys', '-t', 'x', 'BTab');
        await shows(process.getuid?.() === 0 ? /Normal ·|Auto ·/ : /Normal ·/);
        tmux('send-keys', '-t', 'x', '/mode normal', 'Enter');
        await shows(/ Normal ·/);
        tmux('send-keys', '-t', 'x', 'Make it.', 'Enter');
        await shows(/May “Bash: touch made\.txt” run\?[\s\S]*Enter answers/);
        tmux('resize-window', '-t', 'x', '-x', '60', '-y', '24');
        await shows(/❯ {2}1\. Deny/);
        tmux('send-keys', '-t', 'x', 'Enter');
        await shows(/You denied this[\s\S]*All right\./);
        tmux('send-keys', '-t', 'x', 'C-c');
        await shows(/Press Ctrl\+C again to leave/);
        tmux('send-keys', '-t', 'x', 'C-c');
        await shows(
          /All right\.[\s\S]*Go on with this session: claude-auto --resume [0-9a-f]{8}[\s\S]*left with 0\n(?:echo\nicanon|icanon\necho)/,
        );
      },
    ));
});
