import type { AgentEvent, TurnEnd } from '../events';
import { say } from '../say';
import type { SessionLimits } from './limits';
import type { AssistantBlock, AssistantMessage, StopReason, ToolUseBlock } from './messages';

/** A tool call of a reply. `instead` is the error result that it gets without being reviewed or run. */
export interface PlannedCall {
  readonly use: ToolUseBlock;
  readonly instead?: string;
}

/** What to do with one reply of the model. Every call in it gets a result, whatever follows. */
export interface ReplyPlan {
  /** What goes into the conversation; undefined when nothing of the reply may. */
  readonly keep: AssistantMessage | undefined;
  readonly calls: readonly PlannedCall[];
  readonly notices: readonly AgentEvent[];
  readonly next: /** Ask the model again; `words` are said to it first. */
    | { readonly type: 'go-on'; readonly words?: string }
    | { readonly type: 'end'; readonly end: TurnEnd }
    /** Take the whole turn out of the conversation. */
    | { readonly type: 'forget-turn'; readonly end: TurnEnd };
}

/** What went before in this turn. */
export interface SoFar {
  /** Replies with `pause_turn`. */
  readonly pauses: number;
  /** Replies in a row that the output limit cut. */
  readonly cuts: number;
}

/** Decides what follows from a reply, for every stop reason of the API. */
export function planReply(
  message: AssistantMessage,
  stopReason: StopReason,
  soFar: SoFar,
  limits: SessionLimits,
): ReplyPlan {
  const keep = sendable(message);
  const calls = callsOf(keep);
  switch (stopReason) {
    case 'end_turn':
    case 'tool_use':
    case 'stop_sequence': {
      if (calls.length > 0) return { keep, calls, notices: [], next: { type: 'go-on' } };
      const notices = keep ? [] : [info(say('The model ended its turn without saying anything.'))];
      return { keep, calls, notices, next: { type: 'end', end: 'done' } };
    }
    case 'max_tokens':
      return planCut(keep, soFar, limits);
    case 'pause_turn': {
      // Sent back exactly as it came, empty blocks and all: the service continues from it.
      const paused = message.content.length > 0 ? message : undefined;
      if (paused && soFar.pauses < limits.pausesPerTurn)
        return { keep: paused, calls: callsOf(paused), notices: [], next: { type: 'go-on' } };
      const said = say('The model paused {0} times in this turn. Send a message to let it go on.', soFar.pauses + 1);
      return { keep, calls: notRun(calls, unfinished), notices: [warning(said)], next: { type: 'end', end: 'limit' } };
    }
    case 'refusal': {
      const said = say(
        'The model declined to answer. This exchange was taken out of the conversation, because the model would go on declining otherwise; files that were changed stay changed. Say it in other words, or go on with something else.',
      );
      return {
        keep: undefined,
        calls: [],
        notices: [warning(said)],
        next: { type: 'forget-turn', end: 'failed' },
      };
    }
    case 'model_context_window_exceeded': {
      const said = say(
        'The conversation has filled the context window of the model, so its reply was cut. Start a new session to go on; files that were changed stay changed.',
      );
      const notice: AgentEvent = { type: 'notice', level: 'warning', said, action: 'new-session' };
      return { keep, calls: notRun(calls, unfinished), notices: [notice], next: { type: 'end', end: 'limit' } };
    }
    case 'unknown': {
      const said = say(
        'The model ended its reply for a reason that this version does not know, so none of its calls were run. Send a message to go on, or look for an update.',
      );
      return { keep, calls: notRun(calls, unfinished), notices: [warning(said)], next: { type: 'end', end: 'failed' } };
    }
  }
}

const unfinished =
  'This call was not run: the reply that holds it ended early. Make the call again if it is still needed.';
const cutCall =
  'This call was not run: your reply reached the output limit before the call was complete. Make it again in smaller parts, for example one part of the file at a time.';
const goOn = 'Your reply was cut at the output limit. Go on exactly where it stopped, and keep it shorter.';

function planCut(keep: AssistantMessage | undefined, soFar: SoFar, limits: SessionLimits): ReplyPlan {
  if (!keep) {
    const said = say(
      'The reply reached the limit of {0} output tokens before anything was said. Ask for a smaller step.',
      limits.maxTokens,
    );
    return { keep, calls: [], notices: [warning(said)], next: { type: 'end', end: 'limit' } };
  }
  const last = keep.content.at(-1);
  const calls = callsOf(keep).map((call) => (call.use === last ? { ...call, instead: cutCall } : call));
  if (soFar.cuts > 0) {
    const said = say(
      'The reply reached the limit of {0} output tokens again and was cut. Send a message to let the model go on, or ask for a smaller step.',
      limits.maxTokens,
    );
    return { keep, calls, notices: [warning(said)], next: { type: 'end', end: 'limit' } };
  }
  const cutWhat =
    last?.type === 'tool_use'
      ? say(
          'The reply reached the limit of {0} output tokens in the middle of a {1} call. The call is not run; the model is told.',
          limits.maxTokens,
          last.name,
        )
      : say(
          'The reply reached the limit of {0} output tokens and was cut. The model is asked to go on.',
          limits.maxTokens,
        );
  const next = calls.length > 0 ? ({ type: 'go-on' } as const) : ({ type: 'go-on', words: goOn } as const);
  return { keep, calls, notices: [info(cutWhat)], next };
}

/**
 * The part of a reply that the API takes back: no empty text blocks, and no thinking at the end, which a message may not end
 * with. Undefined when nothing is left.
 */
export function sendable(message: AssistantMessage): AssistantMessage | undefined {
  const content = message.content.filter((block) => block.type !== 'text' || block.text.trim() !== '');
  while (isThinking(content.at(-1))) content.pop();
  return content.length > 0 ? { role: 'assistant', content } : undefined;
}

function isThinking(block: AssistantBlock | undefined): boolean {
  return block?.type === 'opaque' && (block.block.type === 'thinking' || block.block.type === 'redacted_thinking');
}

function callsOf(message: AssistantMessage | undefined): readonly PlannedCall[] {
  return (message?.content ?? []).flatMap((block) => (block.type === 'tool_use' ? [{ use: block }] : []));
}

function notRun(calls: readonly PlannedCall[], instead: string): readonly PlannedCall[] {
  return calls.map((call) => ({ ...call, instead }));
}

const info = (said: ReturnType<typeof say>): AgentEvent => ({ type: 'notice', level: 'info', said });
const warning = (said: ReturnType<typeof say>): AgentEvent => ({ type: 'notice', level: 'warning', said });
