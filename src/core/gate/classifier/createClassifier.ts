import type { AssistantMessage } from '../../agent/messages';
import type { Clock, Digest, Model, ModelReply, Usage } from '../../ports';
import { english, type Said, say } from '../../say';
import type { Classifier, ClassifierRequest, Verdict, VerdictCost } from './classifier';
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
      const cost = (requests: number, usage = noUsage): VerdictCost => ({
        model: name,
        requests,
        durationMs: clock.monotonic() - started,
        usage,
      });
      const none = (why: Said, requests: number, usage?: Usage): Verdict => ({
        kind: 'none',
        why,
        cost: cost(requests, usage),
      });

      const prompt = composePrompt(request, digest.randomId());
      if (!prompt) return none(say('the call is longer than the {0} characters it can judge', actionLimit), 0);
      const reply = await withTimeout(clock, timeoutMs, signal, (limited) =>
        model.stream({ model: name, ...prompt, tools: [], maxTokens, thinking: false }, limited, () => {}),
      );
      if (reply === 'timeout') return none(say('it took longer than {0} s', timeoutMs / 1000), 1);
      if (!reply.ok) return none(say('{0}', english(reply.failure.said)), 1);
      return judge(reply, (why) => none(why, 1, reply.usage), cost(1, reply.usage));
    },
  };
}

function judge(reply: Extract<ModelReply, { ok: true }>, none: (why: Said) => Verdict, cost: VerdictCost): Verdict {
  if (reply.stopReason !== 'end_turn') return none(say('its reply was cut off or refused ({0})', reply.stopReason));
  const text = onlyText(reply.message);
  if (text === undefined) return none(say('its reply was not a verdict (no text)'));
  const parsed = parseReply(text);
  if (!parsed.ok) return none(say('its reply was not a verdict ({0})', parsed.why));
  return parsed.block
    ? { kind: 'block', rule: parsed.rule, hard: parsed.hard, reason: parsed.reason, cost }
    : { kind: 'allow', reason: parsed.reason, cost };
}

/** The reply's text when it is text and nothing else, apart from thinking, which is not looked at. */
function onlyText({ content }: AssistantMessage): string | undefined {
  const spoken = content.filter(
    (block) => block.type !== 'opaque' || !/^(?:redacted_)?thinking$/.test(block.block.type),
  );
  const texts = spoken.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  return texts.length === spoken.length && texts.length > 0 ? texts.join('') : undefined;
}

async function withTimeout<T>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | 'timeout'> {
  const controller = new AbortController();
  const timer = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const late = clock.sleep(timeoutMs, timer.signal).then(
    () => 'timeout' as const,
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    controller.abort();
    timer.abort();
    signal.removeEventListener('abort', stop);
  }
}
