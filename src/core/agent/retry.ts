import type { AgentEvent, NoticeAction } from '../events';
import type { Clock, Model, ModelEvent, ModelFailure, ModelReply, ModelRequest } from '../ports';
import { say } from '../say';
import type { RetryLimits } from './limits';

export interface RetryPorts {
  readonly model: Model;
  readonly clock: Clock;
  /** Between 0 (included) and 1 (excluded). */
  random(): number;
  emit(event: AgentEvent): void;
}

/**
 * One request with visible retries: every wait is announced by a `retry` event first.
 * @param onEvent what is streamed; after a `retry` event the reply starts anew.
 * @returns the reply, or the last failure when it is not retryable or the attempts or the budget are used up. An abort
 * while waiting gives a failure with cause `aborted`.
 */
export async function streamWithRetries(
  ports: RetryPorts,
  request: ModelRequest,
  limits: RetryLimits,
  signal: AbortSignal,
  onEvent: (event: ModelEvent) => void,
): Promise<ModelReply> {
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    const reply = await ports.model.stream(request, signal, onEvent);
    if (reply.ok || signal.aborted || !reply.failure.retryable || attempt >= limits.attempts) return reply;
    const delayMs = retryDelay(attempt, reply.failure.retryAfterMs, ports.random(), limits);
    if (waited + delayMs > limits.budgetMs) return reply;
    const { said } = reply.failure;
    ports.emit({ type: 'retry', attempt: attempt + 1, attempts: limits.attempts, delayMs, said });
    try {
      await ports.clock.sleep(delayMs, signal);
    } catch {
      return { ok: false, failure: { ...reply.failure, cause: 'aborted', retryable: false } };
    }
    waited += delayMs;
  }
}

/**
 * Milliseconds to wait after the given attempt failed: doubling from the base to the cap, the upper half of it random so that
 * many clients do not come back at once, and never less than the service asked for.
 */
export function retryDelay(
  attempt: number,
  retryAfterMs: number | undefined,
  random: number,
  limits: RetryLimits,
): number {
  const full = Math.min(limits.capMs, limits.baseMs * 2 ** (attempt - 1));
  return Math.round(Math.max(full * (0.5 + random / 2), retryAfterMs ?? 0));
}

/** The notice for a request that has finally failed, with the one button that helps. */
export function failureNotice(failure: ModelFailure): AgentEvent {
  const action = actionFor(failure);
  return { type: 'notice', level: 'error', said: failure.said, ...(action ? { action } : {}) };
}

/** Said besides the failure when the service wants a longer wait than we keep a person waiting for. */
export function longWaitNotice({ retryAfterMs }: ModelFailure, limits: RetryLimits): AgentEvent | undefined {
  if (retryAfterMs === undefined || retryAfterMs <= limits.budgetMs) return undefined;
  const said = say('The service asks to wait {0} minutes before the next try.', Math.ceil(retryAfterMs / 60_000));
  return { type: 'notice', level: 'info', said };
}

function actionFor(failure: ModelFailure): NoticeAction | undefined {
  switch (failure.cause) {
    case 'no-key':
    case 'unauthorised':
      return 'set-api-key';
    case 'too-large':
      return 'new-session';
    case 'forbidden':
    case 'not-found':
    case 'invalid':
      return 'show-log';
    case 'rate-limited':
    case 'overloaded':
    case 'server':
    case 'network':
    case 'cut':
    case 'timeout':
      return 'retry';
    case 'aborted':
      return undefined;
  }
}
