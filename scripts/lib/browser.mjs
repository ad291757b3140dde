import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installHost } from './host.mjs';
import { installOnce } from './installOnce.mjs';
import { Problem } from './problem.mjs';
import { cache } from './project.mjs';
import { npm, run } from './run.mjs';

/** A headless Chromium in a package, with the few system libraries it needs. */
const chromium = '153.0.0';

/**
 * Finds a Chromium to drive: CHROME_PATH, an installed Chrome, Chromium or Edge, else one installed under `.cache/browser`.
 * @returns how to launch it, as playwright-core takes it
 */
export async function findBrowser() {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (await works(chosen)) return { executablePath: chosen, args };
    throw new Problem(
      `CHROME_PATH is ${chosen}, which does not start. Set it to a Chrome or Chromium program, or unset it.`,
    );
  }
  for (const executablePath of usualPlaces()) if (await works(executablePath)) return { executablePath, args };
  return { ...(await installChromium()), args };
}

/** An installed one may be a stub or lack libraries. On Windows and macOS asking for the version would open a window. */
async function works(path, env = process.env) {
  if (!existsSync(path)) return false;
  if (process.platform !== 'linux') return true;
  return (await run(path, ['--version', '--no-sandbox'], { env, limitMs: 20_000 })).code === 0;
}

function usualPlaces() {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
        ['/Applications', join(process.env['HOME'] ?? '', 'Applications')].map((folder) =>
          join(folder, `${name}.app`, 'Contents', 'MacOS', name),
        ),
      );
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
        const folder = process.env[name];
        if (!folder) return [];
        return [
          join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
          join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
        ];
      });
    default:
      return ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'].flatMap(
        (name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)),
      );
  }
}

async function installChromium() {
  const { arch, platform } = process;
  if (platform !== 'linux' || arch !== 'x64') {
    throw new Problem('Install Google Chrome or Chromium, or set CHROME_PATH to one: the suites drive a browser.');
  }
  const folder = await installOnce(join(cache, 'browser'), { chromium }, async (staging) => {
    console.log(`Installing a headless browser into .cache (@sparticuz/chromium ${chromium}, once, about 250 MB) …`);
    writeFileSync(join(staging, 'package.json'), '{ "private": true }\n');
    const installed = await npm(
      ['install', '--ignore-scripts', '--engine-strict=false', '--save-exact', `@sparticuz/chromium@${chromium}`],
      { cwd: staging },
    );
    if (installed.code !== 0) throw unavailable(installed.output);
    // The package asks for a later Node than these scripts do, and the editor's host has one.
    const { node } = await installHost();
    // It unpacks into the temporary folder, and its system libraries only where it believes to be on AWS.
    const unpacked = await run(
      node,
      ['--input-type=module', '-e', "await (await import('@sparticuz/chromium')).default.executablePath()"],
      { cwd: staging, env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' } },
    );
    if (unpacked.code !== 0) throw unavailable(unpacked.output);
    writeFileSync(join(staging, 'fonts', 'fonts.conf'), fontConfiguration(join(cache, 'browser', 'fonts')));
    rmSync(join(staging, 'node_modules'), { recursive: true });
  });
  const executablePath = join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts', 'fonts.conf') };
  // Its libraries are for a machine that has none; where the system's are there, those fit better.
  const libraries = [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter);
  for (const more of [fonts, { ...fonts, LD_LIBRARY_PATH: libraries }]) {
    const env = { ...process.env, ...more };
    if (await works(executablePath, env)) return { executablePath, env };
  }
  const { output } = await run(executablePath, ['--version', '--no-sandbox']);
  throw new Problem(
    `The browser from the package registry does not start here. Install Google Chrome or Chromium, or set CHROME_PATH to one.\n\n${output}`,
  );
}

const unavailable = (output) =>
  new Problem(
    `No Chrome or Chromium was found, and none could be installed from the package registry. Install one, or set CHROME_PATH.\n\n${output}`,
  );

const fontConfiguration = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
</fontconfig>
`;
