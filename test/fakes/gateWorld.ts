import { createHash, randomUUID } from 'node:crypto';
import type { Analysis, Finding, SimpleCommand } from '../../src/core/gate/analysis/analysis';
import { decisiveFinding } from '../../src/core/gate/analysis/analysis';
import type { Facts, Place } from '../../src/core/gate/analysis/facts';
import { createPast } from '../../src/core/gate/analysis/past';
import { createBreaker, defaultBreakerLimits } from '../../src/core/gate/breaker';
import type { ClassifierRequest, Verdict } from '../../src/core/gate/classifier/classifier';
import type { Effect } from '../../src/core/gate/effect';
import { createGate } from '../../src/core/gate/gate';
import { createLedger } from '../../src/core/gate/ledger';
import type { PersonAnswer, Question } from '../../src/core/gate/prompter';
import type { DecisionRecord } from '../../src/core/gate/record';
import { noRules } from '../../src/core/gate/rules';
import type { GateState } from '../../src/core/gate/state';
import { callId } from '../../src/core/ids';
import { type Said, say } from '../../src/core/say';
import type { ToolCall } from '../../src/core/tools/call';

/** A world around the real gate in which each answer is chosen by the test: what analysis finds, what people and models say. */

export const place: Place = {
  workspace: ['/ws'],
  cwd: '/ws',
  home: '/home/me',
  scratch: '/scratch',
  ours: ['/ours'],
  user: 'me',
};

let calls = 0;
export const bash = (command: string): ToolCall => ({
  id: callId(`toolu_${++calls}`),
  tool: 'Bash',
  input: { command },
});
export const write = (path: string): ToolCall => ({
  id: callId(`toolu_${++calls}`),
  tool: 'Write',
  input: { file_path: path, content: 'x' },
});

export const finding = (answer: Finding['answer'], rule = `test.${answer}`): Finding => ({
  answer,
  rule,
  reason: say('the test says {0}', answer),
  evidence: [],
});

export function analysisOf(findings: readonly [Finding, ...Finding[]], more: Partial<Analysis> = {}): Analysis {
  const decisive = decisiveFinding(findings);
  return {
    answer: decisive.answer,
    decisive,
    findings,
    effects: [],
    commands: [],
    opaque: false,
    looksOnly: false,
    critical: undefined,
    restsOn: [],
    loss: undefined,
    named: 0,
    kept: { paths: [], files: 0 },
    changes: new Map(),
    secret: undefined,
    serves: false,
    swept: undefined,
    background: false,
    ...more,
  };
}

export const pathEffect = (kind: Effect['kind'], path: string, span?: { start: number; end: number }): Effect => ({
  kind,
  target: { type: 'path', path, real: path, recursive: false },
  certainty: 'certain',
  span,
});

export const command = (words: readonly (string | undefined)[], start = 0, end = 1000): SimpleCommand => ({
  words,
  program: words[0]?.slice(words[0].lastIndexOf('/') + 1),
  span: { start, end },
  through: [],
});

/** Facts of an empty world whose files a test may put in. */
export function factsOf(files: ReadonlyMap<string, string> = new Map()): Facts {
  return {
    realpath: (path) => path,
    kind: (path) => (files.has(path) ? 'file' : 'missing'),
    hardLinks: () => 1,
    readText: (path) => files.get(path),
    list: () => undefined,
    provenance: () => 'baseline',
    tracking: () => 'unknown',
    census: () => undefined,
    links: () => [],
    changedSince: () => undefined,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    platform: 'linux',
    caseInsensitive: false,
  };
}

const noUsage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
export const cost = { model: 'test', requests: 1, durationMs: 1, usage: noUsage, stage: 'verdict' } as const;
export const verdict = {
  allow: { kind: 'allow', reason: 'fine', cost } as Verdict,
  soft: { kind: 'block', rule: 'soft.rule', hard: false, reason: 'not asked for', cost } as Verdict,
  hard: { kind: 'block', rule: 'hard.rule', hard: true, reason: 'exfiltration', cost } as Verdict,
  none: { kind: 'none', why: say('it timed out'), cost } as Verdict,
};

export interface World {
  state: GateState;
  analysis: (call: ToolCall) => Analysis;
  alarms?: readonly Said[];
  verdict: Verdict | ((request: ClassifierRequest) => Promise<Verdict>);
  answer: PersonAnswer | ((question: Question, signal: AbortSignal) => Promise<PersonAnswer>);
}

export function gateWorld(initial: Partial<World> = {}, nobody = false, facts: Facts = factsOf()) {
  const world: World = {
    state: { version: 1, mode: 'auto', trusted: true, rules: noRules, place, breaker: defaultBreakerLimits },
    analysis: () => analysisOf([finding('unsure')]),
    verdict: verdict.allow,
    answer: { choice: 'deny' },
    ...initial,
  };
  const listeners = new Set<() => void>();
  const questions: Question[] = [];
  const records: DecisionRecord[] = [];
  const classified: ClassifierRequest[] = [];
  const savedRules: string[] = [];
  const ledger = createLedger();
  const gate = createGate({
    past: createPast(),
    state: () => world.state,
    onStateChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    analyze: (call) => world.analysis(call),
    facts,
    classifier: {
      classify: async (request) => {
        classified.push(request);
        return typeof world.verdict === 'function' ? world.verdict(request) : world.verdict;
      },
    },
    projection: () => ({
      timeline: [],
      ledger: ledger.entries,
      instructions: [],
      workspace: place.workspace,
      cwd: place.cwd,
      home: place.home,
    }),
    git: () => undefined,
    alarms: () => world.alarms ?? [],
    prompter: nobody
      ? undefined
      : {
          ask: async (question, signal) => {
            questions.push(question);
            return typeof world.answer === 'function' ? world.answer(question, signal) : world.answer;
          },
        },
    ledger,
    breaker: createBreaker(),
    clock: { now: () => 0, monotonic: () => performance.now(), sleep: async () => {} },
    digest: { sha256: (data) => createHash('sha256').update(data).digest('hex'), randomId: () => randomUUID() },
    describe: (call) => ({ title: call.tool, exact: JSON.stringify(call.input) }),
    saveRule: async (rule) => void savedRules.push(rule),
    audit: (record) => void records.push(record),
  });
  return {
    ...{ world, gate, questions, records, classified, savedRules, ledger },
    review: (call: ToolCall) => gate.review(call, new AbortController().signal, () => {}),
    change(next: Partial<GateState>) {
      world.state = { ...world.state, ...next, version: world.state.version + 1 };
      for (const listener of listeners) listener();
    },
    listening: () => listeners.size,
  };
}
