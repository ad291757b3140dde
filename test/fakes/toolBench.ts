import { createReadLedger } from '../../src/core/tools/readLedger';
import { createRegistry } from '../../src/core/tools/registry';
import type { ToolContext } from '../../src/core/tools/tool';
import { nodeClock } from '../../src/node/nodeClock';
import { nodeDigest } from '../../src/node/nodeDigest';
import { nodeFiles } from '../../src/node/nodeFiles';
import { createNodeProcesses } from '../../src/node/nodeProcesses';
import { createRipgrep } from '../../src/node/ripgrep';
import { approve } from './approve';
import { offline } from './offline';
import { createWorkbench } from './workbench';

const registry = createRegistry();

/** The real tools in a temporary workspace. */
export function createToolBench(files: Readonly<Record<string, string>> = {}) {
  const bench = createWorkbench(files);
  const processes = createNodeProcesses({
    environment: async () => ({ PATH: process.env['PATH'] ?? '' }),
    ...{ scratch: bench.scratch, logs: bench.scratch },
  });
  const context: ToolContext = {
    ...{ files: nodeFiles, processes, search: createRipgrep([]), clock: nodeClock, digest: nodeDigest },
    ...{ reads: createReadLedger(), ...offline },
    place: {
      ...{ workspace: [bench.workspace], cwd: bench.workspace, home: bench.home, scratch: bench.scratch },
      ...{ ours: [], user: 'me' },
    },
    limits: { bashTimeoutMs: 5_000, bashTimeoutMaxMs: 10_000, outputChars: 30_000 },
    signal: new AbortController().signal,
    ...{ onOutput: () => {}, onCwd: () => {}, onTodos: () => {} },
  };
  return {
    ...bench,
    context,
    async run(name: string, input: Record<string, unknown>) {
      const checked = registry.validate({ id: 'toolu_1', name, input });
      if (!checked.ok) return { text: checked.text, isError: true };
      return registry.run(await approve(checked.call), context);
    },
    async dispose() {
      await processes.dispose();
      bench.dispose();
    },
  };
}
