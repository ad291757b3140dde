import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { atExit, temporaryFolder } from './cleanUp.mjs';
import { hostSettings } from './hostSettings.mjs';
import { killTree } from './killTree.mjs';
import { Problem } from './problem.mjs';
import { manifest, root } from './project.mjs';

const startLimitMs = 60_000;

/**
 * Starts the browser-served VS Code on loopback with user data that nothing has used before.
 * @param host from `installHost`
 * @param port 0 takes a free one
 * @param trust asks whether the workspace is trusted, as a VS Code does; false trusts every folder
 * @param userSettings added to those of `hostSettings`
 * @param env added to what the extension's process inherits; `undefined` takes a variable away
 * @param development loads nothing by itself, so that the address can name the extension and its test suite
 * @param before words before the program: what it is to be started by
 * @param log the server's output goes to this file
 */
export async function startServer({
  host,
  port = 0,
  trust = false,
  userSettings = {},
  env = {},
  development = false,
  before = [],
  log,
}) {
  const data = temporaryFolder('server');
  const settingsFile = join(data.folder, 'data', 'User', 'settings.json');
  mkdirSync(dirname(settingsFile), { recursive: true });
  writeFileSync(settingsFile, JSON.stringify({ ...hostSettings, ...userSettings }, undefined, 2));
  const extensions = join(data.folder, 'extensions');
  mkdirSync(extensions);
  if (!development) {
    const { name, publisher, version } = manifest();
    symlinkSync(root, join(extensions, `${publisher}.${name}-${version}`), 'junction');
  }

  const [program, ...first] = [...before, host.node];
  const child = spawn(
    program,
    [
      ...[...first, host.server, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--server-data-dir', data.folder, '--extensions-dir', extensions],
      ...['--telemetry-level', 'off'],
      ...(development ? ['--enable-smoke-test-driver'] : []),
      ...(trust ? [] : ['--disable-workspace-trust']),
    ],
    {
      cwd: data.folder,
      env: environment(env),
      // A group of its own: Ctrl+C reaches this process alone, which then ends the server.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    },
  );
  const kill = atExit(() => child.pid && killTree(child.pid));
  const close = () => {
    kill();
    data.remove();
  };

  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log);
  child.stderr.pipe(file, { end: false });
  const listening = await new Promise((resolve, reject) => {
    let output = '';
    const fail = (why) => {
      close();
      reject(
        new Problem(`The browser-served VS Code did not start: ${why}. Its log is ${log}.\n\n${output.slice(-2000)}`),
      );
    };
    const timer = setTimeout(() => fail(`nothing was heard for ${startLimitMs / 1000} s`), startLimitMs);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with code ${code}${port ? `; is port ${port} in use?` : ''}`));
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      file.write(chunk);
      output += chunk;
      const heard = /agent listening on (\d+)/.exec(output);
      if (!heard) return;
      clearTimeout(timer);
      resolve(Number(heard[1]));
      output = '';
    });
  });

  const authority = `127.0.0.1:${listening}`;
  return {
    /** The address of the workbench with a folder or a workspace file open. `payload` has effect with `development` only. */
    url(opened, payload) {
      const query = new URLSearchParams({
        [opened.endsWith('.code-workspace') ? 'workspace' : 'folder']: posix(opened),
      });
      if (payload) {
        const remote = Object.entries(payload).map(([key, path]) => [
          key,
          `vscode-remote://${authority}${posix(path)}`,
        ]);
        query.set('payload', JSON.stringify(remote));
      }
      return `http://${authority}/?${query}`;
    },
    /** The user's settings file as it is now, comments and all. */
    readUserSettings: () => readFileSync(settingsFile, 'utf8'),
    settingsFile,
    dataFolder: data.folder,
    pid: child.pid,
    /** Ends the server, the extension's process and everything they started, and removes the user data. */
    close,
    /** Resolves with the exit code when the server ends by itself. */
    ended: new Promise((resolve) => child.once('exit', resolve)),
  };
}

/** What belongs to the editor or to npm around this process would confuse the one being started. */
function environment(more) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE|ELECTRON|npm|GATEHOUSE)_/i.test(name) && name !== 'NODE_OPTIONS',
  );
  const merged = { ...Object.fromEntries(inherited), ...more };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

/** A path as it stands in an address: `C:\a` is `/c:/a`. */
const posix = (path) => (process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path);
