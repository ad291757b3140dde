// What a turn costs in a session of two thousand calls and in one of fifty, the memory it takes, and how long it takes to open.
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { root } from '../scripts/lib/project.mjs';
import { round, table } from './statistics.mjs';

const outfile = join(root, 'out', 'bench', 'sessions.mjs');
const callsEach = 10;
const calls = 2_000;
/** Turns over which the cost of one is taken, so that a collection of garbage or a summary does not decide. */
const window = 5;
/** Bounds of the design. What differs by less than the noise of a shared machine is not more. */
const bounds = { growth: 1.5, megabytes: 150, openMs: 1_000 };

async function loadProject() {
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error', outfile },
    packages: 'external',
    stdin: {
      contents:
        "export * from './test/fakes/storedAgent'; export * from './src/extension/chatItems'; export { english } from './src/core/say';",
      resolveDir: root,
      loader: 'ts',
    },
  });
  return import(pathToFileURL(outfile).href);
}

/** Reads ten files in a turn, one after the other, and says so. Counts tokens as the API would, about. */
function scriptedModel(ws) {
  let made = 0;
  return {
    async stream({ messages }) {
      const inputTokens = Math.round(JSON.stringify(messages).length / 4);
      const usage = { inputTokens, outputTokens: 200, cacheReadTokens: 0, cacheWriteTokens: 0 };
      const last = JSON.stringify(messages.at(-1));
      const say = (text) => ({ type: 'text', text });
      if (last.includes('about to be summarised'))
        return {
          ok: true,
          stopReason: 'end_turn',
          usage,
          message: { role: 'assistant', content: [say('Much was read.')] },
        };
      made += 1;
      if (made % (callsEach + 1) === 0)
        return {
          ok: true,
          stopReason: 'end_turn',
          usage,
          message: { role: 'assistant', content: [say('Read all of it. '.repeat(30))] },
        };
      const use = {
        type: 'tool_use',
        id: `toolu_${made}`,
        name: 'Read',
        input: { file_path: join(ws, `f${made % 50}.ts`) },
      };
      return { ok: true, stopReason: 'tool_use', usage, message: { role: 'assistant', content: [say('Next.'), use] } };
    },
  };
}

export async function measureSessions() {
  const { createChatItems, english, storedAgent } = await loadProject();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const folder = mkdtempSync(join(tmpdir(), 'bench-session-'));
  try {
    for (const name of ['ws', 'home', 'ours']) mkdirSync(join(folder, name));
    const ws = join(folder, 'ws');
    for (let n = 0; n < 50; n += 1) writeFileSync(join(ws, `f${n}.ts`), `export const value${n} = ${n};\n`.repeat(60));
    collect();
    const before = process.memoryUsage().heapUsed;
    const options = { root: folder, baseURL: '', model: scriptedModel(ws) };
    const pageOf = () => createChatItems({ localize: english, language: 'en', folders: [ws] });
    let agent = await storedAgent(options);
    const items = pageOf();
    agent.session.onEvent((event) => items.add(event));
    const costs = [];
    for (let turn = 0; turn < calls / callsEach; turn += 1) {
      const start = process.cpuUsage();
      await agent.session.send(`Read ten files, for the ${turn + 1}th time.`);
      const { system, user } = process.cpuUsage(start);
      costs.push((system + user) / 1_000);
    }
    collect();
    const megabytes = (process.memoryUsage().heapUsed - before) / 1_000_000;
    const summaries = agent.session.events.filter(({ type }) => type === 'compacted').length;
    await agent.dispose();
    const size = statSync(join(folder, 'ours', 'session.jsonl')).size / 1_000_000;
    const start = performance.now();
    agent = await storedAgent(options);
    const page = pageOf();
    for (const event of agent.session.events) page.add(event);
    const openMs = performance.now() - start;
    await agent.dispose();

    const middle = (at) => costs.slice(at, at + window).toSorted((a, b) => a - b)[Math.floor(window / 2)];
    // The first turns warm the machine up.
    const early = middle(50 / callsEach);
    const late = middle(costs.length - window);
    const text = [
      table(
        ['a session of', 'turn of 10 calls, CPU ms', 'heap MB', 'opens in ms', 'file MB', 'summaries'],
        [
          ['50 calls', round(early), '', '', '', ''],
          [`${calls} calls`, round(late), round(megabytes), round(openMs), round(size), summaries],
        ],
      ),
      'Bounds: a turn costs no more than in a short session, 150 MB, 1,000 ms.',
    ].join('\n\n');
    const problems = [
      ...(late > early * bounds.growth
        ? [`a turn after ${calls} calls costs ${round(late / early)} times as much`]
        : []),
      ...(megabytes > bounds.megabytes ? [`a session of ${calls} calls takes ${round(megabytes)} MB`] : []),
      ...(openMs > bounds.openMs ? [`a session of ${calls} calls opens in ${round(openMs)} ms`] : []),
    ];
    return { text, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
