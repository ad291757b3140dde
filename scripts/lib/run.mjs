import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { atExit } from './cleanUp.mjs';
import { killTree } from './killTree.mjs';

/**
 * Runs a program to its end.
 * @param limitMs the whole tree is killed after this time, and `timedOut` is true
 * @param show prints what it writes as it comes, as well as keeping it
 * @returns exit code (null when killed) and both outputs in the order they came
 */
export function run(command, args, { cwd, env = process.env, limitMs = 600_000, show = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const kill = atExit(() => child.pid && killTree(child.pid));
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, limitMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk) => {
        output += chunk;
        if (show) process.stdout.write(chunk);
      });
    }
    child.once('error', (error) => finish(127, `${basename(command)}: ${error.message}\n`));
    child.once('close', (code) => finish(code, ''));

    function finish(code, more) {
      clearTimeout(timer);
      kill();
      resolve({ code, output: output + more, timedOut });
    }
  });
}

/**
 * Runs npm, the one that started this script when there is one, without what that one put into the environment about this project.
 */
export function npm(args, options) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(package_|lifecycle_|config_(local_|global_)?prefix$|command$)|^INIT_CWD$/i.test(name),
    ),
  );
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const cli = process.env['npm_execpath'];
  if (cli && /npm-cli\.c?js$/.test(cli)) return run(process.execPath, [cli, ...args, ...quiet], { env, ...options });
  // npm is a .cmd file on Windows, which only a shell starts.
  return run('npm', [...args, ...quiet], { env, shell: process.platform === 'win32', ...options });
}
