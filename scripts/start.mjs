// npm start: installs, builds, and opens a real VS Code with the extension and a sample workspace.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from './lib/cleanUp.mjs';
import { createDemoWorkspace } from './lib/demoWorkspace.mjs';
import { installDependencies } from './lib/dependencies.mjs';
import { hostSettings } from './lib/hostSettings.mjs';
import { main, Problem } from './lib/problem.mjs';
import { artefacts, root } from './lib/project.mjs';
import { run } from './lib/run.mjs';

const help = `npm start -- [options]

  --browser          the browser-served VS Code, even when a desktop one is installed
  --workspace DIR    open this folder instead of a fresh copy of the sample project
  --port N           port of the browser-served VS Code (a free one by default)
  --no-open          do not open a browser window
  --check            start, wait in a headless browser until the extension is there, and end`;

await main(async () => {
  const { values } = parseArgs({
    options: {
      browser: { type: 'boolean' },
      workspace: { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean' },
      check: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return console.log(help);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Problem(`--port must be a port number; ${values.port} is not.`);

  await installDependencies();
  const built = await run(process.execPath, ['esbuild.config.mjs'], { cwd: root });
  if (built.code !== 0) throw new Problem(`The build failed:\n${built.output}`);
  const folder = await workspaceFolder(values.workspace);
  // The sample is ours; whether a folder of the person's is trusted is for them to say.
  const trust = values.workspace !== undefined;

  const desktop = values.browser || values.check ? undefined : desktopProgram();
  if (desktop) return openDesktop(desktop, folder, trust);
  return openServed(folder, port, trust, values);
});

async function workspaceFolder(chosen) {
  if (chosen === undefined) return (await createDemoWorkspace()).folder;
  const folder = resolve(chosen);
  if (!existsSync(folder)) throw new Problem(`--workspace is ${folder}, which does not exist.`);
  return folder;
}

/** VSCODE_PATH, `code` on PATH, or the usual places; undefined where there is no screen to open it on. */
function desktopProgram() {
  const chosen = process.env.VSCODE_PATH;
  if (chosen && !existsSync(chosen)) throw new Problem(`VSCODE_PATH is ${chosen}, which does not exist.`);
  if (chosen) return chosen;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code', 'code-insiders', 'codium'];
  // Inside a remote window or WSL, `code` on PATH is another machine's editor, which does not find this folder.
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !/remote-cli|^\/mnt\//.test(folder));
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const usual = {
    darwin: ['/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code'],
    win32: [join(process.env.LOCALAPPDATA ?? '', 'Programs', 'Microsoft VS Code', 'bin', 'code.cmd')],
  };
  return [...onPath, ...(usual[process.platform] ?? [])].find((path) => existsSync(path));
}

/** A window of its own, with settings of its own: nothing of the person's editor is used or changed. */
async function openDesktop(program, folder, trust) {
  const data = temporaryFolder('desktop');
  const user = join(data.folder, 'user', 'User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify(hostSettings, undefined, 2));
  console.log(`Opening ${program} with the extension and ${folder}. This ends when its window is closed.`);
  const { code, output } = await run(
    program,
    [
      ...[`--extensionDevelopmentPath=${root}`, `--user-data-dir=${join(data.folder, 'user')}`],
      ...[
        `--extensions-dir=${join(data.folder, 'extensions')}`,
        '--new-window',
        '--wait',
        ...(trust ? [] : ['--disable-workspace-trust']),
        folder,
      ],
    ],
    { limitMs: 2 ** 31 - 1, shell: process.platform === 'win32' },
  );
  if (code !== 0)
    throw new Problem(
      `VS Code ended with code ${code}:\n${output.slice(-2000)}\nUse --browser for the browser-served one.`,
    );
  return 0;
}

async function openServed(folder, port, trust, { check, 'no-open': noOpen }) {
  const { installHost } = await import('./lib/host.mjs');
  const { startServer } = await import('./lib/startServer.mjs');
  const host = await installHost();
  const server = await startServer({ host, port, trust, log: join(artefacts, 'start.log') });
  const url = server.url(folder);
  if (check) {
    await waitForExtension(url);
    server.close();
    console.log('The workbench and the extension are there.');
    return 0;
  }
  console.log(`\n  VS Code with the extension is at\n\n    ${url}\n\n  Workspace: ${folder}\n  Ctrl+C ends it.\n`);
  if (!noOpen) openBrowser(url);
  const code = await server.ended;
  throw new Problem(`The browser-served VS Code ended by itself (code ${code}). Its log is artefacts/start.log.`);
}

async function waitForExtension(url) {
  const { findBrowser } = await import('./lib/browser.mjs');
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch(await findBrowser());
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(url);
    await page.locator('[id*="gatehouse.permissionMode"]').waitFor({ timeout: 90_000 });
  } finally {
    await browser.close();
  }
}

function openBrowser(url) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  if (opener === 'xdg-open' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  // The address is on the screen; nothing is lost when no browser can be opened.
  child.once('error', () => {});
  child.unref();
}
