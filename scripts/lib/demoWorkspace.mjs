import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './cleanUp.mjs';
import { Problem } from './problem.mjs';
import { root } from './project.mjs';
import { run } from './run.mjs';

/**
 * Copies the sample project to a new temporary folder and makes it a git repository with one commit.
 * @param keep leaves it there when this process ends
 */
export async function createDemoWorkspace({ keep = false } = {}) {
  const source = join(root, 'demo', 'workspace');
  if (!existsSync(join(source, 'package.json'))) {
    throw new Problem(
      `The sample project is missing (${source}). Restore it with \`git checkout demo\`, or pass --workspace.`,
    );
  }
  const parent = temporaryFolder('demo', { keep });
  const folder = join(parent.folder, 'corner-shop');
  cpSync(source, folder, { recursive: true });
  await commitAll(folder);
  return { folder, remove: parent.remove };
}

/** The repository is a convenience: without git the sample is a plain folder. */
async function commitAll(cwd) {
  // Neither the person's identity and hooks nor a commit signature belong into a sample.
  const config = [
    'user.name=Sample',
    'user.email=sample@example.invalid',
    'commit.gpgsign=false',
    'core.hooksPath=/dev/null',
  ];
  const git = (...args) => run('git', [...config.flatMap((entry) => ['-c', entry]), ...args], { cwd });
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    ['commit', '--quiet', '-m', 'The sample project'],
  ]) {
    const { code, output } = await git(...args);
    if (code !== 0) {
      console.warn(`The sample project is not a git repository: ${output.trim() || `git ${args[0]} failed`}`);
      return;
    }
  }
}
