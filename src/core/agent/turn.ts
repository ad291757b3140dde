import type { AgentEvent, TurnEnd } from '../events';
import type { Model, ModelFailure, ModelReply, ModelRequest } from '../ports';
import { english, say } from '../say';
import { contextTokens, remembered, summaryMessage, summaryOf, summaryRequest, tailStart } from './compaction';
import type { Conversation } from './conversation';
import type { SessionLimits } from './limits';
import { failureNotice, longWaitNotice, streamWithRetries } from './retry';
import { planReply, type ReplyPlan, type SoFar } from './stopReasons';
import { runToolCalls, type ToolCallPorts } from './toolCalls';

export interface TurnPorts extends ToolCallPorts {
  readonly model: Model;
  /** Asked before each request, so that a change holds from the next one on. */
  modelName(): string;
  /** Between 0 (included) and 1 (excluded). */
  random(): number;
  readonly system: readonly string[];
  readonly conversation: Conversation;
  readonly limits: SessionLimits;
  /** Told before each request. */
  beforeRequest(): void;
  /** What the person forbade and has not taken back, in their words. */
  forbidden(): readonly string[];
  /** Everything that has happened. */
  happened(): readonly AgentEvent[];
  /** A message of the person's may enter now: every call has its result. */
  safePoint(): void;
}

/**
 * Runs one turn: stream a reply, take its calls through the gate, return every result, repeat until the model is done, the
 * person stops it, a request finally fails, or a limit is reached. Leaves the conversation fit for the next message.
 * @param start index of the message that began the turn.
 */
export async function runTurn(ports: TurnPorts, start: number, signal: AbortSignal): Promise<TurnEnd> {
  const { emit, limits } = ports;
  let soFar: SoFar = { pauses: 0, cuts: 0 };
  let tooLarge = false;
  /** Tokens from which on it is tried again, after a summary that came to nothing. */
  let nextAt = limits.compactAt;
  const first = ports.conversation.numberOf(start);
  /** Of the message that began the turn; behind the summary when it has gone into one. */
  const began = (): number => {
    if (first === undefined) return start;
    return Number.isInteger(first) ? (ports.conversation.indexOf(first) ?? 1) : 1;
  };
  ports.gate.turnBegan();
  for (let request = 1; !signal.aborted; request += 1) {
    if (request > limits.requestsPerTurn) {
      emit({ type: 'notice', level: 'warning', said: tooManyRequests(limits.requestsPerTurn) });
      return 'limit';
    }
    const tokens = contextTokens(ports.happened());
    if (tokens >= nextAt && !(await compact(ports, 'due', signal))) nextAt = tokens + limits.compactAt / 10;
    if (signal.aborted) return 'stopped';
    const { reply, text } = await ask(ports, signal);
    if (signal.aborted && !reply.ok) return stopped(ports, text);
    if (!reply.ok && reply.failure.cause === 'too-large' && !tooLarge) {
      // Once: what is still too large is not so because of what came before.
      tooLarge = true;
      if (await compact(ports, 'too-large', signal)) continue;
    }
    if (!reply.ok) return failedTurn(ports, reply.failure, began());
    emit({ type: 'usage', usage: reply.usage });
    const plan = planReply(reply.message, reply.stopReason, soFar, limits);
    const end = await follow(ports, plan, began(), signal);
    if (end !== 'go-on') return end;
    // A paused reply is sent back as it is, with nothing behind it.
    if (ports.conversation.messages.at(-1)?.role === 'user') ports.safePoint();
    soFar = {
      pauses: soFar.pauses + (reply.stopReason === 'pause_turn' ? 1 : 0),
      cuts: reply.stopReason === 'max_tokens' ? soFar.cuts + 1 : 0,
    };
  }
  return 'stopped';
}

const tooManyRequests = (requests: number) =>
  say('The agent was stopped after {0} requests for one message. Send a message to let it go on.', requests);

/** One reply with retries. `text`: what the last attempt has streamed so far. */
async function ask(ports: TurnPorts, signal: AbortSignal): Promise<{ reply: ModelReply; text: string }> {
  const { emit, limits } = ports;
  ports.beforeRequest();
  const request = requestNow(ports);
  let text = '';
  const heard = (event: AgentEvent): void => {
    if (event.type === 'retry') text = '';
    emit(event);
  };
  const reply = await streamWithRetries({ ...ports, emit: heard }, request, limits.retry, signal, (event) => {
    switch (event.type) {
      case 'text':
        text += event.text;
        emit(event);
        return;
      case 'thinking':
        emit(event);
        return;
      case 'tool':
        return;
    }
  });
  return { reply, text };
}

function requestNow({ conversation, limits, modelName, registry, system }: TurnPorts): ModelRequest {
  return {
    ...{ model: modelName(), system, messages: conversation.messages, tools: registry.specs() },
    ...{ maxTokens: limits.maxTokens, thinking: limits.thinking },
  };
}

/**
 * Puts a summary in the place of all but the last messages. What it replaces stays on the screen and in the stored session.
 * @param why `too-large`: the API takes the conversation no more, so it is cut even where there is no summary.
 * @returns whether the conversation is shorter now.
 */
export async function compact(
  ports: TurnPorts,
  why: 'due' | 'asked' | 'too-large',
  signal: AbortSignal,
): Promise<boolean> {
  const { conversation, emit, limits } = ports;
  const from = tailStart(conversation.messages);
  if (from === undefined) {
    if (why === 'asked') emit({ type: 'notice', level: 'info', said: say('There is nothing to summarise yet.') });
    return false;
  }
  emit({
    type: 'notice',
    level: 'info',
    said: say('The conversation is being summarised, because it has grown long.'),
  });
  const wanted = summaryRequest(requestNow(ports), why === 'too-large');
  const reply = await streamWithRetries(ports, wanted, limits.retry, signal, () => {});
  if (signal.aborted) return false;
  if (reply.ok) emit({ type: 'usage', usage: reply.usage });
  const found = summaryOf(reply);
  if ('why' in found && why !== 'too-large') {
    const said = say(
      'The conversation could not be summarised, so it goes on whole; this is tried again later. {0}',
      english(found.why),
    );
    emit({ type: 'notice', level: 'warning', said });
    return false;
  }
  const summary = 'why' in found ? undefined : found.text;
  conversation.replaceBefore(from, summaryMessage(summary, remembered(ports.happened(), ports.forbidden())));
  emit({ type: 'compacted', summary, messages: from });
  return true;
}

/** Carries out a plan: keeps the reply, runs its calls, says what is to be said. */
async function follow(
  ports: TurnPorts,
  plan: ReplyPlan,
  start: number,
  signal: AbortSignal,
): Promise<TurnEnd | 'go-on'> {
  const { conversation, emit } = ports;
  if (plan.keep) {
    conversation.push(plan.keep);
    emit({ type: 'message-end' });
  }
  for (const notice of plan.notices) emit(notice);
  if (plan.calls.length > 0) {
    const results = await runToolCalls(ports, plan.calls, signal);
    conversation.push({ role: 'user', content: results });
  }
  if (signal.aborted) return 'stopped';
  const unattended = ports.gate.unattended();
  if (unattended !== undefined) {
    const said = say('The agent was stopped: {0} calls needed a person, and nobody can be asked here.', unattended);
    emit({ type: 'notice', level: 'warning', said });
    return 'limit';
  }
  switch (plan.next.type) {
    case 'go-on': {
      const { words } = plan.next;
      if (words !== undefined) conversation.push({ role: 'user', content: [{ type: 'text', text: words }] });
      return 'go-on';
    }
    case 'end':
      return plan.next.end;
    case 'forget-turn':
      conversation.cutTo(start);
      return plan.next.end;
  }
}

/** What was said before the person stopped it stays on the screen, so the model must know that it said it. */
function stopped({ conversation, emit }: TurnPorts, text: string): TurnEnd {
  if (text.trim() !== '') {
    conversation.push({ role: 'assistant', content: [{ type: 'text', text: text.trimEnd() }] });
    emit({ type: 'message-end' });
  }
  return 'stopped';
}

function failedTurn({ conversation, emit, limits }: TurnPorts, failure: ModelFailure, start: number): TurnEnd {
  emit(failureNotice(failure));
  const wait = longWaitNotice(failure, limits.retry);
  if (wait) emit(wait);
  // A message that is too large by itself would keep every later request from being taken.
  if (failure.cause === 'too-large' && conversation.messages.length === start + 1) {
    conversation.cutTo(start);
    const said = say('Your last message was taken out of the conversation again, because it is too large to be sent.');
    emit({ type: 'notice', level: 'info', said });
  }
  return 'failed';
}
