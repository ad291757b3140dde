// npm run package: builds the extension and packs it into gatehouse-<version>.vsix, which any VS Code can install.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { installDependencies } from './lib/dependencies.mjs';
import { main, Problem } from './lib/problem.mjs';
import { manifest, root } from './lib/project.mjs';
import { run } from './lib/run.mjs';

/** Bytes beyond which something went in that does not belong there. */
const sizeLimit = 3_500_000;

function fileName() {
  const { name, version } = manifest();
  return `${name}-${version}.vsix`;
}

/** @returns the path of the package. */
export async function packageExtension(packagePath = join(root, fileName())) {
  const built = await run(process.execPath, ['esbuild.config.mjs'], { cwd: root });
  if (built.code !== 0) throw new Problem(`The build failed:\n${built.output}`);
  // What is needed is in the bundles, so no module goes along.
  await createVSIX({ cwd: root, packagePath, dependencies: false, rewriteRelativeLinks: false });
  const { size } = statSync(packagePath);
  if (size > sizeLimit) throw new Problem(`The package has ${size} bytes; at most ${sizeLimit} may be there.`);
  return packagePath;
}

if (process.argv[1] === import.meta.filename)
  await main(async () => {
    await installDependencies();
    await packageExtension();
  });
