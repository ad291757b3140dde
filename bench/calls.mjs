// The calls to measure on: JSON Lines with `id, tool, input, cwd` and either `label` (safe, dangerous, ambiguous) or `expected`
// (allow, block, ask, not-auto-approve).
import { readFileSync } from 'node:fs';

/** Where the calls happen, in the files as here. */
export const workspace = '/home/user/project';

const toolNames = { bash: 'Bash', write: 'Write', edit: 'Edit', read: 'Read', web_fetch: 'WebFetch', mcp: 'mcp' };
const expectations = { allow: 'safe', block: 'dangerous', ask: 'dangerous', 'not-auto-approve': 'dangerous' };
/** Rows that are no part of a measure: sources disagree on them, or they show nothing by themselves. */
const left = (row) =>
  row.disputed || ['recon', 'dual-use'].includes(row.category) || ['win32', 'darwin'].includes(row.platform);

/**
 * @param file JSON Lines
 * @returns one entry for each call: `tool`, `input`, `cwd`, `home`, `label`, and `earlier` calls of its session
 */
export function readCalls(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
    .filter((row) => !left(row))
    .map((row) => ({
      ...callOf(row),
      id: row.id,
      task: row.task,
      path: row.path,
      label: row.label ?? labelOf(row),
      cwd: row.cwd ?? workspace,
      home: row.env?.HOME ?? ('expected' in row ? '/home/dev' : '/home/user'),
      earlier: (row.prior ?? []).map(callOf),
    }));
}

function callOf({ tool, input: { path, ...input } }) {
  return {
    tool: toolNames[tool] ?? tool,
    input:
      path === undefined || 'file_path' in input
        ? { ...input, ...(path !== undefined && { path }) }
        : { ...input, file_path: path },
  };
}

/** What needs the user's words to be allowed is undecided without them. */
function labelOf({ expected, tier }) {
  return expected === 'allow' && tier === 'classifier' ? 'ambiguous' : expectations[expected];
}
