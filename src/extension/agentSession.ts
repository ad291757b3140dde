import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'vscode';
import { createSession } from '../core/agent/createSession';
import { project } from '../core/agent/projection';
import type { Session } from '../core/agent/session';
import { analyze } from '../core/gate/analysis/analyze';
import type { Place } from '../core/gate/analysis/facts';
import { createAudit } from '../core/gate/audit';
import { createBreaker } from '../core/gate/breaker';
import { createClassifier } from '../core/gate/classifier/createClassifier';
import { createGate } from '../core/gate/gate';
import { createLedger } from '../core/gate/ledger';
import type { Prompter } from '../core/gate/prompter';
import type { DecisionRecord } from '../core/gate/record';
import { createGateStateSource, type GateState, type GateStateSource } from '../core/gate/state';
import type { Logger, Model } from '../core/ports';
import { readTranscript } from '../core/sessions/transcript';
import type { Settings } from '../core/settings';
import { isInside } from '../core/tools/inside';
import { createReadLedger } from '../core/tools/readLedger';
import { createRegistry } from '../core/tools/registry';
import type { ToolContext } from '../core/tools/tool';
import { loginEnvironment } from '../node/loginEnvironment';
import { nodeClock } from '../node/nodeClock';
import { nodeDigest } from '../node/nodeDigest';
import { createNodeFacts } from '../node/nodeFacts';
import { nodeFiles } from '../node/nodeFiles';
import { createNodeProcesses } from '../node/nodeProcesses';
import { createRipgrep, editorRipgrep, pathRipgrep } from '../node/ripgrep';
import { createScratch, type SessionStore } from './sessionStore';

interface AgentSessionOptions {
  readonly id: string;
  /** Real paths, at least one. */
  readonly folders: readonly [string, ...string[]];
  place(cwd: string, scratch: string): Place;
  /** What the gate decides against, besides the place. */
  circumstances(): Omit<GateState, 'version' | 'place'>;
  readonly model: Model;
  modelName(): string;
  settings(): Settings;
  readonly prompter: Prompter;
  saveRule(rule: string): Promise<void>;
  readonly store: SessionStore;
  readonly logger: Logger;
}

/** A session with everything it stands on. */
export interface AgentSession {
  readonly session: Session;
  readonly gateState: GateStateSource;
  /** Stops the turn, ends every process, writes what is not written yet. */
  dispose(): Promise<void>;
}

/** UTF-16 units of a result that reach the model; about 8,000 tokens. */
const outputChars = 30_000;
/** The longest time a command may ask for; the same bound as that of the setting. Milliseconds. */
const bashTimeoutMaxMs = 600_000;

/** Builds the gate, the tools and the session on this machine, and goes on from what is stored under the id. */
export async function createAgentSession(options: AgentSessionOptions): Promise<AgentSession> {
  const { folders, id, logger, model, store } = options;
  const transcriptStore = store.transcript(id);
  const transcript = await readTranscript(transcriptStore);
  const lastCwd = transcript.events.findLast((event) => event.type === 'cwd');
  const cwd =
    lastCwd?.type === 'cwd' && isFolder(lastCwd.cwd) && isInside(lastCwd.cwd, folders) ? lastCwd.cwd : folders[0];

  const scratch = createScratch();
  const gateState = createGateStateSource({ ...options.circumstances(), place: options.place(cwd, scratch.path) });
  const processes = createNodeProcesses({
    environment: () => loginEnvironment({ workspace: folders, scratch: scratch.path }),
    scratch: scratch.path,
    logs: store.logs,
  });
  const outside = pathRipgrep().filter((path) => !isInside(path, folders));
  const search = createRipgrep([...editorRipgrep(env.appRoot), ...outside]);
  const facts = createNodeFacts();
  const registry = createRegistry();
  const reads = createReadLedger();
  const ledger = createLedger(store.ledger(id), (entries) => store.saveLedger(id, entries));
  const audit = createAudit({
    store: store.audit(id),
    digest: nodeDigest,
    onFailure: (error) => logger.error(`a decision could not be written to the audit log: ${String(error)}`),
  });

  const gate = createGate({
    state: gateState.state,
    onStateChange: gateState.onChange,
    analyze: (call, place) => analyze(call, place, facts),
    facts,
    classifier: createClassifier({
      model,
      settings() {
        const { classifierModel, timeoutMs } = options.settings().autoMode;
        return { model: classifierModel === '' ? options.modelName() : classifierModel, timeoutMs };
      },
      clock: nodeClock,
      digest: nodeDigest,
    }),
    projection() {
      const { cwd: folder, home, workspace } = gateState.state().place;
      return project(session.events, { ledger: ledger.entries, instructions: undefined, workspace, cwd: folder, home });
    },
    prompter: options.prompter,
    ledger,
    breaker: createBreaker(),
    clock: nodeClock,
    digest: nodeDigest,
    describe: (call) => ({ title: `${call.tool}: ${registry.title(call)}`, exact: registry.exact(call) }),
    saveRule: options.saveRule,
    audit(record) {
      audit.append(record);
      logger.info(decisionLine(record));
    },
  });

  const toolContext = (callbacks: Pick<ToolContext, 'signal' | 'onOutput' | 'onCwd' | 'onTodos'>): ToolContext => {
    const { place } = gateState.state();
    return {
      ...callbacks,
      ...{ files: nodeFiles, processes, search, clock: nodeClock, digest: nodeDigest, place, reads },
      limits: { bashTimeoutMs: options.settings().bashTimeoutMs, bashTimeoutMaxMs, outputChars },
      onCwd(next) {
        gateState.update({ place: { ...gateState.state().place, cwd: next } });
        callbacks.onCwd(next);
      },
    };
  };

  const session: Session = createSession({
    id,
    model,
    modelName: options.modelName,
    registry,
    gate,
    toolContext,
    clock: nodeClock,
    random: Math.random,
    logger,
    prompt: {
      platform: process.platform,
      date: new Date(nodeClock.now()).toISOString().slice(0, 10),
      workspace: folders,
      cwd,
      // Looked for, not asked for: in Restricted Mode no program of the repository may start, our own git included.
      git: existsSync(join(folders[0], '.git')),
    },
    surroundings() {
      const { mode, place, trusted } = gateState.state();
      return { mode, trusted, cwd: place.cwd };
    },
    store: transcriptStore,
    transcript,
  });

  return {
    session,
    gateState,
    async dispose() {
      await session.dispose();
      await processes.dispose();
      await audit.flushed();
      scratch.remove();
    },
  };
}

function decisionLine({ cost, mode, outcome, reason, rule, source, step, title }: DecisionRecord): string {
  const model = cost.model === undefined ? '' : `, ${cost.model} ${Math.round(cost.modelMs)} ms`;
  return `${outcome} in ${mode} (${step}, ${rule}, ${source}; ${cost.micros} µs${model}): ${title} — ${reason}`;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
