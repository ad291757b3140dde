import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { defaultSessionLimits, type SessionLimits } from '../../../src/core/agent/limits';
import type { Session } from '../../../src/core/agent/session';
import { defaultBreakerLimits } from '../../../src/core/gate/breaker';
import { readHooks } from '../../../src/core/gate/hooks';
import type { Ledger } from '../../../src/core/gate/ledger';
import type { Mode } from '../../../src/core/gate/modes';
import type { PersonAnswer, Question } from '../../../src/core/gate/prompter';
import { readRules } from '../../../src/core/gate/ruleSyntax';
import { mergeRules } from '../../../src/core/gate/rules';
import type { Clock, Web } from '../../../src/core/ports';
import { withoutRewound } from '../../../src/core/sessions/rewound';
import { readTranscript } from '../../../src/core/sessions/transcript';
import type { Asker } from '../../../src/core/tools/asker';
import { createAgentSession, type McpSession } from '../../../src/node/agentSession';
import { createAnthropicModel } from '../../../src/node/anthropicModel';
import { type Ruling, rulingScript } from '../../../src/node/demo/rulings';
import { createDocuments } from '../../../src/node/documents';
import { createLineStore } from '../../../src/node/lineStore';
import { scrub } from '../../../src/node/loginEnvironment';
import { nodeClock } from '../../../src/node/nodeClock';
import { httpError, type Script, type ScriptedReply } from '../../../src/node/scriptedApi/script';
import { type RecordedRequest, startScriptedApi } from '../../../src/node/scriptedApi/scriptedApi';
import { describeAll, type Shown } from './describeEvents';

/**
 * Plays a whole session on the real pieces: the scripted Messages API over HTTP, the SDK client, the tools on the real file
 * system and a real shell, the gate, the analysis and the classifier. Only the person is scripted, and waiting takes no time.
 */
export interface Scenario {
  /** Workspace-relative path to content. */
  readonly files?: Readonly<Record<string, string>>;
  readonly mode: Mode;
  readonly trusted?: boolean;
  readonly rules?: {
    readonly allow?: readonly string[];
    readonly ask?: readonly string[];
    readonly deny?: readonly string[];
  };
  /** What the agent's model answers. @param ws the workspace folder. */
  script(ws: string): Script;
  /** What the classifier's model answers; without it every request of the classifier fails. */
  readonly classifier?: readonly (Ruling | ScriptedReply)[];
  /** Asked when the classifier's model does not answer. */
  readonly secondModel?: string;
  /** The person. Without it nobody can be asked. */
  readonly answer?: PersonAnswer | ((question: Question, asked: number) => PersonAnswer);
  /** What calls change is kept, and so may be lost: of the workspace's files at most this share. */
  readonly recovery?: number;
  /** The agent's key; null: none is set. */
  readonly apiKey?: string | null;
  /** The key that the server takes; any, by default. */
  readonly serverKey?: string;
  readonly limits?: Partial<SessionLimits>;
  readonly web?: Web;
  /** As they stand in the user's settings. */
  readonly hooks?: (ws: string) => object;
  readonly asker?: Asker;
  readonly mcp?: McpSession;
}

export interface Stage {
  readonly session: Session;
  readonly ws: string;
  /** Writes a line of the test itself into the transcript. */
  remark(words: string): void;
  setMode(mode: Mode): void;
  /** What *Set API Key* does. */
  setKey(key: string): void;
  readonly ledger: Ledger;
  /** What *Allow this call…* on the card of the last blocked call does. */
  allowLastBlocked(): void;
  /** Lets time pass for whoever waits for the end of an outage. */
  pass(ms: number): Promise<void>;
  /** What the agent's API got. */
  readonly requests: readonly RecordedRequest[];
  readonly classifierRequests: readonly RecordedRequest[];
  readonly questions: readonly Question[];
  /** Text of a workspace file; undefined when it does not exist. */
  file(path: string): string | undefined;
}

const goldenFolder = join('test', 'cases', 'golden');

/**
 * Plays the scenario and compares its transcript with `test/cases/golden/<name>.txt`; `UPDATE_GOLDEN=1` writes it anew.
 * @param tidy takes out of the transcript what differs from run to run in this scenario only.
 */
export async function golden(
  name: string,
  scenario: Scenario,
  play: (stage: Stage) => Promise<void>,
  tidy: (transcript: string) => string = (transcript) => transcript,
): Promise<void> {
  const transcript = tidy(await perform(scenario, play));
  const file = join(goldenFolder, `${name}.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(goldenFolder, { recursive: true });
    writeFileSync(file, transcript);
    return;
  }
  assert.ok(existsSync(file), `${file} is missing; run with UPDATE_GOLDEN=1 and read what it wrote`);
  assert.equal(transcript, readFileSync(file, 'utf8'));
}

async function perform(scenario: Scenario, play: (stage: Stage) => Promise<void>): Promise<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'golden-')));
  const ws = join(root, 'ws');
  for (const folder of [ws, join(root, 'home'), join(root, 'ours')]) mkdirSync(folder);
  for (const [path, content] of Object.entries(scenario.files ?? {})) {
    mkdirSync(dirname(join(ws, path)), { recursive: true });
    writeFileSync(join(ws, path), content);
  }
  const agentApi = await startScriptedApi({
    script: scenario.script(ws),
    ...(scenario.serverKey ? { apiKey: scenario.serverKey } : {}),
  });
  const judge = scenario.classifier ? rulingScript(scenario.classifier) : () => httpError(500, 'off');
  const classifierApi = await startScriptedApi({ script: ({ body }) => judge(body) });
  let key = scenario.apiKey === undefined ? 'agent-key' : scenario.apiKey;
  const shown: Shown[] = [];
  const questions: Question[] = [];
  const ask = async (question: Question): Promise<PersonAnswer> => {
    const { answer } = scenario;
    questions.push(question);
    shown.push({ type: 'asked', question });
    const given = typeof answer === 'function' ? answer(question, questions.length) : (answer ?? { choice: 'deny' });
    shown.push({ type: 'answered', answer: given });
    return given;
  };
  const outages = standingClock();
  const given = readRules(
    { allow: scenario.rules?.allow ?? [], ask: scenario.rules?.ask ?? [], deny: scenario.rules?.deny ?? [] },
    'user settings',
  );
  assert.deepEqual(given.problems, []);
  const store = createLineStore(join(root, 'ours', 'session.jsonl'));
  const agent = await createAgentSession({
    id: 'golden',
    folders: [ws],
    place: (cwd, scratch) => ({
      ...{ workspace: [ws], cwd, home: join(root, 'home'), scratch, ours: [join(root, 'ours')], user: 'me' },
      ...(scenario.recovery !== undefined && { recovery: { files: 50, share: scenario.recovery } }),
    }),
    circumstances: () => ({
      ...{ mode: scenario.mode, trusted: scenario.trusted ?? true, rules: given.rules },
      breaker: defaultBreakerLimits,
      ...(scenario.hooks && { hooks: readHooks(scenario.hooks(ws), 'user settings').hooks }),
    }),
    model: {
      stream: (...request) =>
        createAnthropicModel({ ...(key ? { apiKey: key } : {}), baseURL: agentApi.baseURL }).stream(...request),
    },
    modelName: () => 'claude-sonnet-4-6',
    classifier: {
      model: createAnthropicModel({ apiKey: 'classifier-key', baseURL: classifierApi.baseURL }),
      settings: () => ({
        ...{ filterModel: 'claude-sonnet-4-6', model: 'claude-sonnet-4-6' },
        ...{ secondModel: scenario.secondModel, timeoutMs: 20_000 },
      }),
    },
    bashTimeoutMs: () => 20_000,
    prompter: scenario.answer ? { ask } : undefined,
    saveRule: async (rule) => {
      const saved = readRules({ allow: [rule], ask: [], deny: [] }, 'user settings');
      agent.gateState.update({ rules: mergeRules(agent.gateState.state().rules, saved.rules) });
    },
    places: {
      transcript: store,
      audit: createLineStore(join(root, 'ours', 'audit.jsonl')),
      logs: join(root, 'ours', 'logs'),
      ...(scenario.recovery !== undefined && {
        snapshots: join(root, 'ours', 'snapshots'),
        undo: createLineStore(join(root, 'ours', 'undo.jsonl')),
      }),
      ledger: [],
      saveLedger: () => {},
    },
    ripgrep: [],
    documents: createDocuments(resolve('dist/documentWorker.js')),
    ...(scenario.web && { web: scenario.web }),
    ...(scenario.asker && { asker: scenario.asker }),
    ...(scenario.mcp && { mcp: scenario.mcp }),
    logger: { debug() {}, info() {}, warn() {}, error: (words) => assert.fail(words) },
    // Waiting takes no time; what would be waited is in the transcript.
    clock: { ...nodeClock, sleep: async (_ms, signal) => signal?.throwIfAborted() },
    outageClock: outages.clock,
    random: () => 0.5,
    limits: { ...defaultSessionLimits, ...scenario.limits },
    environment: async (scratch) =>
      scrub({ PATH: process.env['PATH'], HOME: join(root, 'home') }, { workspace: [ws], scratch }),
    date: '2026-03-01',
  });
  const { session } = agent;
  await agent.mcp?.settled();
  session.onEvent((event) => void shown.push({ type: 'event', event }));

  try {
    await play({
      ...{ session, ws, questions },
      ledger: agent.ledger,
      allowLastBlocked() {
        const last = session.events.findLast((event) => event.type === 'call-decided' && event.record.liftable);
        assert.ok(last?.type === 'call-decided');
        const { hash, title } = last.record;
        agent.ledger.add({ id: 'g', type: 'grant', words: 'Allow this', hash, about: title, until: 'used', at: 0 });
      },
      pass: outages.pass,
      remark: (words) => void shown.push({ type: 'remark', words }),
      setMode: (mode) => agent.gateState.update({ mode }),
      setKey: (next) => {
        key = next;
      },
      requests: agentApi.requests,
      classifierRequests: classifierApi.requests,
      file: (path) => readText(join(ws, path)),
    });
    assert.deepEqual(
      agentApi.requests.filter(({ problem }) => problem?.status === 400),
      [],
      'the API took every request',
    );
    const stored = await readTranscript(store);
    assert.deepEqual(withoutRewound(stored.events), plain(session.events), 'what is stored is what was shown');
    assert.deepEqual(
      stored.messages.map(({ message }) => message),
      plain(session.messages),
      'what is stored is what was said',
    );
    return stabilise(describeAll(joinTexts(shown), filesIn(ws)), root);
  } finally {
    await agent.dispose();
    await Promise.all([agentApi.dispose(), classifierApi.dispose()]);
    rmSync(root, { recursive: true, force: true });
  }
}

/** A clock that stands still until it is told to go on. */
function standingClock() {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>();
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        waiting.add({ at: now + ms, wake: resolve });
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  };
  async function pass(ms: number): Promise<void> {
    now += ms;
    for (const each of waiting) if (each.at <= now && waiting.delete(each)) each.wake();
    // What was waited for talks to a server.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { clock, pass };
}

/** Pieces of one text are one text; where they were cut depends on the network. */
function joinTexts(shown: readonly Shown[]): readonly Shown[] {
  const joined: Shown[] = [];
  for (const entry of shown) {
    const last = joined.at(-1);
    if (
      entry.type === 'event' &&
      last?.type === 'event' &&
      (entry.event.type === 'text' || entry.event.type === 'thinking') &&
      last.event.type === entry.event.type
    ) {
      joined[joined.length - 1] = {
        type: 'event',
        event: { type: entry.event.type, text: last.event.text + entry.event.text },
      };
    } else joined.push(entry);
  }
  return joined;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function filesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  // A real repository says the same in other bytes with every version of git.
  const real = existsSync(join(folder, '.git/objects')) ? join(folder, '.git/') : undefined;
  const paths = names
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => real === undefined || !path.startsWith(real))
    .sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Paths, ports, and ids by the order in which they appear. */
function stabilise(transcript: string, root: string): string {
  const ids = new Map<string, string>();
  return transcript
    .replaceAll(join(root, 'ws'), '/ws')
    .replaceAll(root, '/sandbox')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/toolu_\w+/g, (id) => {
      const known = ids.get(id) ?? `#${ids.size + 1}`;
      ids.set(id, known);
      return known;
    });
}
