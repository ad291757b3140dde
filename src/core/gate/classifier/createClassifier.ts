import type { AssistantMessage } from '../../agent/messages';
import type { Clock, Digest, Model, ModelReply, Usage } from '../../ports';
import { type Said, say } from '../../say';
import type { Classifier, ClassifierRequest, Verdict } from './classifier';
import { actionLimit, composePrompt } from './prompt';
import { parseReply } from './reply';

export interface ClassifierOptions {
  readonly model: Model;
  /** Read anew for each call. */
  settings(): { readonly model: string; readonly timeoutMs: number };
  readonly clock: Clock;
  readonly digest: Digest;
}

/** Output tokens of a verdict: one JSON object with one sentence, and room for a model that always thinks a little first. */
const maxTokens = 2_000;

const noUsage: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** Judges with one request to a model. Whatever is not a well-formed verdict in time is none (rule R37); nothing is cached. */
export function createClassifier({ model, settings, clock, digest }: ClassifierOptions): Classifier {
  return {
    async classify(request: ClassifierRequest, signal: AbortSignal): Promise<Verdict> {
      const started = clock.monotonic();
      const { model: name, timeoutMs } = settings();
      let requests = 0;
      let usage = noUsage;

      async function ask(): Promise<Judgement> {
        const prompt = composePrompt(request, digest.randomId());
        if (!prompt) return none(say('the call is too large: it can judge up to {0} characters', actionLimit));
        if (signal.aborted) return none(stopped);
        requests += 1;
        const reply = await withTimeout(clock, timeoutMs, signal, (limited) =>
          model.stream({ model: name, ...prompt, tools: [], maxTokens, thinking: false }, limited, () => {}),
        );
        if (reply === 'timeout') return none(say('it took longer than {0} s', timeoutMs / 1000));
        if (reply === 'aborted') return none(stopped);
        if (!reply.ok) return none(reply.failure.said);
        usage = reply.usage;
        return judge(reply);
      }

      const judgement = await ask().catch((error) => none(say('it failed: {0}', String(error))));
      const cost = { model: name, requests, durationMs: clock.monotonic() - started, usage };
      return { ...judgement, cost };
    },
  };
}

/** A verdict without what it cost. */
type Judgement = WithoutCost<Verdict>;
type WithoutCost<T> = T extends unknown ? Omit<T, 'cost'> : never;

const none = (why: Said): Judgement => ({ kind: 'none', why });
const stopped = say('it was stopped');

function judge(reply: Extract<ModelReply, { ok: true }>): Judgement {
  if (reply.stopReason !== 'end_turn') return none(say('its reply was cut off or refused ({0})', reply.stopReason));
  const text = onlyText(reply.message);
  if (text === undefined) return none(say('its reply was not a verdict (no text)'));
  const parsed = parseReply(text);
  if (!parsed.ok) return none(parsed.why);
  return parsed.block
    ? { kind: 'block', rule: parsed.rule, hard: parsed.hard, reason: parsed.reason }
    : { kind: 'allow', reason: parsed.reason };
}

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
