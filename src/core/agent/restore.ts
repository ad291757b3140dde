import type { AgentEvent } from '../events';
import { type CallId, callId } from '../ids';
import { say } from '../say';
import { withoutRewound } from '../sessions/rewound';
import type { Transcript } from '../sessions/transcript';
import type { NumberedMessage } from './conversation';
import { type AssistantMessage, type ToolResultBlock, toolUses, type UserMessage } from './messages';

/** A stored session made whole again. */
export interface Restored {
  /** Fit to be sent: every call has its result, and nothing has a result without a call. */
  readonly messages: readonly NumberedMessage[];
  readonly events: readonly AgentEvent[];
  /** Events that end what was running and say what was lost; to be added after `events`. */
  readonly added: readonly AgentEvent[];
}

/** Makes a stored session whole: a turn that was running is ended and marked, calls without a result get one. */
export function restore({ messages, events, problem }: Transcript): Restored {
  const left = withoutRewound(events);
  const ending = [...endInterruptedTurn(left), ...endLostJobs(events)];
  const unread: AgentEvent[] = problem ? [{ type: 'notice', level: 'warning', said: problem }] : [];
  // Said once, however often the session is opened.
  const isKnown = (notice: AgentEvent): boolean =>
    events.some((event) => event.type === 'notice' && JSON.stringify(event) === JSON.stringify(notice));
  return {
    messages: repairTail(messages, outcomes([...events, ...ending])),
    events: left,
    added: [...ending, ...unread.filter((notice) => !isKnown(notice))],
  };
}

const interrupted =
  'The window was closed or reloaded while this call ran; a part of it may have happened. Look at the present state before going on.';
const neverRan = 'This call was not run: the turn ended before its time came. Make it again if it is still needed.';

/** About a turn that ended with its window. */
export const interruptedNotice: AgentEvent = {
  ...{ type: 'notice', level: 'warning', action: 'go-on' },
  said: say(
    'The window was closed or reloaded while the agent was working, so its turn ended there. Nothing of it runs any more.',
  ),
};

function endInterruptedTurn(events: readonly AgentEvent[]): readonly AgentEvent[] {
  const begun = events.findLastIndex((event) => event.type === 'turn-start');
  if (begun === -1 || events.slice(begun).some((event) => event.type === 'turn-end')) return [];
  const approved = new Set<CallId>();
  const open = new Set<CallId>();
  for (const event of events) {
    if (event.type === 'call') open.add(event.id);
    if (event.type === 'call-decided' && event.record.outcome === 'allowed') approved.add(event.id);
    if (event.type === 'call-done') open.delete(event.id);
  }
  const ended = [...open].map((id): AgentEvent => {
    const text = approved.has(id) ? interrupted : neverRan;
    return { type: 'call-done', id, isError: true, text, display: undefined, durationMs: 0 };
  });
  return [...ended, interruptedNotice, { type: 'turn-end', end: 'stopped' }];
}

/** Nothing of an earlier window runs in the background any more. */
function endLostJobs(events: readonly AgentEvent[]): readonly AgentEvent[] {
  const open = new Map<CallId, AgentEvent>();
  for (const event of events) {
    if (event.type !== 'job') continue;
    if (event.state === 'running') open.set(event.id, { ...event, state: 'ended' });
    else open.delete(event.id);
  }
  return [...open.values()];
}

/** How each call ended, as the screen says it. */
function outcomes(events: readonly AgentEvent[]): ReadonlyMap<CallId, { text: string; isError: boolean }> {
  return new Map(events.flatMap((event) => (event.type === 'call-done' ? [[event.id, event] as const] : [])));
}

/**
 * Gives every call without a result the one that the events know, or an error; takes out results without a call, and
 * messages that hold nothing.
 */
export function repairTail(
  messages: readonly NumberedMessage[],
  known: ReadonlyMap<CallId, { readonly text: string; readonly isError: boolean }> = new Map(),
): readonly NumberedMessage[] {
  const repaired: NumberedMessage[] = [];
  let waiting: AssistantMessage | undefined;
  let n = 0;
  const answer = (given: readonly ToolResultBlock[]): readonly ToolResultBlock[] =>
    waiting
      ? toolUses(waiting).map(
          ({ id }) => given.find(({ tool_use_id }) => tool_use_id === id) ?? resultOf(id, known.get(callId(id))),
        )
      : [];
  const push = (message: UserMessage | AssistantMessage): void => {
    if (message.content.length > 0) repaired.push({ n, message });
  };
  // The API takes no conversation that begins with the model: its first line may have been lost.
  const begun = messages.findIndex(({ message }) => message.role === 'user' && message.content.some(isText));
  for (const { n: number, message } of begun === -1 ? [] : messages.slice(begun)) {
    if (message.role === 'assistant') {
      push({ role: 'user', content: answer([]) });
      n = number;
      push(message);
      waiting = message;
      continue;
    }
    const given = message.content.filter((block) => block.type === 'tool_result');
    // Results that are put in are a message of their own, which is what the loop would have made.
    if (given.length === 0) push({ role: 'user', content: answer([]) });
    n = number;
    const words = message.content.filter((block) => block.type === 'text');
    push({ role: 'user', content: given.length === 0 ? words : [...answer(given), ...words] });
    waiting = undefined;
  }
  push({ role: 'user', content: answer([]) });
  return repaired;
}

const isText = ({ type }: { readonly type: string }): boolean => type === 'text';

/** The result of a call that nobody answered: what is known of how it ended, or that it did not run. */
export function resultOf(
  id: string,
  outcome: { readonly text: string; readonly isError: boolean } = { text: neverRan, isError: true },
): ToolResultBlock {
  const { text, isError } = outcome;
  return { type: 'tool_result', tool_use_id: id, content: text, ...(isError ? { is_error: true } : {}) };
}
