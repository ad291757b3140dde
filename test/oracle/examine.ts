import { execFileSync } from 'node:child_process';
import { analyze } from '../../src/core/gate/analysis/analyze';
import { describeEffect } from '../../src/core/gate/effect';
import { callId } from '../../src/core/ids';
import { uncovered } from './cover';
import { isNoise } from './noise';
import { type Observed, observe } from './observe';
import { isInstalled, runTraced, shell } from './sandbox';
import { place, type World } from './world';

/** What came of one command. */
export interface Outcome {
  readonly command: string;
  readonly answer: string;
  readonly rule: string;
  /** `observed`; why not: a program is not there, the network is; or why it was not run at all. */
  readonly status: 'observed' | 'missing program' | 'needs network' | 'critical' | 'blocked' | 'broken';
  /** The program that is missing, or what went wrong. */
  readonly detail: string;
  readonly code: number | null;
  readonly timedOut: boolean;
  readonly milliseconds: number;
  /** How many things it did that say something. */
  readonly effects: number;
  readonly failures: readonly {
    readonly kind: string;
    readonly what: string;
    readonly by: string;
    readonly line: string;
  }[];
  readonly predicted: readonly string[];
}

/**
 * Analyses a command, runs it unless it is harmful or critical, and compares what it did with what was predicted.
 * @param store a folder that the command cannot see.
 */
export async function examine(command: string, world: World, store: string): Promise<Outcome> {
  const analysis = analyze({ id: callId('oracle'), tool: 'Bash', input: { command } }, place, world.facts);
  const { answer, decisive, critical, effects, commands } = analysis;
  const outcome = {
    command,
    answer,
    rule: decisive.rule,
    detail: '',
    code: null,
    timedOut: false,
    milliseconds: 0,
    effects: 0,
    failures: [],
    predicted: effects.map(describeEffect),
  };
  if (critical) return { ...outcome, status: 'critical' };
  if (answer === 'block') return { ...outcome, status: 'blocked' };

  const [only, ...more] = commands;
  if (
    only?.program !== undefined &&
    more.length === 0 &&
    only.words[0] === command.split(/\s/, 1)[0] &&
    isAbsent(only.program)
  )
    return { ...outcome, status: 'missing program', detail: only.program };

  const begun = performance.now();
  const { trace, code, stderr, timedOut } = await runTraced(command, store);
  const { observed, missing, started } = observe(trace, shell, place.cwd, world.links);
  if (!started) return { ...outcome, status: 'broken', detail: stderr.slice(0, 500), code };
  const told = uncovered(observed, analysis, place, world.files);
  const failures = told.map(({ kind, what, images, line }) => ({
    kind,
    what,
    by: images.map(({ file }) => file.slice(file.lastIndexOf('/') + 1)).join(' > '),
    line: line.slice(0, 400),
  }));
  // Nothing has to be put back where nothing was changed.
  if (observed.some(changes)) world.reset();

  const milliseconds = Math.round(performance.now() - begun);
  const done = {
    ...outcome,
    code,
    timedOut,
    milliseconds,
    failures,
    effects: observed.filter((each) => !isNoise(each)).length,
  };
  const absent = [...notFound(stderr), ...missing.filter((name) => commands.some(({ program }) => program === name))];
  if (absent.length > 0) return { ...done, status: 'missing program', detail: [...new Set(absent)].join(' ') };
  const outward = observed.find((each) => each.kind === 'connect' && needsNetwork(each));
  if (outward) return { ...done, status: 'needs network', detail: outward.what };
  return { ...done, status: 'observed' };
}

/** Programs of the shell itself are looked for nowhere. */
const builtins = new Set(execFileSync('bash', ['-c', 'compgen -bk'], { encoding: 'utf8' }).split('\n'));

const isAbsent = (program: string) => !program.includes('/') && !builtins.has(program) && !isInstalled(program);

const changes = ({ kind, what }: Observed) =>
  ['write', 'folder', 'touch', 'delete'].includes(kind) && /^\/(?:home|tmp)(?:\/|$)/.test(what);

/** An address elsewhere, or a question to a name server wherever that one is. */
const needsNetwork = ({ what }: Observed) =>
  !what.startsWith('unix:') && (!/^(?:127\.|::1:|::ffff:127\.)/.test(what) || what.endsWith(':53'));

function notFound(stderr: string): readonly string[] {
  return [...stderr.matchAll(/line \d+: (\S+): command not found/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
}
