import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
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

/**
 * Runs the suites inside a real extension host: the desktop VS Code at VSCODE_PATH through `@vscode/test-electron`, or the
 * browser-served one. Both load the same entry, which prints one line a test. @returns how many passed and failed
 */
export async function extensionSuite({ grep, limitMs }) {
  const work = temporaryFolder('extension-suite');
  const folder = join(work.folder, 'workspace');
  mkdirSync(folder);
  cpSync(join(root, 'demo', 'workspace'), folder, { recursive: true });
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
  const desktop = process.env.VSCODE_PATH;
  await (desktop
    ? runDesktop(desktop, work.folder, folder, grep, limitMs, hear)
    : runServed(folder, grep, limitMs, hear));
  work.remove();
  writeFileSync(join(artefacts, 'extension-console.log'), said.join('\n'));
  if (results.ended) return results;
  console.log('✖ the suites inside the extension host did not end. See artefacts/extension-*.log; the last lines are:');
  console.log(said.slice(-20).join('\n'));
  return { passed: results.passed, failed: results.failed + 1 };
}

async function runDesktop(program, work, folder, grep, limitMs, hear) {
  const settings = join(work, 'user-data', 'User', 'settings.json');
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, JSON.stringify(hostSettings));
  const { output, timedOut } = await run(
    process.execPath,
    [join('scripts', 'suites', 'desktopHost.mjs'), program, root, suite, folder, join(work, 'user-data')],
    { cwd: root, limitMs, env: { ...process.env, ...noKeys, GATEHOUSE_GREP: grep ?? '' } },
  );
  for (const line of output.split(/\r?\n/)) hear(line);
  if (timedOut) console.log(`The desktop VS Code was ended after ${limitMs / 60_000} minutes.`);
}

async function runServed(folder, grep, limitMs, hear) {
  const host = await installHost();
  const server = await startServer({
    host,
    development: true,
    log: join(artefacts, 'extension-host.log'),
    env: { ...noKeys, GATEHOUSE_GREP: grep ?? '' },
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
    await page.goto(server.url(folder, { extensionDevelopmentPath: root, extensionTestsPath: suite }));
    await ended;
  } finally {
    await browser.close();
    server.close();
  }
}
