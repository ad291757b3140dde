import type { Clock, Digest, HookRunner } from '../ports';
import { say } from '../say';
import { touchesOf } from '../sessions/touches';
import type { ToolCall } from '../tools/call';
import type { Analysis } from './analysis/analysis';
import type { Place } from './analysis/facts';
import type { GrowingPast } from './analysis/past';
import type { Breaker } from './breaker';
import { hashCall } from './callHash';
import type { Verdict } from './classifier/classifier';
import { composeRecord } from './composeRecord';
import { type Opinion, strictest } from './decision';
import { describeTarget } from './effect';
import type { Ledger } from './ledger';
import { assess, verdictOpinion } from './opinions';
import { previewEdit } from './preview';
import type { PastBlock, PersonAnswer, Prompter } from './prompter';
import { acceptedAnswer, composeQuestion, ruleCovers } from './question';
import type { DecisionRecord } from './record';
import { withRecoverability } from './recoverability';
import { type Refusal, refusalText } from './refusal';
import { type ReviewTimer, startTimer } from './reviewTimer';
import { hookOpinions } from './runHooks';
import type { GateState } from './state';
import { createVerdicts, type LookedAt, type VerdictPorts } from './verdicts';

/**
 * A call that the gate has let through. Only this module can make one; `Tool.run` takes nothing else. Used once.
 * A class, though none exists when the program runs: only a private member makes a spread copy another type.
 */
export declare class Approved<Call extends ToolCall> {
  private readonly made: true;
  private constructor();
  readonly call: Call;
  /** What the approval is bound to, see `hashCall`. */
  readonly hash: string;
  /** For tools that take a `file_path`: the real path that was reviewed. */
  readonly realPath: string | undefined;
}

/** What became of a call at the gate. */
export type Review<Call extends ToolCall> =
  | {
      readonly outcome: 'approved';
      readonly approved: Approved<Call>;
      readonly record: DecisionRecord;
      /** Real paths that the call may change; undefined when that cannot be told or it changes more than files. */
      readonly touches: readonly string[] | undefined;
      /** It may run only once what these paths hold is kept: that is why it is allowed. */
      readonly mustKeep: readonly string[];
    }
  /** `text` is the tool result for the model: which rule, what would be acceptable, not to reach the same end another way. */
  | { readonly outcome: 'refused'; readonly text: string; readonly record: DecisionRecord };

export type Reviewer = 'analysis' | 'classifier' | 'person';

export interface Gate {
  /**
   * Reviews one call against the state that the earlier ones left. Rejects only with the signal's reason when it aborts.
   * @param onReviewing told who is looking at the call now, for the card.
   */
  review<Call extends ToolCall>(
    call: Call,
    signal: AbortSignal,
    onReviewing: (by: Reviewer) => void,
  ): Promise<Review<Call>>;
  /**
   * Begins to judge the calls of one reply that do not depend on each other. Nothing is decided by it: each call is reviewed in
   * its turn against the state that the earlier ones left.
   */
  foresee(calls: readonly ToolCall[], signal: AbortSignal): void;
  /** A turn begins. */
  turnBegan(): void;
  /** How many calls of the turn needed a person, once that is too many where nobody can be asked; the turn ends then. */
  unattended(): number | undefined;
  /**
   * Checks an approval again immediately before the spawn or the write and uses it up.
   * @returns false when anything it rests on has changed, or it was used before: review again.
   */
  redeem(approved: Approved<ToolCall>): boolean;
}

export interface GateOptions extends VerdictPorts {
  /** The state at this moment. */
  state(): GateState;
  /** Told whenever `state()` would give a new version. */
  onStateChange(listener: () => void): { dispose(): void };
  /** Works out what a call would do. Never throws. */
  analyze(call: ToolCall, place: Place): Analysis;
  /** What the calls of the session did so far: told of every call that is about to run. */
  readonly past: Pick<GrowingPast, 'learn' | 'accept'>;
  /** Absent where nobody can be asked: there every ask is a denial (rule R48). */
  readonly prompter: Prompter | undefined;
  /** Absent where no program can be asked: a hook for a call then refuses it. */
  readonly hooks?: HookRunner | undefined;
  readonly ledger: Ledger;
  readonly breaker: Breaker;
  readonly clock: Clock;
  readonly digest: Digest;
  /** One line, and the whole call as it would run. */
  describe(call: ToolCall): { readonly title: string; readonly exact: string };
  /** Keeps a rule the person chose with *Always*. */
  saveRule(rule: string, call: ToolCall): Promise<void>;
  audit(record: DecisionRecord): void;
}

/** Reviews of one call before it is given up because the world keeps changing under it. */
const reviewLimit = 5;

/** One review in progress: what is known so far and what it has cost. */
interface Pending<Call extends ToolCall> extends LookedAt {
  readonly call: Call;
  readonly title: string;
  readonly timer: ReviewTimer;
  /** What hooks say of the call as it is now; each is asked once as long as nothing changes. */
  hooked(state: GateState, hash: string, signal: AbortSignal): Promise<readonly Opinion[]>;
}

export function createGate(options: GateOptions): Gate {
  const { analyze, breaker, clock, digest, facts, ledger, prompter } = options;
  const unused = new WeakSet<Approved<ToolCall>>();
  let recentBlocks: PastBlock[] = [];
  const verdicts = createVerdicts(options);

  async function review<Call extends ToolCall>(
    call: Call,
    signal: AbortSignal,
    onReviewing: (by: Reviewer) => void,
  ): Promise<Review<Call>> {
    const timer = startTimer(clock);
    const { title } = options.describe(call);
    const hooked = askHooks(call, timer);
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      onReviewing('analysis');
      const pending = { ...look(call), call, title, timer, hooked };
      const settled = await settle(pending, signal, onReviewing);
      signal.throwIfAborted();
      if (settled === 'changed' && attempt < reviewLimit) continue;
      const result = settled === 'changed' ? giveUp(pending) : settled;
      options.audit(result.record);
      return result;
    }
  }

  function foresee(calls: readonly ToolCall[], signal: AbortSignal): void {
    try {
      verdicts.foresee(calls, look, signal);
    } catch {
      // Each call is looked at again in its turn; what fails there is said there.
    }
  }

  /** The call as it looks now. */
  function look(call: ToolCall): LookedAt {
    const state = options.state();
    const analysis = analyze(call, state.place);
    const { exact } = options.describe(call);
    return { call, exact, state, analysis, hash: hashCall(call, state, analysis, digest) };
  }

  /** Decides one call under one state. `changed`: the state is no longer the one that was decided against. */
  async function settle<Call extends ToolCall>(
    pending: Pending<Call>,
    signal: AbortSignal,
    onReviewing: (by: Reviewer) => void,
  ): Promise<Review<Call> | 'changed'> {
    const { call, state, analysis, hash } = pending;
    const assessment = assess(call, state, analysis);
    let opinion = strictest(assessment.opinions);
    const hooked =
      opinion.decision === 'deny' && opinion.liftedBy === 'nothing' ? [] : await pending.hooked(state, hash, signal);
    if (options.state().version !== state.version) return 'changed';
    // Of equals the first speaks: a hook that asks, before the doubts of analysis.
    const [first, ...others] = hooked;
    if (first) opinion = strictest([first, ...others, opinion]);
    let verdict: Verdict | undefined;
    const grant = opinion.decision !== 'allow' && opinion.liftedBy === 'consent' ? ledger.grantFor(hash) : undefined;
    if (grant) {
      ledger.use(grant);
      return approve(pending, {
        ...opinion,
        decision: 'allow',
        step: 'session',
        reason:
          grant.until === 'used'
            ? say('you allowed exactly this call')
            : say('you allowed exactly this call for this session'),
        source: 'session',
      });
    }
    if (assessment.unsettled && hooked.length === 0) {
      onReviewing('classifier');
      verdict = await pending.timer.pause(verdicts.of(pending, opinion, signal));
      if (options.state().version !== state.version) return 'changed';
      opinion = verdictOpinion(verdict, opinion);
    }
    switch (opinion.decision) {
      case 'allow':
        return approve(pending, opinion, verdict);
      case 'deny': {
        if (!opinion.block) return refuse(pending, opinion, { by: 'rule' }, verdict);
        const past = [...recentBlocks, { title: pending.title, rule: opinion.rule, reason: opinion.reason }];
        recentBlocks = past;
        if (breaker.block(actionKey(pending, opinion), state.breaker) === 'tell-the-model')
          return refuse(pending, opinion, { by: 'block' }, verdict);
        return askPerson(pending, opinion, verdict, signal, onReviewing);
      }
      case 'ask':
        return askPerson(pending, opinion, verdict, signal, onReviewing);
    }
  }

  async function askPerson<Call extends ToolCall>(
    pending: Pending<Call>,
    opinion: Opinion,
    verdict: Verdict | undefined,
    signal: AbortSignal,
    onReviewing: (by: Reviewer) => void,
  ): Promise<Review<Call> | 'changed'> {
    if (!prompter) {
      breaker.unanswered();
      return refuse(pending, opinion, { by: 'nobody' }, verdict);
    }
    onReviewing('person');
    const { call, title, exact, state, analysis } = pending;
    const question = composeQuestion({
      ...{ id: digest.randomId(), call, title, exact, opinion, analysis, state },
      effects: withRecoverability(analysis.effects, facts, state.place),
      blocks: opinion.block ? recentBlocks : [],
      preview: previewEdit(call, facts),
    });
    const answer = acceptedAnswer(
      await pending.timer.pause(askUntilChanged(prompter, question, state, signal)),
      question.offers,
      (rule) => ruleCovers(rule, call, analysis, state.place),
    );
    signal.throwIfAborted();
    if (options.state().version !== state.version) return 'changed';
    if (opinion.block) {
      breaker.answered(actionKey(pending, opinion));
      recentBlocks = [];
    }
    if (answer.choice === 'deny') return refuse(pending, opinion, { by: 'person', why: answer.why }, verdict, 'deny');
    if (answer.choice === 'session') grantForSession(pending);
    const approval = approve(pending, { ...opinion, decision: 'allow' }, verdict, answer.choice);
    if (answer.choice === 'always') await options.saveRule(answer.rule, call);
    return approval;
  }

  function askHooks(call: ToolCall, timer: ReviewTimer): Pending<ToolCall>['hooked'] {
    const said = new Map<string, readonly Opinion[]>();
    return async (state, hash, signal) => {
      if (!state.hooks || state.hooks.pre.length === 0) return [];
      const key = JSON.stringify([hash, state.hooks.pre]);
      const opinions = said.get(key) ?? (await timer.pause(hookOpinions(call, state, options.hooks, signal)));
      said.set(key, opinions);
      return opinions;
    };
  }

  /** A question is withdrawn when the state it was asked under changes. */
  async function askUntilChanged(
    to: Prompter,
    question: Parameters<Prompter['ask']>[0],
    state: GateState,
    signal: AbortSignal,
  ): Promise<PersonAnswer> {
    const withdraw = new AbortController();
    const stop = (): void => withdraw.abort();
    signal.addEventListener('abort', stop, { once: true });
    const watching = options.onStateChange(() => {
      if (options.state().version !== state.version) stop();
    });
    try {
      return await to.ask(question, withdraw.signal);
    } catch {
      return { choice: 'deny' };
    } finally {
      watching.dispose();
      signal.removeEventListener('abort', stop);
    }
  }

  function grantForSession({ title, hash }: Pending<ToolCall>): void {
    ledger.add({
      id: digest.randomId(),
      type: 'grant',
      words: 'Allow for this session',
      hash,
      about: title,
      until: 'session',
      at: clock.now(),
    });
  }

  function approve<Call extends ToolCall>(
    pending: Pending<Call>,
    opinion: Opinion,
    verdict?: Verdict,
    person?: string,
  ): Review<Call> {
    breaker.allowed();
    if (!opinion.block) recentBlocks = [];
    const { call, hash, analysis } = pending;
    // Who has seen the bytes of a script and let it run has accepted them (design section 5).
    if (verdict?.kind === 'allow' || person !== undefined)
      for (const { sha256 } of analysis.restsOn) options.past.accept(sha256);
    const approved = { call, hash, realPath: realPathOf(call) } as Approved<Call>;
    unused.add(approved);
    const decided = record(pending, opinion, 'allowed', verdict, person);
    const mustKeep = opinion.step === 'analysis' ? analysis.kept.paths : [];
    return { outcome: 'approved', approved, record: decided, touches: touchesOf(analysis), mustKeep };
  }

  function refuse<Call extends ToolCall>(
    pending: Pending<Call>,
    opinion: Opinion,
    refusal: Refusal,
    verdict?: Verdict,
    person?: string,
  ): Review<Call> {
    const outcome = refusal.by === 'block' ? 'blocked' : 'denied';
    return {
      outcome: 'refused',
      text: refusalText(refusal, opinion, pending.analysis),
      record: record(pending, opinion, outcome, verdict, person),
    };
  }

  function giveUp<Call extends ToolCall>(pending: Pending<Call>): Review<Call> {
    const opinion: Opinion = {
      ...{
        decision: 'deny',
        step: 'mode',
        rule: 'review.unstable',
        source: 'built-in',
        evidence: [],
        liftedBy: 'consent',
        block: false,
      },
      reason: say('what it rests on kept changing while it was being reviewed'),
    };
    return refuse(pending, opinion, { by: 'unstable' });
  }

  function redeem(approved: Approved<ToolCall>): boolean {
    if (!unused.delete(approved)) return false;
    const state = options.state();
    const analysis = analyze(approved.call, state.place);
    const same = hashCall(approved.call, state, analysis, digest) === approved.hash;
    if (!same || realPathOf(approved.call) !== approved.realPath) return false;
    options.past.learn(analysis);
    return true;
  }

  function realPathOf(call: ToolCall): string | undefined {
    const path = (call.input as { file_path?: unknown }).file_path;
    return typeof path === 'string' && isAbsolute(path) ? facts.realpath(path) : undefined;
  }

  function record(
    pending: Pending<ToolCall>,
    opinion: Opinion,
    outcome: DecisionRecord['outcome'],
    verdict: Verdict | undefined,
    person: string | undefined,
  ): DecisionRecord {
    const at = new Date(clock.now()).toISOString();
    const micros = pending.timer.micros();
    return composeRecord({ ...pending, id: digest.randomId(), at, opinion, outcome, verdict, person, micros });
  }

  return {
    ...{ review, foresee, redeem, turnBegan: breaker.turnBegan },
    unattended() {
      const { breaker: limits } = options.state();
      return !prompter && breaker.endsTurn(limits) ? limits.unattended : undefined;
    },
  };
}

const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);

/** *Same action*: same tool, rule and effect targets, however spelled. */
function actionKey({ call, analysis }: Pending<ToolCall>, opinion: Opinion): string {
  const targets = analysis.effects.map(({ kind, target }) => `${kind} ${describeTarget(target)}`);
  return JSON.stringify([call.tool, opinion.rule, [...new Set(targets)].sort()]);
}
