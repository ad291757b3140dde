// Our analysis, as the gate asks it, in this process.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/lib/project.mjs';
import { workspace } from './calls.mjs';

const outfile = join(root, 'out', 'bench', 'ours.mjs');
await build({
  ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error', outfile },
  stdin: {
    contents: ['analyze', 'changes', 'past', 'virtualFacts']
      .map((name) => `export * from './src/core/gate/analysis/${name}';`)
      .concat("export * from './src/node/nodeFacts';")
      .join('\n'),
    resolveDir: root,
    loader: 'ts',
  },
});
const { analyze, createNodeFacts, createPast, createVirtualFacts, noPast } = await import(pathToFileURL(outfile).href);

const place = {
  workspace: [workspace],
  cwd: workspace,
  home: '/home/user',
  scratch: undefined,
  ours: [],
  user: 'user',
};
const virtual = createVirtualFacts((text) => createHash('sha256').update(text).digest('hex'));

/** Without a file system: nothing is known of any path. */
export const ours = {
  name: 'this project',
  mapping: '`allow` is allowed; `unsure` and `block` are not',
  /** @returns what must be there before the clock starts: the state that earlier calls left */
  prepare({ home, cwd, earlier }) {
    const at = { ...place, home, cwd };
    const past = earlier.length === 0 ? noPast : createPast();
    for (const call of earlier) past.learn(analyze({ id: 'earlier', ...call }, at, virtual, past));
    return { at, past };
  },
  check: ({ tool, input }, { at, past }) => analyze({ id: 'bench', tool, input }, at, virtual, past).answer,
};

/** A judge of shell commands in a real folder, with what the editor's gate knows of it. */
export function createRealJudge(folder) {
  const facts = createNodeFacts();
  const at = { ...place, workspace: [folder], cwd: folder };
  return (command) => analyze({ id: 'bench', tool: 'Bash', input: { command } }, at, facts).answer;
}
