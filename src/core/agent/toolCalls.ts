import type { AgentEvent } from '../events';
import type { Approved, Gate, Review } from '../gate/gate';
import { callId } from '../ids';
import type { Clock, Logger } from '../ports';
import { english, say } from '../say';
import type { Begun, Undo } from '../sessions/undo';
import type { ToolCall, ToolResult } from '../tools/call';
import type { ToolRegistry } from '../tools/registry';
import type { ToolContext } from '../tools/tool';
import type { ToolResultBlock, ToolUseBlock } from './messages';
import type { ResultScreen } from './resultScreen';
import type { PlannedCall } from './stopReasons';

/** What a running call reports. A factory of contexts passes these on, after it has taken them in itself. */
export type ToolCallbacks = Pick<ToolContext, 'signal' | 'onOutput' | 'onCwd' | 'onTodos' | 'onUsage' | 'onJob'>;

export interface ToolCallPorts {
  readonly registry: ToolRegistry;
  readonly screen: Pick<ResultScreen, 'screened'>;
  readonly gate: Gate;
  toolContext(callbacks: ToolCallbacks): ToolContext;
  /** Keeps what calls change; absent where nothing is taken back. */
  readonly undo?: Undo;
  /** Told that paths could not be kept, although analysis counted on it. */
  notKept?(paths: readonly string[]): void;
  /** What hooks say of a result, for the model. */
  afterwards?(call: ToolCall, result: ToolResult, signal: AbortSignal): Promise<string | undefined>;
  readonly clock: Clock;
  readonly logger: Logger;
  emit(event: AgentEvent): void;
}

/** Reviews of one call before it is given up because its approval never lasts until it runs. */
const reviewLimit = 3;

/** For the model, about a call that a stop kept from running. */
export const stoppedBeforeRun = 'Stopped by the person before it ran.';
const stoppedWhileRunning =
  'Stopped by the person while it ran; a part of it may have happened. Look at the present state before going on.';

/**
 * Takes the calls of one reply in order: validate, review, check the approval again, run. Each is reviewed against the state
 * that the earlier ones left. Every call gets a result, also when `signal` aborts in the middle; never rejects.
 */
export async function runToolCalls(
  ports: ToolCallPorts,
  planned: readonly PlannedCall[],
  signal: AbortSignal,
): Promise<readonly ToolResultBlock[]> {
  const prepared = planned.map((call) => prepare(ports, call));
  for (const { use, call } of prepared) {
    ports.emit({
      type: 'call',
      id: callId(use.id),
      tool: use.name,
      title: call ? ports.registry.title(call) : use.name,
      exact: call ? ports.registry.exact(call) : (JSON.stringify(use.input, null, 2) ?? ''),
    });
  }
  ports.gate.foresee(
    prepared.flatMap(({ call }) => call ?? []),
    signal,
  );
  const results: ToolResultBlock[] = [];
  for (const { use, call, problem } of prepared) {
    const { result, durationMs } = call ? await runOne(ports, call, signal) : notRun(problem);
    const text = result.text === '' ? '(no output)' : result.text;
    ports.emit({
      type: 'call-done',
      id: callId(use.id),
      isError: result.isError,
      text,
      display: result.display,
      durationMs,
    });
    results.push({
      type: 'tool_result',
      tool_use_id: use.id,
      content: text,
      ...(result.images && { images: result.images }),
      ...(result.isError ? { is_error: true } : {}),
    });
  }
  return results;
}

/** Keeps what a call may change, so that it can be taken back. A failure costs the way back and nothing else. */
async function keep(
  { logger, registry, undo }: ToolCallPorts,
  call: ToolCall,
  touches: readonly string[] | undefined,
): Promise<Begun | undefined> {
  if (!undo || touches?.length === 0) return undefined;
  try {
    const about = { id: call.id, title: registry.title(call) };
    // Of what is too much to be kept by name, the tree of the workspace knows more.
    return (touches && (await undo.begin(about, touches))) ?? (await undo.begin(about, undefined));
  } catch (error) {
    logger.warn(`what a ${call.tool} call may change could not be kept: ${String(error)}`);
    return undefined;
  }
}

/** Whether a call may run that was allowed because what it loses is kept. */
function isKept({ undo }: ToolCallPorts, begun: Begun | undefined, mustKeep: readonly string[]): boolean {
  if (mustKeep.length === 0) return true;
  if (!undo || !begun) return false;
  if (begun.kept) return true;
  const unkept = undo.unkept();
  return !mustKeep.some((path) => unkept.some((lost) => isAtOrBelow(lost.path, path) || isAtOrBelow(path, lost.path)));
}

const isAtOrBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

async function kept({ emit, logger, undo }: ToolCallPorts, call: ToolCall, begun: Begun | undefined): Promise<void> {
  if (!undo || !begun) return;
  try {
    const changed = await undo.end(begun);
    if (changed) emit({ type: 'call-kept', id: call.id, files: changed.paths.length, lost: changed.lost.length });
  } catch (error) {
    logger.warn(`what a ${call.tool} call changed could not be kept: ${String(error)}`);
  }
}

/** What the model gets of a result: with a warning around it when it tries to give orders. */
function screened({ emit, screen }: ToolCallPorts, call: ToolCall, text: string): string {
  const found = screen.screened(call, text);
  if (found.said)
    emit({
      type: 'notice',
      level: 'warning',
      said: say(
        'What {0} gave back tries to give the agent orders: {1} The agent was warned, and what it sends out is looked at closely until your next message.',
        call.tool,
        english(found.said),
      ),
    });
  return found.text;
}

/** A call as far as it is known before anybody reviews it; without `call` it gets `problem` as its error result. */
interface Prepared {
  readonly use: ToolUseBlock;
  readonly call: ToolCall | undefined;
  readonly problem: string;
}

function prepare({ registry }: ToolCallPorts, { use, instead }: PlannedCall): Prepared {
  if (instead !== undefined) return { use, call: undefined, problem: instead };
  const checked = registry.validate(use);
  return checked.ok ? { use, call: checked.call, problem: '' } : { use, call: undefined, problem: checked.text };
}

/** What came of a call, and how long the tool itself took: neither the review nor the person's thinking counts. */
interface Ran {
  readonly result: ToolResult;
  /** Milliseconds. */
  readonly durationMs: number;
}

async function runOne(ports: ToolCallPorts, call: ToolCall, signal: AbortSignal): Promise<Ran> {
  for (let attempt = 1; attempt <= reviewLimit; attempt += 1) {
    if (signal.aborted) return notRun(stoppedBeforeRun);
    const review = await reviewOne(ports, call, signal);
    if (review === undefined) return notRun(signal.aborted ? stoppedBeforeRun : unreviewable);
    ports.emit({ type: 'call-decided', id: call.id, record: review.record });
    if (review.outcome === 'refused') return notRun(review.text);
    if (signal.aborted) return notRun(stoppedBeforeRun);
    const { mustKeep, touches } = review;
    const begun = await keep(ports, call, touches);
    if (signal.aborted) return notRun(stoppedBeforeRun);
    if (!isKept(ports, begun, mustKeep)) {
      // The way back is missing that it was allowed for: it is reviewed again without one.
      ports.notKept?.(mustKeep);
      continue;
    }
    // Nothing may come between the check and the run: `redeem` is synchronous and `run` follows at once.
    if (ports.gate.redeem(review.approved)) {
      const start = ports.clock.monotonic();
      const result = await runApproved(ports, review.approved, signal);
      const durationMs = ports.clock.monotonic() - start;
      await kept(ports, call, begun);
      return { result, durationMs };
    }
  }
  return notRun(unstable);
}

const unreviewable =
  'This call was not run: it could not be reviewed because of an internal error. Try another way, or tell the person.';
const unstable =
  'This call was not run: what it rests on changed each time after it had been reviewed. Look at the present state and try again.';

/** Undefined when the review was aborted or failed, so that the call may not run. */
async function reviewOne(
  ports: ToolCallPorts,
  call: ToolCall,
  signal: AbortSignal,
): Promise<Review<ToolCall> | undefined> {
  try {
    return await ports.gate.review(call, signal, (by) => ports.emit({ type: 'call-reviewing', id: call.id, by }));
  } catch (error) {
    if (!signal.aborted) ports.logger.error(`the review of a ${call.tool} call failed: ${String(error)}`);
    return undefined;
  }
}

async function runApproved(
  ports: ToolCallPorts,
  approved: Approved<ToolCall>,
  signal: AbortSignal,
): Promise<ToolResult> {
  const { id, tool } = approved.call;
  let running = true;
  const whileRunning = (event: AgentEvent): void => {
    if (running) ports.emit(event);
  };
  const context = ports.toolContext({
    signal,
    onOutput: (chunk) => whileRunning({ type: 'call-output', id, chunk }),
    onCwd: (cwd) => whileRunning({ type: 'cwd', cwd }),
    onTodos: (todos) => whileRunning({ type: 'todos', todos }),
    onJob(job) {
      whileRunning({ type: 'job', id, job: job.id, state: 'running' });
      void job.ended.then(({ by, exitCode }) =>
        ports.emit({
          type: 'job',
          id,
          job: job.id,
          state: by !== 'itself' ? 'ended' : exitCode === 0 ? 'done' : 'failed',
        }),
      );
    },
    onUsage: (usage) => whileRunning({ type: 'usage', usage }),
  });
  try {
    const given = await ports.registry.run(approved, context);
    const said = await ports.afterwards?.(approved.call, given, signal);
    const result = said === undefined ? given : { ...given, text: `${given.text}\n\n${said}` };
    // Only what a tool gave back: our own words about a call that did not run are not looked through.
    return { ...result, text: screened(ports, approved.call, result.text) };
  } catch (error) {
    if (signal.aborted) return failed(stoppedWhileRunning);
    ports.logger.error(`the tool ${tool} failed: ${String(error)}`);
    return failed(`The ${tool} tool failed unexpectedly: ${String(error)}. Try another way, or tell the person.`);
  } finally {
    running = false;
  }
}

const failed = (text: string): ToolResult => ({ text, isError: true });
const notRun = (text: string): Ran => ({ result: failed(text), durationMs: 0 });
