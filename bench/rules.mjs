// What rules cost: the gate's steps over the same analysed calls, without any rule, with ten, with a thousand, and with a policy of
// one megabyte.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/lib/project.mjs';
import { workspace } from './calls.mjs';
import { quantiles, round, table } from './statistics.mjs';

/** Highest median of the steps with a thousand rules and a policy of one megabyte, microseconds. */
const limit = 100;

const outfile = join(root, 'out', 'bench', 'rules.mjs');

/** A rule of every kind in turn, each another one; most match none of the calls, as in real lists. */
function texts(count, salt) {
  const kinds = [
    (at) => `Bash(tool${salt}${at} run:*)`,
    (at) => `Bash(git push remote${salt}${at} *)`,
    (at) => `Bash(npm run task${salt}${at})`,
    (at) => `Edit(src/${salt}${at}/**)`,
    (at) => `Edit(*.${salt}${at})`,
    (at) => `Read(${salt}${at}.env)`,
    (at) => `Read(~/.${salt}${at}/**)`,
    (at) => `WebFetch(domain:${salt}${at}.example)`,
    (at) => `mcp__server${salt}${at}__tool`,
    (at) => `Bash(* --flag${salt}${at})`,
  ];
  return Array.from({ length: count }, (_, at) => kinds[at % kinds.length](at));
}

/** @returns a table, and what is out of bounds */
export async function measureRules(calls) {
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error', outfile },
    stdin: {
      contents: ['analysis/analyze', 'analysis/virtualFacts', 'breaker', 'course', 'policy', 'rules', 'ruleSyntax']
        .map((name) => `export * from './src/core/gate/${name}';`)
        .join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
  });
  const gate = await import(pathToFileURL(outfile).href);
  const facts = gate.createVirtualFacts((text) => text);
  const place = {
    workspace: [workspace],
    cwd: workspace,
    home: '/home/user',
    scratch: undefined,
    ours: [],
    user: 'user',
  };
  const analysed = calls.map(({ input, tool }) => {
    const call = { id: 'bench', tool, input };
    return { call, analysis: gate.analyze(call, place, facts) };
  });
  const lists = (count, salt) => {
    const all = texts(count, salt);
    return {
      allow: all.filter((_, at) => at % 3 === 0),
      ask: all.filter((_, at) => at % 3 === 1),
      deny: all.filter((_, at) => at % 3 === 2),
    };
  };
  const rulesOf = (entries, source) => gate.readRules(entries, source).rules;
  const user = rulesOf(lists(1_000, 'u'), 'user settings');
  const many = lists(44_000, 'p');
  const text = JSON.stringify({ permissions: many });
  const policy = gate.readPolicy([{ path: '/etc/x.json', content: { ok: true, text } }]);
  const sets = {
    'no rules': gate.noRules,
    '10 rules': rulesOf(lists(10, 'u'), 'user settings'),
    '1,000 rules': user,
    [`1,000 rules and a policy of ${(text.length / 1e6).toFixed(1)} MB (44,000 rules)`]: gate.mergeRules(
      user,
      rulesOf(policy.rules, 'policy'),
    ),
  };
  const rows = [];
  const problems = [];
  for (const [name, rules] of Object.entries(sets)) {
    const times = [];
    for (let turn = 0; turn < 12; turn += 1)
      for (const { analysis, call } of analysed)
        for (const mode of ['normal', 'auto']) {
          const state = { version: 1, mode, trusted: true, rules, place, breaker: gate.defaultBreakerLimits };
          const started = performance.now();
          gate.courseOf(call, state, analysis);
          if (turn > 1) times.push((performance.now() - started) * 1000);
        }
    const { max, p50, p90, p99 } = quantiles(times);
    rows.push([name, ...[p50, p90, p99, max].map(round)]);
    if (p50 > limit) problems.push(`${name}: ${round(p50)} µs at the median, more than ${limit}`);
  }
  return { text: table(['steps of the gate', 'p50 µs', 'p90 µs', 'p99 µs', 'max µs'], rows), problems };
}
