import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createSession } from '../core/agent/createSession';
import type { SessionLimits } from '../core/agent/limits';
import { createProjection } from '../core/agent/projection';
import { createResultScreen } from '../core/agent/resultScreen';
import type { Session } from '../core/agent/session';
import type { ToolCallbacks } from '../core/agent/toolCalls';
import type { Analysis } from '../core/gate/analysis/analysis';
import { analyze } from '../core/gate/analysis/analyze';
import { isAsHarmless } from '../core/gate/analysis/asHarmless';
import type { Facts, Place } from '../core/gate/analysis/facts';
import { createPast } from '../core/gate/analysis/past';
import { type Audit, createAudit } from '../core/gate/audit';
import { isAboutCode } from '../core/gate/boundary/aboutCode';
import { findBoundaries } from '../core/gate/boundary/findBoundaries';
import { createBreaker } from '../core/gate/breaker';
import {
  type ClassifierSettings,
  createClassifier,
  type SessionClassifier,
} from '../core/gate/classifier/createClassifier';
import { gitSituation, remotesOf } from '../core/gate/classifier/gitSituation';
import { createGate } from '../core/gate/gate';
import { type Boundary, createLedger, type Ledger, type LedgerEntry } from '../core/gate/ledger';
import type { Prompter } from '../core/gate/prompter';
import type { DecisionRecord } from '../core/gate/record';
import { tellHooks } from '../core/gate/runHooks';
import { createGateStateSource, type GateState, type GateStateSource } from '../core/gate/state';
import type { McpAsk, McpMemory } from '../core/mcp/mcpPorts';
import type { McpPolicy } from '../core/mcp/serverPolicy';
import type { McpServerSpec } from '../core/mcp/serverSpec';
import type { Clock, Documents, FileSystem, LineStore, Logger, Model, Web } from '../core/ports';
import type { Said } from '../core/say';
import { say } from '../core/say';
import { beganAt, replayPast } from '../core/sessions/replayPast';
import { withoutRewound } from '../core/sessions/rewound';
import { readTranscript } from '../core/sessions/transcript';
import type { Asker } from '../core/tools/asker';
import type { ToolCall, ToolResult } from '../core/tools/call';
import { isInside } from '../core/tools/inside';
import { createReadLedger } from '../core/tools/readLedger';
import { createRegistry } from '../core/tools/registry';
import type { ToolContext } from '../core/tools/tool';
import { keepable } from './keepable';
import { keepableWork } from './keepableWork';
import { createKeeping } from './keeping';
import { type Environment, loginEnvironment } from './loginEnvironment';
import { createMcpServers, type McpServers } from './mcp/mcpServers';
import { nodeClock } from './nodeClock';
import { nodeDigest } from './nodeDigest';
import { createNodeFacts } from './nodeFacts';
import { nodeFiles } from './nodeFiles';
import { createNodeHooks } from './nodeHooks';
import { createNodeProcesses } from './nodeProcesses';
import { createNodeWeb } from './nodeWeb';
import { changedInstructions, projectInstructions } from './projectInstructions';
import { createRipgrep, pathRipgrep } from './ripgrep';
import { createRotatingLines } from './rotatingLines';
import { createScratch } from './scratch';

/** Where one session is kept. */
export interface SessionPlaces {
  readonly transcript: LineStore;
  readonly audit: LineStore;
  /** Private folder for the logs of long output. */
  readonly logs: string;
  /** Folder for the contents of files that calls change, shared by the sessions of a workspace; absent: nothing is kept. */
  readonly snapshots?: string;
  /** What calls changed. */
  readonly undo?: LineStore;
  /** Undefined when nothing is kept, or nothing can be read: then the boundaries in the user's words hold again. */
  readonly ledger: readonly LedgerEntry[] | undefined;
  saveLedger(entries: readonly LedgerEntry[]): void;
}

export interface AgentSessionOptions {
  readonly id: string;
  /** Real paths, at least one. */
  readonly folders: readonly [string, ...string[]];
  /** Where the names under which folders were opened are links: the name, and the real path. */
  readonly openedAs?: readonly (readonly [name: string, real: string])[];
  place(cwd: string, scratch: string): Place;
  /** What the gate decides against, besides the place. */
  circumstances(): Omit<GateState, 'version' | 'place'>;
  readonly model: Model;
  modelName(): string;
  readonly classifier: {
    /** The agent's when absent. */
    readonly model?: Model;
    settings(): ClassifierSettings;
  };
  bashTimeoutMs(): number;
  readonly documents: Documents;
  /** The real one when absent. */
  readonly web?: Web;
  /** Undefined where nobody can be asked. */
  readonly prompter: Prompter | undefined;
  /** Puts the agent's own questions; absent where nobody can be asked. */
  readonly asker?: Asker;
  /** @param call the one that the rule was made for. */
  saveRule(rule: string, call: ToolCall): Promise<void>;
  readonly places: SessionPlaces;
  /** Other programs' tools; absent: none. */
  readonly mcp?: McpSession;
  /** Folders in which the administrator wants every decision recorded as well. */
  auditFolders?(): readonly string[];
  /** Of this machine when absent. */
  readonly files?: FileSystem;
  /** ripgrep programs to prefer to those on PATH. */
  readonly ripgrep: readonly string[];
  readonly logger: Logger;
  /** For waiting between retries; the classifier's time limit is always real. */
  readonly clock?: Clock;
  /** For noticing that an outage of the classifier is over; real when absent. */
  readonly outageClock?: Clock;
  readonly random?: () => number;
  readonly limits?: SessionLimits;
  /** Environment of commands; the login shell's, scrubbed, when absent. */
  environment?(scratch: string): Promise<Environment>;
  /** The day the session begins, `2026-03-01`; today when absent. */
  readonly date?: string;
}

/** What a session needs to know about MCP servers. */
export interface McpSession {
  userServers(): readonly McpServerSpec[];
  policy(): McpPolicy;
  readonly memory: McpMemory;
  /** Undefined where nobody can be asked. */
  readonly ask: McpAsk | undefined;
  notice(said: Said): void;
  /** Milliseconds that a server may take to start. */
  readonly startMs?: number;
  /** What `${VAR}` stands for; this process's environment when absent. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** A session with everything it stands on. */
export interface AgentSession {
  readonly session: Session;
  readonly gateState: GateStateSource;
  readonly ledger: Ledger;
  readonly classifier: Pick<SessionClassifier, 'health' | 'onHealth'>;
  /** What a text of the user's says not to do. */
  boundariesIn(text: string): readonly Boundary[];
  /** The person has saved a file: what a running call does not do. @param path real. */
  savedByPerson(path: string): void;
  /** What a call would do, here and now. */
  analyze(call: ToolCall): Analysis;
  /** Ends a command in the background, by its id. */
  stopJob(id: string): Promise<void>;
  readonly mcp: McpServers | undefined;
  /** Stops the turn, ends every process, writes what is not written yet. */
  dispose(): Promise<void>;
}

/** UTF-16 units of a result that reach the model; about 8,000 tokens. */
const outputChars = 30_000;
/** The longest time a command may ask for; the same bound as that of the setting. Milliseconds. */
const bashTimeoutMaxMs = 600_000;

/** Milliseconds that an MCP server may take to start; some fetch themselves first. */
const mcpStartMs = 30_000;

/** Builds the gate, the tools and the session on this machine, and goes on from what is stored under the id. */
export async function createAgentSession(options: AgentSessionOptions): Promise<AgentSession> {
  const { clock = nodeClock, folders, id, logger, model, places } = options;
  const transcript = await readTranscript(places.transcript);
  const lastCwd = transcript.events.findLast((event) => event.type === 'cwd');
  const cwd =
    lastCwd?.type === 'cwd' && isFolder(lastCwd.cwd) && isInside(lastCwd.cwd, folders) ? lastCwd.cwd : folders[0];

  const scratch = createScratch();
  const gateState = createGateStateSource({ ...options.circumstances(), place: options.place(cwd, scratch.path) });
  const environment = (): Promise<Environment> =>
    options.environment?.(scratch.path) ?? loginEnvironment({ workspace: folders, scratch: scratch.path });
  const hooks = createNodeHooks({ environment });
  const processes = createNodeProcesses({
    environment,
    scratch: scratch.path,
    logs: places.logs,
  });
  const search = createRipgrep([...options.ripgrep, ...pathRipgrep(process.env['PATH'], folders)]);
  const began = beganAt(transcript.events) ?? Date.now();
  const canKeep = places.snapshots !== undefined && places.undo !== undefined;
  const notKept = new Set<string>();
  const facts: Facts = {
    ...createNodeFacts(process.platform, folders, began, options.openedAs),
    keepable(path) {
      const { recovery } = gateState.state().place;
      if (!recovery || !canKeep || notKept.has(path)) return { why: 'nothing is kept' };
      return keepable(path, recovery.files);
    },
    keepableWork(root, what) {
      const { recovery } = gateState.state().place;
      if (!recovery || !canKeep || !isInside(root, folders)) return { why: 'nothing is kept' };
      const found = keepableWork(root, what, recovery.files);
      if ('why' in found) return found;
      return found.paths.some((path) => notKept.has(path)) ? { why: 'it could not be kept before' } : found;
    },
  };
  const past = createPast();
  replayPast(transcript.events, folders[0], past, (call, at) =>
    analyze(call, { ...gateState.state().place, cwd: at }, facts, past),
  );
  const { mcp: wanted } = options;
  const mcp =
    wanted &&
    createMcpServers({
      ...wanted,
      ...{ environment, folders, logger, startMs: wanted.startMs ?? mcpStartMs },
      variables: wanted.variables ?? process.env,
      trusted: () => gateState.state().trusted,
    });
  let trusted = gateState.state().trusted;
  const trustWatching = gateState.onChange(() => {
    if (gateState.state().trusted === trusted) return;
    trusted = !trusted;
    mcp?.refresh();
  });
  const registry = createRegistry(mcp?.tools);
  const reads = createReadLedger();
  const ledger = createLedger(places.ledger ?? [], places.saveLedger);
  const boundariesChanged = (): void => gateState.update({ boundaries: ledger.boundaries });
  boundariesChanged();
  const ledgerWatching = ledger.onChange(boundariesChanged);
  const projection = createProjection();
  const screen = createResultScreen(() => gateState.state().place.workspace, facts.realpath, nodeDigest.randomId);
  const instructions = projectInstructions(facts, folders, cwd);
  const remotes = remotesOf(facts, folders[0]);
  const classifier = createClassifier({
    model: options.classifier.model ?? model,
    settings: options.classifier.settings,
    clock: nodeClock,
    waits: clock,
    outages: options.outageClock ?? nodeClock,
    digest: nodeDigest,
  });
  const audits = new Map<string, Audit>();
  /** @param folder the administrator's; `''`: ours. */
  const auditIn = (folder: string): Audit => {
    const known = audits.get(folder);
    if (known) return known;
    const audit = createAudit({
      store: folder === '' ? places.audit : createRotatingLines(join(folder, `${id}.audit.jsonl`)),
      digest: nodeDigest,
      onFailure(error) {
        const where = folder === '' ? 'the audit log' : folder;
        logger.error(`a decision could not be written to ${where}: ${String(error)}`);
      },
    });
    audits.set(folder, audit);
    return audit;
  };

  const gate = createGate({
    state: gateState.state,
    onStateChange: gateState.onChange,
    analyze: (call, place) => analyze(call, place, facts, past),
    facts,
    past,
    classifier,
    projection() {
      const { cwd: folder, home, workspace } = gateState.state().place;
      const { timeline } = projection;
      return { timeline, ledger: ledger.entries, instructions, workspace, cwd: folder, home };
    },
    git: (analysis) => gitSituation(facts, gateState.state().place.cwd, analysis, remotes),
    alarms: () => [
      ...(past.secret === undefined ? [] : [say('a secret was read earlier in the session: {0}', past.secret)]),
      ...screen.alarms,
    ],
    prompter: options.prompter,
    hooks,
    ledger,
    breaker: createBreaker(),
    clock,
    digest: nodeDigest,
    describe: (call) => ({ title: `${call.tool}: ${registry.title(call)}`, exact: registry.exact(call) }),
    saveRule: options.saveRule,
    audit(record) {
      for (const folder of ['', ...(options.auditFolders?.() ?? [])]) auditIn(folder).append(record);
      logger.info(decisionLine(record));
    },
  });

  const web = options.web ?? createNodeWeb();
  const judge = (call: ToolCall, place: Place): Analysis => analyze(call, place, facts, past);
  const afterwards = (call: ToolCall, result: ToolResult, signal: AbortSignal): Promise<string | undefined> =>
    tellHooks(call, result, gateState.state(), hooks, signal);
  const toolContext = (callbacks: ToolCallbacks): ToolContext => {
    const { place } = gateState.state();
    return {
      ...callbacks,
      ...{ files: options.files ?? nodeFiles, processes, search, clock, digest: nodeDigest, place, reads },
      ...{ web, documents: options.documents, asker: options.asker },
      model: { stream: (...request) => model.stream(...request), name: options.modelName },
      asHarmless: (next, approved) => isAsHarmless(judge(next, place), judge(approved, place)),
      limits: { bashTimeoutMs: options.bashTimeoutMs(), bashTimeoutMaxMs, outputChars },
      onCwd(next) {
        gateState.update({ place: { ...gateState.state().place, cwd: next } });
        callbacks.onCwd(next);
      },
    };
  };

  const keeping =
    places.snapshots !== undefined && places.undo
      ? await createKeeping({ id, folder: places.snapshots, lines: places.undo, roots: folders, logger })
      : undefined;
  const undo = keeping?.undo;

  const session: Session = createSession({
    id,
    model,
    modelName: options.modelName,
    registry,
    screen,
    gate,
    toolContext,
    afterwards,
    clock,
    random: options.random ?? Math.random,
    logger,
    ...(options.limits && { limits: options.limits }),
    prompt: {
      platform: process.platform,
      date: options.date ?? new Date(clock.now()).toISOString().slice(0, 10),
      workspace: folders,
      cwd,
      // Looked for, not asked for: in Restricted Mode no program of the repository may start, our own git included.
      git: existsSync(join(folders[0], '.git')),
      // In Restricted Mode nobody has said yet that the folder may tell an agent what to do.
      instructions: gateState.state().trusted ? instructions : [],
    },
    surroundings() {
      const { mode, place, trusted } = gateState.state();
      return { mode, trusted, cwd: place.cwd };
    },
    changedInstructions: () => changedInstructions(facts, folders, cwd, instructions),
    forbidden: () => ledger.boundaries.map(({ words }) => words),
    ...(undo && { undo }),
    notKept: (paths) => {
      for (const path of paths) notKept.add(path);
    },
    store: places.transcript,
    transcript,
  });

  const exists = (path: string): 'file' | 'folder' | undefined => {
    for (const folder of folders) {
      const kind = facts.kind(join(folder, path));
      if (kind === 'file' || kind === 'folder') return kind;
    }
    return undefined;
  };
  const boundariesIn = (text: string): readonly Boundary[] =>
    findBoundaries(text, exists)
      .filter(({ patterns, words }) => patterns !== undefined || !isAboutCode(words))
      .map(({ patterns, words }) => ({
        ...{ id: nodeDigest.randomId(), type: 'boundary', words, until: 'session', at: clock.now() },
        ...(patterns && { patterns }),
      }));
  if (!places.ledger)
    for (const event of transcript.events)
      if (event.type === 'user' || event.type === 'queued')
        for (const boundary of boundariesIn(event.text)) ledger.add(boundary);
  // With what the person has taken back since: it was said, and is said to be taken back.
  const ended = session.events.slice(withoutRewound(transcript.events).length);
  for (const event of [...transcript.events, ...ended]) projection.add(event);
  const watching = session.onEvent((event) => {
    projection.add(event);
    switch (event.type) {
      case 'queued':
        // What the user writes not to do holds at once; the agent hears of it later.
        boundariesIn(event.text).forEach((boundary, index) => {
          const id = waitingBoundary(event.id, index);
          if (!ledger.entries.some((entry) => entry.id === id)) ledger.add({ ...boundary, id });
        });
        return;
      case 'withdrawn':
        for (const { id } of ledger.boundaries) if (id.startsWith(waitingBoundary(event.id, ''))) ledger.revoke(id);
        return;
      case 'user':
        past.userSpoke();
        screen.userSpoke();
        // It holds from the first call of the turn on.
        if (event.queued === undefined) for (const boundary of boundariesIn(event.text)) ledger.add(boundary);
        return;
      default:
    }
  });
  return {
    session,
    gateState,
    ledger,
    classifier,
    boundariesIn,
    savedByPerson: (path) => keeping?.tree.savedByPerson(path),
    analyze: (call) => analyze(call, gateState.state().place, facts, past),
    mcp,
    stopJob: async (id) => processes.jobs.find((job) => job.id === id)?.stop(),
    async dispose() {
      await session.interrupt();
      // Before the last line is written, so that what ends with the session is seen to have ended.
      await Promise.all([processes.dispose(), mcp?.dispose()]);
      trustWatching.dispose();
      watching.dispose();
      ledgerWatching.dispose();
      classifier.dispose();
      await session.dispose();
      await keeping?.dispose();
      await Promise.all([...audits.values()].map((audit) => audit.flushed()));
      scratch.remove();
    },
  };
}

function decisionLine({ cost, mode, outcome, reason, rule, source, step, title }: DecisionRecord): string {
  const model = cost.model === undefined ? '' : `, ${cost.model} ${Math.round(cost.modelMs)} ms`;
  return `${outcome} in ${mode} (${step}, ${rule}, ${source}; ${cost.micros} µs${model}): ${title} — ${reason}`;
}

/** Id of a boundary in a message that waits; with the message it can be taken back. */
const waitingBoundary = (message: string, index: number | ''): string => `${message}.${index}`;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
