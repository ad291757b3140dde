import type { AssistantMessage, StopReason } from '../../agent/messages';
import type { Clock, Model, ModelRequest, Usage } from '../../ports';
import { type Said, say } from '../../say';
import type { ClassifierPrompt } from './prompt';

/** One question over the shared prompt. */
export interface Question {
  /** Undefined for a question that only finds out whether anybody answers. */
  readonly prompt: ClassifierPrompt | undefined;
  readonly history: readonly string[];
  /** Stands after the last cache breakpoint. */
  readonly question: string;
  readonly maxTokens: number;
}

/** What came of one request. */
export type Asked =
  | { readonly ok: true; readonly text: string; readonly complete: boolean; readonly stopReason: StopReason }
  | {
      readonly ok: false;
      /** `unreachable`: no answer came; `malformed`: one came that says nothing; `stopped`: the caller gave up. */
      readonly cause: 'unreachable' | 'malformed' | 'stopped';
      readonly why: Said;
      /** Trying once more may help. */
      readonly again: boolean;
      readonly retryAfterMs: number | undefined;
    };

/** Asks one model once. Never throws. */
export async function askModel(asking: {
  readonly model: Model;
  readonly name: string;
  readonly question: Question;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  onUsage(model: string, usage: Usage | undefined): void;
}): Promise<Asked> {
  const { clock, model, name, onUsage, question, signal, timeoutMs } = asking;
  const missed = (cause: 'unreachable' | 'stopped', why: Said, again = false, retryAfterMs?: number): Asked => ({
    ...{ ok: false, cause, why, again, retryAfterMs },
  });
  if (signal.aborted) return missed('stopped', say('it was stopped'));
  if (timeoutMs <= 0) return missed('unreachable', say('there was no time left'));
  let reply: Awaited<ReturnType<Model['stream']>> | 'timeout' | 'aborted';
  try {
    reply = await withTimeout(clock, timeoutMs, signal, (limited) =>
      model.stream(modelRequest(name, question), limited, () => {}),
    );
  } catch (error) {
    onUsage(name, undefined);
    return missed('unreachable', say('it failed: {0}', String(error)));
  }
  onUsage(name, typeof reply === 'object' && reply.ok ? reply.usage : undefined);
  if (reply === 'timeout') return missed('unreachable', say('it took longer than {0} s', Math.round(timeoutMs / 1000)));
  if (reply === 'aborted') return missed('stopped', say('it was stopped'));
  if (!reply.ok) {
    const { cause, retryable, retryAfterMs, said } = reply.failure;
    // Whoever says that this one question cannot be asked can be reached.
    if (cause === 'too-large' || cause === 'invalid')
      return { ok: false, cause: 'malformed', why: said, again: false, retryAfterMs };
    return missed(cause === 'aborted' ? 'stopped' : 'unreachable', said, retryable, retryAfterMs);
  }
  const text = onlyText(reply.message);
  return text === undefined
    ? {
        ok: false,
        cause: 'malformed',
        why: say('its reply was not a verdict (no text)'),
        again: true,
        retryAfterMs: undefined,
      }
    : { ok: true, text, complete: reply.stopReason === 'end_turn', stopReason: reply.stopReason };
}

/**
 * Both stages send the same down to the end of the action and differ only after it; cache breakpoints stand after the rules,
 * after what is the same in this session, after the history, and after the action.
 */
function modelRequest(name: string, { history, maxTokens, prompt, question }: Question): ModelRequest {
  const shared = prompt
    ? [...history.slice(0, -1).map(plain), ...history.slice(-1).map(cached), cached(prompt.action)]
    : [];
  return {
    model: name,
    system: prompt?.system ?? [],
    messages: [{ role: 'user', content: [...shared, plain(question)] }],
    tools: [],
    maxTokens,
    thinking: false,
  };
}

const plain = (text: string) => ({ type: 'text', text }) as const;
const cached = (text: string) => ({ type: 'text', text, cache: true }) as const;

/** The reply's text when it is text and nothing else, apart from thinking, which is not looked at. */
function onlyText({ content }: AssistantMessage): string | undefined {
  const spoken = content.filter(
    (block) => block.type !== 'opaque' || !/^(?:redacted_)?thinking$/.test(block.block.type),
  );
  const texts = spoken.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  return texts.length === spoken.length && texts.length > 0 ? texts.join('') : undefined;
}

/** Ends with the first of: the work, the time limit, the signal. The work is told to stop in the two latter cases. */
async function withTimeout<T>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | 'timeout' | 'aborted'> {
  const controller = new AbortController();
  const timer = new AbortController();
  let abort = (): void => {};
  const aborted = new Promise<'aborted'>((resolve) => {
    abort = () => resolve('aborted');
  });
  signal.addEventListener('abort', abort, { once: true });
  // A clock that cannot wait must not leave the request without a limit.
  const late = clock.sleep(timeoutMs, timer.signal).then(
    () => 'timeout' as const,
    () => (timer.signal.aborted ? aborted : ('timeout' as const)),
  );
  try {
    return await Promise.race([work(controller.signal), late, aborted]);
  } finally {
    controller.abort(signal.reason);
    timer.abort();
    signal.removeEventListener('abort', abort);
  }
}
