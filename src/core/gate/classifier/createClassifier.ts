import type { Clock, Digest, Model } from '../../ports';
import { type Said, say } from '../../say';
import { type Asked, askModel, type Question } from './askModel';
import type { Classifier, ClassifierRequest, Verdict, VerdictCost } from './classifier';
import { type ClassifierHealth, createHealth } from './health';
import { createHistory } from './history';
import { actionLimit, composePrompt, filterQuestion, verdictQuestion } from './prompt';
import { parseFilter, parseVerdict } from './reply';
import type { Ruleset } from './ruleset';

/** Which models are asked, and for how long. */
export interface ClassifierSettings {
  /** Of the first stage. */
  readonly filterModel: string;
  /** Of the second stage. */
  readonly model: string;
  /** Asked when the others do not answer. */
  readonly secondModel: string | undefined;
  /** For a verdict, whatever has to be tried. Milliseconds. */
  readonly timeoutMs: number;
}

export interface ClassifierOptions {
  readonly model: Model;
  /** Read anew for each call. */
  settings(): ClassifierSettings;
  /** For time limits. */
  readonly clock: Clock;
  /** For the waits between attempts; the other one when absent. */
  readonly waits?: Clock;
  /** For noticing that an outage is over; the first one when absent. */
  readonly outages?: Clock;
  readonly digest: Digest;
}

/** The classifier of one session, and whether it can be reached. */
export interface SessionClassifier extends Classifier {
  readonly health: ClassifierHealth;
  onHealth(listener: (health: ClassifierHealth) => void): { dispose(): void };
  dispose(): void;
}

/** Waits before the second and third attempt with one model, unless the server names a time. Milliseconds. */
const pauses = [500, 1_500];
/** Share of the time that the first model has when there is a second one. */
const firstShare = 0.6;

/**
 * Judges in two stages over one cached prompt (design section 6): a one-word filter that errs towards a closer look, and
 * reasons with a strict verdict only for what it flags. What goes out of a session with an alarm gets the second stage at once.
 * When no model gives a verdict in time, there is none: nothing is guessed and nothing is kept (rule R37).
 */
export function createClassifier(options: ClassifierOptions): SessionClassifier {
  const { clock, digest, model, outages = clock, waits = clock } = options;
  const history = createHistory();
  const health = createHealth(outages, probe);

  async function classify(request: ClassifierRequest, signal: AbortSignal): Promise<Verdict> {
    const started = clock.monotonic();
    const cost = createCost();
    const outcome = await judge(request, signal, cost).catch(
      (error): Outcome => none(say('it failed: {0}', String(error))),
    );
    return { ...outcome, cost: cost.sum(clock.monotonic() - started) };
  }

  async function judge(request: ClassifierRequest, signal: AbortSignal, cost: Cost): Promise<Outcome> {
    const { filterModel, model: verdictModel, secondModel, timeoutMs } = options.settings();
    const { ruleset } = request;
    const mark = digest.randomId();
    const prompt = composePrompt(request, mark);
    if (!prompt) return none(say('the call is too large: it can judge up to {0} characters', actionLimit));
    if (signal.aborted) return none(stopped);
    if (!health.worthTrying() && health.present.state === 'down') return none(health.present.why);

    const shared = { prompt, history: history.blocks(request.projection.timeline) };
    const closely = request.alarms.length > 0;
    const end = clock.monotonic() + timeoutMs;
    const firstEnd = secondModel === undefined ? end : end - timeoutMs * (1 - firstShare);
    const first: Rung = { by: 'first', filter: filterModel, verdict: verdictModel, end: firstEnd };
    const rungs =
      secondModel === undefined
        ? [first]
        : [first, { by: 'second', filter: secondModel, verdict: secondModel, end } satisfies Rung];
    let missed: Missed | undefined;
    for (const rung of rungs) {
      const ask = (name: string, question: Question) => {
        const left = rung.end - clock.monotonic();
        return askModel({ model, clock, name, question, timeoutMs: left, signal, onUsage: cost.add });
      };
      for (let attempt = 0; ; attempt += 1) {
        const found = await stages(ask, shared, { closely, mark, ruleset, rung }, cost);
        if ('kind' in found) {
          health.answered(rung.by, rung.verdict);
          return found;
        }
        missed = found;
        if (found.cause === 'stopped') return none(found.why);
        const pause = pauseBefore(found, attempt);
        if (pause === undefined || clock.monotonic() + pause >= rung.end) break;
        if (pause > 0) await waits.sleep(pause, signal).catch(() => {});
        if (signal.aborted) return none(stopped);
      }
    }
    const why = missed?.why ?? say('nobody was asked');
    // A model that answers and gives no verdict can be reached.
    if (missed?.cause === 'unreachable') health.failed(why);
    return none(why);
  }

  /** Both stages, with one model each. */
  async function stages(
    ask: (name: string, question: Question) => Promise<Asked>,
    shared: Omit<Question, 'question' | 'maxTokens'>,
    context: {
      readonly closely: boolean;
      readonly mark: string;
      readonly ruleset: Ruleset;
      readonly rung: Rung;
    },
    cost: Cost,
  ): Promise<Outcome | Missed> {
    const { closely, mark, rung, ruleset } = context;
    if (!closely) {
      cost.stage = 'filter';
      const filtered = await ask(rung.filter, { ...shared, question: filterQuestion(mark), maxTokens: filterTokens });
      if (!filtered.ok) return filtered;
      if (filtered.complete && parseFilter(filtered.text) === 'pass')
        return { kind: 'allow', reason: 'the classifier’s filter found nothing that a rule covers' };
    }
    cost.stage = 'verdict';
    const judged = await ask(rung.verdict, { ...shared, question: verdictQuestion(mark), maxTokens: verdictTokens });
    if (!judged.ok) return judged;
    if (!judged.complete) return malformed(say('its reply was cut off or refused ({0})', judged.stopReason));
    const parsed = parseVerdict(judged.text, mark, ruleset);
    if (!parsed.ok) return malformed(parsed.why);
    return parsed.block
      ? { kind: 'block', rule: parsed.rule, hard: parsed.hard, reason: parsed.reason }
      : { kind: 'allow', reason: parsed.reason };
  }

  async function probe(signal: AbortSignal): Promise<boolean> {
    const { model: name, timeoutMs } = options.settings();
    const question: Question = {
      ...{ prompt: undefined, history: [], question: 'Answer with the word OK.', maxTokens: filterTokens },
    };
    const asked = await askModel({ model, clock, name, question, timeoutMs, signal, onUsage: () => {} });
    return asked.ok;
  }

  return {
    classify,
    get health() {
      return health.present;
    },
    onHealth: health.onChange,
    dispose: health.dispose,
  };
}

/** Milliseconds until another attempt; undefined when there is none. Who answers and says nothing usable is asked once more. */
function pauseBefore({ again, cause, retryAfterMs }: Missed, attempt: number): number | undefined {
  if (!again) return undefined;
  if (cause === 'malformed') return attempt === 0 ? 0 : undefined;
  return attempt < pauses.length ? (retryAfterMs ?? pauses[attempt]) : undefined;
}

/** Output tokens of the filter: one word, and room for a model that always thinks a little first. */
const filterTokens = 600;
/** Output tokens of a verdict: a few sentences and one line. */
const verdictTokens = 2_000;

/** One model to try, and until when. */
interface Rung {
  readonly by: 'first' | 'second';
  readonly filter: string;
  readonly verdict: string;
  /** By the monotonic clock. */
  readonly end: number;
}

/** A verdict without what it cost. */
type Outcome = WithoutCost<Verdict>;
type WithoutCost<T> = T extends unknown ? Omit<T, 'cost'> : never;

/** No verdict from one attempt. */
type Missed = Extract<Asked, { ok: false }>;

const none = (why: Said): Outcome => ({ kind: 'none', why });
const stopped = say('it was stopped');
const malformed = (why: Said): Missed => ({ ok: false, cause: 'malformed', why, again: true, retryAfterMs: undefined });

interface Cost {
  stage: VerdictCost['stage'];
  readonly add: (model: string, usage: VerdictCost['usage'] | undefined) => void;
  sum(durationMs: number): VerdictCost;
}

function createCost(): Cost {
  let requests = 0;
  let model: string | undefined;
  let usage: VerdictCost['usage'] = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  return {
    stage: 'none',
    add(name, used) {
      requests += 1;
      model = name;
      if (!used) return;
      usage = {
        inputTokens: usage.inputTokens + used.inputTokens,
        outputTokens: usage.outputTokens + used.outputTokens,
        cacheReadTokens: usage.cacheReadTokens + used.cacheReadTokens,
        cacheWriteTokens: usage.cacheWriteTokens + used.cacheWriteTokens,
      };
    },
    sum(durationMs) {
      return { model, requests, durationMs, usage, stage: this.stage };
    },
  };
}
