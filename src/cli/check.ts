import { realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Answer } from '../core/gate/analysis/analysis';
import { judge, type Verdict } from './judge';
import type { CheckArguments } from './parseArguments';

const statuses: Record<Answer, number> = { allow: 0, unsure: 10, block: 11 };

/** Judges the call of the command line and prints what was found. @returns the exit status. */
export function runCheck(args: CheckArguments, output: { write(text: string): unknown }): number {
  const cwd = settle(args.cwd ?? process.cwd(), args.virtual);
  const workspace = (args.workspace.length > 0 ? args.workspace : [cwd]).map((folder) => settle(folder, args.virtual));
  const home = settle(args.home ?? homedir(), args.virtual);
  const verdict = judge({
    tool: args.tool,
    input: args.input,
    place: { workspace, cwd, home, scratch: undefined, ours: [], user: userName() },
    virtual: args.virtual,
    earlier: [],
  });
  const command = typeof args.input['command'] === 'string' ? args.input['command'] : undefined;
  output.write(args.json ? `${JSON.stringify(verdict)}\n` : describe(verdict, command));
  return statuses[verdict.decision];
}

function settle(folder: string, virtual: boolean): string {
  const full = resolve(folder);
  try {
    return virtual ? full : realpathSync.native(full);
  } catch {
    return full;
  }
}

function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

/** The verdict for a person: decision, why, the text it rests on, what the call would do. */
export function describe(verdict: Verdict, command: string | undefined): string {
  const lines = [`${verdict.decision}  (${verdict.rule}, ${verdict.micros} µs)`, verdict.reason];
  if (command !== undefined) lines.push('', ...withCarets(command, verdict.evidence));
  lines.push(
    '',
    'Effects:',
    ...(verdict.effects.length > 0 ? verdict.effects.map((effect) => `  ${effect}`) : ['  none']),
  );
  if (verdict.loss !== undefined) lines.push('', `Blast radius: ${verdict.loss}`);
  return `${lines.map(visible).join('\n')}\n`;
}

/** Lines of a longer command that are shown around what matters. */
const linesShown = 20;

function withCarets(command: string, evidence: Verdict['evidence']): readonly string[] {
  const shown: string[] = [];
  let offset = 0;
  const all = command.split('\n');
  for (const line of all.slice(0, linesShown)) {
    shown.push(`  ${line}`);
    const marks = Array.from(line, () => ' ');
    for (const [from, to] of evidence)
      for (let at = Math.max(from - offset, 0); at < Math.min(to - offset, line.length); at += 1) marks[at] = '^';
    if (marks.includes('^')) shown.push(`  ${marks.join('').trimEnd()}`);
    offset += line.length + 1;
  }
  if (all.length > linesShown) shown.push(`  (${all.length - linesShown} more lines)`);
  return shown;
}

/** Control and direction characters would let a command paint over what is printed about it. */
export function visible(text: string): string {
  return text.replace(
    /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
