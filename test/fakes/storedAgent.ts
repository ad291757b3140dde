import { join, resolve } from 'node:path';
import { defaultBreakerLimits } from '../../src/core/gate/breaker';
import { noRules } from '../../src/core/gate/rules';
import type { LineStore, Logger, Model } from '../../src/core/ports';
import { type AgentSession, createAgentSession } from '../../src/node/agentSession';
import { createAnthropicModel } from '../../src/node/anthropicModel';
import { createDocuments } from '../../src/node/documents';
import { createLineStore } from '../../src/node/lineStore';
import { scrub } from '../../src/node/loginEnvironment';
import { nodeClock } from '../../src/node/nodeClock';

interface StoredAgentOptions {
  /** Holds `ws`, `home` and `ours`. */
  readonly root: string;
  /** Of the Messages API; not used with a model. */
  readonly baseURL: string;
  readonly model?: Model;
  /** In place of the file in `ours`. */
  readonly transcript?: LineStore;
  readonly logger?: Logger;
}

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export const transcriptOf = (root: string): string => join(root, 'ours', 'session.jsonl');

/** A whole agent in Skip on a folder, with a model behind HTTP, that is kept in files. */
export function storedAgent({
  baseURL,
  logger = quiet,
  model,
  root,
  transcript,
}: StoredAgentOptions): Promise<AgentSession> {
  const ws = join(root, 'ws');
  return createAgentSession({
    documents: createDocuments(resolve('dist/documentWorker.js')),
    ...{ id: 'stored', folders: [ws], logger, ripgrep: [], prompter: undefined },
    place: (cwd, scratch) => ({
      ...{ workspace: [ws], cwd, home: join(root, 'home'), scratch, ours: [join(root, 'ours')], user: 'me' },
    }),
    circumstances: () => ({ mode: 'skip', trusted: true, rules: noRules, breaker: defaultBreakerLimits }),
    model: model ?? createAnthropicModel({ apiKey: 'a-key', baseURL }),
    modelName: () => 'claude-sonnet-4-6',
    classifier: {
      settings: () => ({
        ...{ filterModel: 'claude-sonnet-4-6', model: 'claude-sonnet-4-6', secondModel: undefined, timeoutMs: 1_000 },
      }),
    },
    bashTimeoutMs: () => 20_000,
    saveRule: async () => {},
    places: {
      transcript: transcript ?? createLineStore(transcriptOf(root)),
      audit: createLineStore(join(root, 'ours', 'audit.jsonl')),
      logs: join(root, 'ours', 'logs'),
      ledger: undefined,
      saveLedger: () => {},
    },
    clock: { ...nodeClock, sleep: async (_ms, signal) => signal?.throwIfAborted() },
    environment: async (scratch) =>
      scrub({ PATH: process.env['PATH'], HOME: join(root, 'home') }, { workspace: [ws], scratch }),
    date: '2026-03-01',
  });
}
