import { assertNever } from '../../core/assertNever';
import type { TurnEnd } from '../../core/events';
import type { Mode } from '../../core/gate/modes';
import type { DecisionRecord } from '../../core/gate/record';
import { type ExitCode, exitCodes } from '../agent/exitCodes';
import type { Tally } from '../agent/tally';

/** How a run ended; the names are part of the published schema. */
export type Ending =
  | 'success'
  | 'error_internal'
  | 'error_request'
  | 'error_unattended'
  | 'error_no_verdicts'
  | 'error_limit'
  | 'error_max_turns'
  | 'error_max_cost'
  | 'interrupted'
  | 'terminated';

export const endingCodes: Readonly<Record<Ending, ExitCode>> = {
  success: exitCodes.done,
  error_internal: exitCodes.internal,
  error_request: exitCodes.request,
  error_unattended: exitCodes.unattended,
  error_no_verdicts: exitCodes.noVerdicts,
  error_limit: exitCodes.limit,
  error_max_turns: exitCodes.limit,
  error_max_cost: exitCodes.cost,
  interrupted: exitCodes.interrupted,
  terminated: exitCodes.terminated,
};

/** What is known when a turn has ended. */
export interface Ended {
  readonly end: TurnEnd;
  /** The agent itself failed, not a request. */
  readonly inside: boolean;
  /** The turn ended because nobody could be asked. */
  readonly unattended: boolean;
  /** Refused calls of this turn. */
  readonly refused: readonly DecisionRecord[];
  readonly overTurns: boolean;
  readonly overCost: boolean;
  /** The signal that ended the program. */
  readonly signal: 'SIGINT' | 'SIGTERM' | undefined;
}

export function endingOf(ended: Ended): Ending {
  if (ended.signal !== undefined) return ended.signal === 'SIGINT' ? 'interrupted' : 'terminated';
  if (ended.overCost) return 'error_max_cost';
  switch (ended.end) {
    case 'done':
      return 'success';
    case 'failed':
      return ended.inside ? 'error_internal' : 'error_request';
    case 'stopped':
      return 'interrupted';
    case 'limit':
      if (ended.unattended) return withoutVerdicts(ended.refused) ? 'error_no_verdicts' : 'error_unattended';
      return ended.overTurns ? 'error_max_turns' : 'error_limit';
    default:
      return assertNever(ended.end);
  }
}

/** Most of what nobody answered for lacked a verdict. */
function withoutVerdicts(refused: readonly DecisionRecord[]): boolean {
  const missing = refused.filter(({ step }) => step === 'outage').length;
  return missing * 2 > refused.length;
}

/** The last line of `stream-json` and all of `json`; see `docs/result.schema.json`. */
export function resultObject(run: {
  readonly ending: Ending;
  readonly sessionId: string;
  readonly text: string;
  readonly model: string;
  readonly mode: Mode;
  readonly durationMs: number;
  readonly tally: Tally;
  readonly notices: readonly string[];
}): object {
  const { durationMs, ending, mode, model, notices, sessionId, tally, text } = run;
  const { cacheReadTokens, cacheWriteTokens, inputTokens, outputTokens } = tally.usage;
  return {
    type: 'result',
    subtype: ending,
    is_error: ending !== 'success',
    exit_code: endingCodes[ending],
    session_id: sessionId,
    result: text,
    model,
    mode,
    num_turns: tally.requests,
    duration_ms: Math.round(durationMs),
    total_cost_usd: tally.cost === undefined ? null : Number(tally.cost.toFixed(6)),
    usage: {
      input_tokens: inputTokens,
      output_tokens: outputTokens,
      cache_read_input_tokens: cacheReadTokens,
      cache_creation_input_tokens: cacheWriteTokens,
    },
    blocked: tally.refused.map(blockedObject),
    notices,
  };
}

/** A call that did not run. Its input is masked already. */
function blockedObject({ callId, input, outcome, reason, rule, source, step, title, tool }: DecisionRecord): object {
  return { tool_use_id: callId, tool, title, input, outcome, step, rule, reason, source };
}
