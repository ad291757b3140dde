import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findBrowser } from '../lib/browser.mjs';
import { temporaryFolder } from '../lib/cleanUp.mjs';
import { installHost } from '../lib/host.mjs';
import { artefacts, root } from '../lib/project.mjs';
import { startServer } from '../lib/startServer.mjs';

const suite = join(root, 'out', 'extension', 'index.js');
/** The suites bring their own key and server. */
const noKeys = { ANTHROPIC_API_KEY: undefined, ANTHROPIC_AUTH_TOKEN: undefined, ANTHROPIC_BASE_URL: undefined };

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
  const hear = (line) => {
    const found = /^gatehouse-test (\{.*\})$/.exec(line);
    if (!found) return console.log(line);
    const { event, title, error, passed, failed } = JSON.parse(found[1]);
    if (event === 'fail') console.log(`✖ ${title}\n${error}`);
    if (event === 'end') Object.assign(results, { passed, failed, ended: true });
  };
  const desktop = process.env.VSCODE_PATH;
  await (desktop ? runDesktop(desktop, folder, grep, hear) : runServed(folder, grep, limitMs, hear));
  work.remove();
  if (results.ended) return results;
  console.log('✖ the suites inside the extension host did not end; artefacts/extension-host.log may say why');
  return { passed: results.passed, failed: results.failed + 1 };
}

async function runDesktop(vscodeExecutablePath, folder, grep, hear) {
  const { runTests } = createRequire(join(root, 'package.json'))('@vscode/test-electron');
  const log = console.log;
  // test-electron has no way to hand over the output; it prints it.
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk, ...rest) => {
    for (const line of String(chunk).split('\n')) if (line.startsWith('gatehouse-test ')) hear(line.trim());
    return write(chunk, ...rest);
  };
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      extensionTestsEnv: { ...noKeys, GATEHOUSE_GREP: grep ?? '' },
      launchArgs: [folder, '--disable-workspace-trust', '--disable-extensions'],
    });
  } catch (error) {
    log(String(error));
  } finally {
    process.stdout.write = write;
  }
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
  const browser = await chromium.launch(await findBrowser(host.node));
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
