import { callId } from '../ids';
import { english } from '../say';
import type { ToolCall } from '../tools/call';
import type { Analysis } from './analysis/analysis';
import type { Place } from './analysis/facts';
import { defaultBreakerLimits } from './breaker';
import { type Course, courseOf, courseOfRecord } from './course';
import { type Mode, modes } from './modes';
import type { DecisionRecord } from './record';
import type { RuleSet } from './rules';
import type { GateState } from './state';

/** What is needed of a record to decide its call again. */
export type Recorded = Pick<
  DecisionRecord,
  'at' | 'tool' | 'title' | 'input' | 'cwd' | 'mode' | 'decision' | 'outcome' | 'person' | 'step' | 'rule' | 'shadow'
>;

/** One call decided again. */
export interface Redecided {
  readonly record: Recorded;
  readonly was: Course;
  readonly now: Course;
  /** What decides now. */
  readonly rule: string;
  readonly reason: string;
}

export interface ReplayOptions {
  readonly rules: RuleSet;
  /** Instead of the mode that each call was made in. */
  readonly mode?: Mode;
  /** Workspace folders; the folder of each call when absent. */
  readonly workspace?: readonly string[];
  readonly home: string;
  /** Works out what a call would do. The files of then are gone, so it looks at none. */
  analyze(call: ToolCall, place: Place): Analysis;
}

/** Decides recorded calls again, in order, under other rules or in another mode. */
export function replay(records: readonly Recorded[], options: ReplayOptions): readonly Redecided[] {
  return records.map((record, at) => {
    const { course, opinion } = decideAgain(record, at, options);
    return { record, was: courseOfRecord(record), now: course, rule: opinion.rule, reason: english(opinion.reason) };
  });
}

/** Calls whose course another set of rules changes, whatever else has changed since they were recorded. */
export function difference(
  records: readonly Recorded[],
  before: ReplayOptions,
  after: Pick<ReplayOptions, 'rules'>,
): readonly Redecided[] {
  return records.flatMap((record, at) => {
    const was = decideAgain(record, at, before).course;
    const { course: now, opinion } = decideAgain(record, at, { ...before, ...after });
    return was === now ? [] : [{ record, was, now, rule: opinion.rule, reason: english(opinion.reason) }];
  });
}

function decideAgain(record: Recorded, at: number, options: ReplayOptions): ReturnType<typeof courseOf> {
  const place: Place = {
    workspace: options.workspace ?? [record.cwd],
    cwd: record.cwd,
    home: options.home,
    scratch: undefined,
    ours: [],
    user: undefined,
  };
  const call: ToolCall = { id: callId(`replay_${at}`), tool: record.tool, input: record.input };
  const state: GateState = {
    version: 1,
    mode: options.mode ?? record.mode,
    trusted: true,
    rules: options.rules,
    place,
    breaker: defaultBreakerLimits,
  };
  return courseOf(call, state, options.analyze(call, place));
}

/** Reads a line of the audit log; undefined when it is none. */
export function readRecord(line: string): Recorded | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Partial<Record<keyof DecisionRecord, unknown>>;
  const texts = [
    record.at,
    record.tool,
    record.title,
    record.cwd,
    record.decision,
    record.outcome,
    record.step,
    record.rule,
  ];
  if (!texts.every((text) => typeof text === 'string')) return undefined;
  if (!modes.some((mode) => mode === record.mode) || typeof record.input !== 'object') return undefined;
  return value as Recorded;
}
