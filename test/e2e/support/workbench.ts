import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Frame, type Locator, type Page } from 'playwright-core';
import { findBrowser } from '../../../scripts/lib/browser.mjs';
import { installHost } from '../../../scripts/lib/host.mjs';
import { noKeys } from '../../../scripts/lib/noKeys.mjs';
import { artefacts, root } from '../../../scripts/lib/project.mjs';
import { startServer } from '../../../scripts/lib/startServer.mjs';

export interface WorkbenchOptions {
  /** Workspace-relative path to content, besides the sample project. */
  readonly files?: Readonly<Record<string, string>>;
  /** User settings by their full key. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension's process. Keys of this machine never get there. */
  readonly env?: Readonly<Record<string, string>>;
  /** Opens the folder in Restricted Mode, as an editor does with a folder it does not know. */
  readonly untrusted?: boolean;
  /** Words before the server's program. */
  readonly before?: readonly string[];
}

/** A real VS Code in a real browser, with the extension and a copy of the sample project. */
export interface Workbench {
  readonly page: Page;
  readonly folder: string;
  /** The status-bar item of the permission mode. */
  readonly mode: Locator;
  readonly dialog: Locator;
  /** Runs a command from the palette. */
  command(title: string): Promise<void>;
  /** The frame of the chat page, the view opened when it is not. */
  chat(): Promise<Frame>;
  /** Types a message into the chat box and sends it; resolves when the turn has begun. */
  send(text: string): Promise<void>;
  /** Resolves when no turn runs. */
  settled(): Promise<void>;
  /** The user's settings as they are on disk. */
  userSettings(): string;
  text(path: string): string | undefined;
  /** Changes a file of the workspace, as somebody else would. */
  write(path: string, content: string): void;
  /** Kept under artefacts/screenshots. */
  screenshot(name: string): Promise<void>;
  /** Loads the workbench anew, as after a reload of the window. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

const pages = new Set<Page>();
let opened = 0;

/** What was on the screen when a test failed is kept under artefacts/e2e, as is what each workbench showed last. */
teardown(async function () {
  if (this.currentTest?.state !== 'failed') return;
  const name = this.currentTest.title.replace(/[^\w]+/g, '-');
  let count = 0;
  for (const page of pages) {
    count += 1;
    await page.screenshot({ path: join(artefacts, 'e2e', `failed-${name}-${count}.png`) }).catch(() => undefined);
  }
});

export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'gatehouse-e2e-')));
  const folder = join(parent, 'corner-shop');
  cpSync(join(root, 'demo', 'workspace'), folder, { recursive: true });
  for (const [path, content] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  opened += 1;
  const record = join(artefacts, 'e2e', `workbench-${opened}`);
  const host = await installHost();
  const server = await startServer({
    host,
    trust: options.untrusted ?? false,
    userSettings: options.settings ?? {},
    env: { ...noKeys, ...options.env },
    before: options.before ?? [],
    log: `${record}.log`,
  });
  const browser: Browser = await chromium.launch(await findBrowser());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  pages.add(page);
  const mode = page.locator('[id*="gatehouse.permissionMode"]');

  async function load(): Promise<void> {
    await page.goto(server.url(folder));
    await mode.waitFor({ timeout: 60_000 });
  }

  async function command(title: string): Promise<void> {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input');
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().waitFor();
    await page.keyboard.press('Enter');
  }

  async function chat(): Promise<Frame> {
    let asked = false;
    for (let tries = 0; tries < 150; tries += 1) {
      for (const frame of page.frames()) {
        const box = frame.locator('#chat textarea');
        if (await box.isVisible().catch(() => false)) return frame;
      }
      if (!asked) await command('Claude Code: Open Chat');
      asked = true;
      await page.waitForTimeout(100);
    }
    throw new Error('the chat page did not appear');
  }

  await load();
  return {
    ...{ page, folder, mode, command, chat },
    dialog: page.locator('.monaco-dialog-box'),
    async send(text) {
      const frame = await chat();
      const box = frame.locator('#chat textarea');
      await box.fill(text);
      await box.press('Enter');
      // A turn may be over before anybody sees that it runs; then its message stands there.
      const said = frame.locator('.item.user', { hasText: text.split('\n')[0] ?? text }).last();
      const busy = frame.locator('#chat.busy').waitFor();
      await Promise.race([busy, said.waitFor().then(() => page.waitForTimeout(400))]);
      busy.catch(() => undefined);
    },
    async settled() {
      await (await chat()).locator('#chat:not(.busy)').waitFor({ timeout: 60_000 });
    },
    userSettings: () => server.readUserSettings(),
    text(path) {
      try {
        return readFileSync(join(folder, path), 'utf8');
      } catch {
        return undefined;
      }
    },
    write: (path, content) => writeFileSync(join(folder, path), content),
    async screenshot(name) {
      await page.screenshot({ path: join(artefacts, 'screenshots', `${name}.png`) });
    },
    reload: load,
    async close() {
      pages.delete(page);
      await page.screenshot({ path: `${record}.png` }).catch(() => undefined);
      await browser.close();
      server.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
