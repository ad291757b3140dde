import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findBrowser } from '../lib/browser.mjs';
import { temporaryFolder } from '../lib/cleanUp.mjs';
import { installHost } from '../lib/host.mjs';
import { hostSettings } from '../lib/hostSettings.mjs';
import { noKeys } from '../lib/noKeys.mjs';
import { artefacts, root } from '../lib/project.mjs';
import { run } from '../lib/run.mjs';
import { startServer } from '../lib/startServer.mjs';

const suite = join(root, 'out', 'extension', 'index.js');

/** What is open in the editor, and which folder of suites is run there. */
const worlds = {
  /** One folder: the sample project. */
  folder: (work) => copyOfSample(join(work, 'workspace')),
  /** A workspace of two folders, the second of which is a symbolic link; the workspace file and the second folder make demands. */
  several(work) {
    copyOfSample(join(work, 'one'));
    const second = join(work, 'second');
    write(join(second, 'src', 'app.js'), 'export const two = 2;\n');
    write(join(second, '.vscode', 'settings.json'), {
      'claudeCode.permissionMode': 'skip',
      'claudeCode.permissions.deny': ['Bash(folder-deny:*)'],
      'claudeCode.permissions.allow': ['Bash(folder-allow:*)'],
    });
    write(join(second, '.claude', 'settings.json'), {
      permissions: { ask: ['Bash(claude-ask:*)'], allow: ['Bash(claude-allow:*)'] },
    });
    symlinkSync(second, join(work, 'two'), 'junction');
    const file = join(work, 'both.code-workspace');
    write(file, {
      folders: [{ path: 'one' }, { path: 'two' }],
      settings: {
        'claudeCode.permissionMode': 'skip',
        'claudeCode.permissions.deny': ['Bash(whole-deny:*)'],
        'claudeCode.permissions.allow': ['Bash(whole-allow:*)'],
      },
    });
    return file;
  },
};

function copyOfSample(folder) {
  cpSync(join(root, 'demo', 'workspace'), folder, { recursive: true });
  return folder;
}

function write(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
}

/**
 * Runs the suites inside a real extension host: the desktop VS Code at VSCODE_PATH through `@vscode/test-electron`, or the
 * browser-served one. Both load the same entry, which prints one line a test. @returns how many passed and failed
 */
export async function extensionSuite({ grep, limitMs }) {
  const total = { passed: 0, failed: 0 };
  for (const [world, open] of Object.entries(worlds)) {
    const { passed, failed } = await runWorld({ world, open, grep, limitMs });
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

async function runWorld({ world, open, grep, limitMs }) {
  const work = temporaryFolder('extension-suite');
  const opened = open(work.folder);
  const results = { passed: 0, failed: 0, ended: false };
  const said = [];
  const hear = (line) => {
    said.push(line);
    const found = /^gatehouse-test (\{.*\})$/.exec(line);
    // Everything else is the editor talking to itself.
    if (!found) return;
    const { event, title, error, passed, failed, text } = JSON.parse(found[1]);
    if (event === 'note') console.log(text);
    if (event === 'fail') console.log(`✖ ${title}\n${error}`);
    if (event === 'end') Object.assign(results, { passed, failed, ended: true });
  };
  const env = { ...noKeys, GATEHOUSE_GREP: grep ?? '', GATEHOUSE_WORLD: world };
  const desktop = process.env.VSCODE_PATH;
  await (desktop
    ? runDesktop({ program: desktop, work: work.folder, opened, env, limitMs, hear })
    : runServed({ world, opened, env, limitMs, hear }));
  work.remove();
  writeFileSync(join(artefacts, `extension-console-${world}.log`), said.join('\n'));
  if (results.ended) return results;
  console.log(
    `✖ the suites inside the extension host (${world}) did not end. The last lines of artefacts/extension-*.log are:`,
  );
  console.log(said.slice(-20).join('\n'));
  return { passed: results.passed, failed: results.failed + 1 };
}

async function runDesktop({ program, work, opened, env, limitMs, hear }) {
  const settings = join(work, 'user-data', 'User', 'settings.json');
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, JSON.stringify(hostSettings));
  const { output, timedOut } = await run(
    process.execPath,
    [join('scripts', 'suites', 'desktopHost.mjs'), program, root, suite, opened, join(work, 'user-data')],
    { cwd: root, limitMs, env: { ...process.env, ...env } },
  );
  for (const line of output.split(/\r?\n/)) hear(line);
  if (timedOut) console.log(`The desktop VS Code was ended after ${limitMs / 60_000} minutes.`);
}

async function runServed({ world, opened, env, limitMs, hear }) {
  const host = await installHost();
  const server = await startServer({
    host,
    development: true,
    log: join(artefacts, `extension-host-${world}.log`),
    env,
  });
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch(await findBrowser());
  try {
    const page = await browser.newPage();
    const ended = new Promise((resolve) => {
      page.exposeFunction('codeAutomationExit', resolve);
      setTimeout(resolve, limitMs).unref();
    });
    await page.exposeFunction('codeAutomationLog', (_type, args) => {
      for (const line of [args].flat().join(' ').split('\n')) hear(line);
    });
    await page.goto(server.url(opened, { extensionDevelopmentPath: root, extensionTestsPath: suite }));
    await ended;
  } finally {
    await browser.close();
    server.close();
  }
}
