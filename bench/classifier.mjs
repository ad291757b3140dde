// What the classifier costs a long session: the real gate, analysis and classifier in front of the scripted Messages API server,
// which models the documented prompt cache. How a model judges is not measured here; the server plays it by chance.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/lib/project.mjs';
import { workspace } from './calls.mjs';
import { quantiles, round, table } from './statistics.mjs';

const outfile = join(root, 'out', 'bench', 'classifier.mjs');
const model = 'claude-sonnet-4-6';
/** Share of the reviewed calls that the played filter flags, and of those that the played verdict blocks. */
const lookShare = 0.3;
const blockShare = 0.1;

/** Bounds of the design. */
const bounds = { withoutRequest: 0.85, cacheReads: 0.9, fixedTokens: 8_000, overheadMs: 5 };

async function loadProject() {
  const modules = [
    ...['core/gate/gate', 'core/gate/analysis/analyze', 'core/gate/analysis/virtualFacts', 'core/gate/analysis/past'],
    ...['core/gate/breaker', 'core/gate/ledger', 'core/gate/rules', 'core/agent/projection', 'core/tools/registry'],
    ...['core/gate/classifier/createClassifier', 'core/gate/classifier/prompt', 'core/gate/classifier/ruleset'],
    ...['node/anthropicModel', 'node/nodeClock', 'node/nodeDigest', 'node/demo/rulings'],
    ...['node/scriptedApi/scriptedApi', 'node/scriptedApi/promptCache'],
  ];
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error', outfile },
    packages: 'external',
    stdin: {
      contents: modules.map((name) => `export * from './src/${name}';`).join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
  });
  return import(pathToFileURL(outfile).href);
}

/** @returns a table, and what is out of bounds */
export async function measureClassifier(calls, count = 500) {
  const project = await loadProject();
  const chance = createChance(1);
  const flagged = new Map();
  const script = ({ body }) => {
    const mark = project.questionOf(body)?.mark ?? '';
    if (!flagged.has(mark)) {
      const looks = chance() < lookShare;
      const blocks = looks && chance() < blockShare;
      flagged.set(mark, { looks, blocks });
    }
    const { blocks, looks } = flagged.get(mark);
    const ruling = blocks
      ? { block: true, rule: 'publish', reason: 'It would publish more than the user asked for in this session.' }
      : { block: false, reason: 'It only does what the task of this session needs and stays inside the workspace.' };
    // A call that is flagged and then allowed has its first stage answered as a block would be.
    return project.questionOf(body)?.stage === 1 && looks
      ? project.answerAs(body, { block: true, rule: 'publish', reason: '' })
      : project.answerAs(body, ruling);
  };
  const api = await project.startScriptedApi({ script });
  const session = createSession(project, api.baseURL);
  const walls = [];
  let judged = 0;
  const chosen = spread(calls, count);
  for (const call of chosen) {
    session.goesOn(call);
    const { record, wallMs } = await session.review(call);
    if (record.step !== 'classifier') continue;
    judged += 1;
    walls.push(wallMs);
  }
  const requests = api.requests.map(({ body }) => body);
  await api.dispose();

  const usages = session.usages;
  const later = usages.slice(1);
  const sum = (list, key) => list.reduce((total, usage) => total + usage[key], 0);
  const input = sum(later, 'inputTokens') + sum(later, 'cacheReadTokens') + sum(later, 'cacheWriteTokens');
  const reads = input === 0 ? 1 : sum(later, 'cacheReadTokens') / input;
  const second = requests.filter((body) => project.questionOf(body)?.stage === 2).length;
  const marked = [...flagged.values()].filter(({ looks }) => looks).length;
  const fixed = project.countTokens(requests[0]?.system?.[0]?.text ?? '');
  const bytes = quantiles(requests.map((body) => JSON.stringify(body).length));
  const { p50, p99 } = quantiles(walls);
  const total = chosen.length;
  const recorded = chosen.some(({ path }) => path !== undefined);
  const without = 1 - judged / total;
  const rows = [
    [
      'calls in one session',
      recorded ? `${total}, from ${new Set(chosen.map(({ path }) => path)).size} recorded ones` : String(total),
    ],
    ['decided without a request', `${round(without * 100)} %`],
    ['reviewed by the classifier', String(judged)],
    ['second stages (flagged by the filter)', `${second} (${marked})`],
    ['input tokens read from the cache, after the first request', `${round(reads * 100)} %`],
    ['fixed prompt, tokens (UTF-8 bytes / 3.5)', String(fixed)],
    ['request, bytes: median, largest', `${round(bytes.p50)}, ${round(bytes.max)}`],
    ['a reviewed call from end to end, loopback server included, ms: median, p99', `${round(p50)}, ${round(p99)}`],
  ];
  const problems = [
    // Calls that belong to no recorded session are attacks and their look-alikes, not what a day is made of.
    ...(recorded && without < bounds.withoutRequest
      ? [`only ${round(without * 100)} % of the calls made no request`]
      : []),
    ...(reads < bounds.cacheReads ? [`only ${round(reads * 100)} % of the input tokens were cache reads`] : []),
    ...(second !== marked ? [`${second} second stages for ${marked} flagged calls`] : []),
    ...(fixed >= bounds.fixedTokens ? [`the fixed prompt has ${fixed} tokens`] : []),
    ...(p50 > bounds.overheadMs ? [`a reviewed call takes ${round(p50)} ms without a model`] : []),
  ];
  return { text: table(['classifier', ''], rows), problems };
}

/**
 * Whole recorded sessions, spread evenly over the file, so that neither the first nor the longest stands for all. Calls that belong
 * to none are each one of their own.
 */
function spread(calls, count) {
  const groups = new Map();
  for (const call of calls) {
    const key = call.path ?? call.id;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const sessions = [...groups.values()];
  const every = Math.max(1, Math.floor(calls.length / count));
  const chosen = [];
  for (let start = 0; start < every; start += 1)
    for (let at = start; at < sessions.length && chosen.length < count; at += every) chosen.push(...sessions[at]);
  return chosen.slice(0, count);
}

/** The gate of one session over the texts of calls alone: nothing is run. */
function createSession(project, baseURL) {
  const home = '/home/user';
  const place = { workspace: [workspace], cwd: workspace, home, scratch: undefined, ours: [], user: 'user' };
  const state = {
    version: 1,
    mode: 'auto',
    trusted: true,
    rules: project.noRules,
    place,
    breaker: { inARow: 1e9, inTotal: 1e9, ofSameAction: 1e9, unattended: 1e9 },
  };
  const facts = project.createVirtualFacts(project.nodeDigest.sha256);
  let past = project.createPast();
  const projection = project.createProjection();
  const usages = [];
  const client = project.createAnthropicModel({ apiKey: 'bench', baseURL });
  const classifier = project.createClassifier({
    model: {
      async stream(...request) {
        const reply = await client.stream(...request);
        if (reply.ok) usages.push(reply.usage);
        return reply;
      },
    },
    settings: () => ({ filterModel: model, model, secondModel: undefined, timeoutMs: 30_000 }),
    clock: project.nodeClock,
    digest: project.nodeDigest,
  });
  const gate = project.createGate({
    ...{ state: () => state, onStateChange: () => ({ dispose() {} }), facts, classifier },
    past: { learn: (analysis) => past.learn(analysis), accept: (hash) => past.accept(hash) },
    analyze: (call, at) => project.analyze(call, at, facts, past),
    projection: () => ({
      ...{ timeline: projection.timeline, ledger: [], instructions: [] },
      ...{ workspace: place.workspace, cwd: place.cwd, home },
    }),
    git: () => undefined,
    alarms: () => [],
    prompter: undefined,
    ledger: project.createLedger(),
    breaker: project.createBreaker(),
    clock: project.nodeClock,
    digest: project.nodeDigest,
    describe: (call) => ({ title: call.tool, exact: JSON.stringify(call.input) }),
    saveRule: async () => {},
    audit: () => {},
  });
  let id = 0;
  let last = {};
  return {
    usages,
    /** A new task is the user's next message; a new recorded session has files of its own, which no other has changed. */
    goesOn({ path, task }) {
      if (path !== last.path) past = project.createPast();
      if (task !== undefined && task !== last.task) projection.add({ type: 'user', text: task, at: 0 });
      if (task !== last.task) past.userSpoke();
      last = { path, task };
    },
    async review({ input, tool }) {
      id += 1;
      const call = { id: `toolu_${id}`, tool, input };
      const started = performance.now();
      const review = await gate.review(call, new AbortController().signal, () => {});
      const wallMs = performance.now() - started;
      if (review.outcome === 'approved') gate.redeem(review.approved);
      projection.add({ type: 'call-decided', id: call.id, record: review.record });
      projection.add({ type: 'call-done', id: call.id, isError: false, text: '', display: undefined, durationMs: 1 });
      return { record: review.record, wallMs };
    },
  };
}

/** Numbers from 0 to 1 that are the same in every run (Park and Miller). */
function createChance(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
