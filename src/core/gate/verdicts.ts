import { type Said, say } from '../say';
import type { ToolCall } from '../tools/call';
import type { Analysis } from './analysis/analysis';
import type { Facts } from './analysis/facts';
import type {
  Classifier,
  ConcernedFile,
  GitSituation,
  Projection,
  Verdict,
  VerdictCost,
} from './classifier/classifier';
import { builtInRuleset } from './classifier/ruleset';
import { type Opinion, strictest } from './decision';
import { assess } from './opinions';
import { previewEdit } from './preview';
import { withRecoverability } from './recoverability';
import type { GateState } from './state';

/** A call as it was looked at under one state. */
export interface LookedAt {
  readonly call: ToolCall;
  readonly exact: string;
  readonly state: GateState;
  readonly analysis: Analysis;
  /** What an approval of it would be bound to, see `hashCall`. */
  readonly hash: string;
}

/** What a verdict is made of, besides the call. */
export interface VerdictPorts {
  readonly classifier: Classifier;
  readonly facts: Facts;
  projection(): Projection;
  /** What version control says about a call, for the classifier. */
  git(analysis: Analysis): GitSituation | undefined;
  /** Why what goes out gets the close look now; empty: it does not. */
  alarms(): readonly Said[];
}

/** Puts calls before the classifier, alone or side by side. */
export interface Verdicts {
  /** @param doubt what it is asked about. */
  of(looked: LookedAt, doubt: Opinion, signal: AbortSignal): Promise<Verdict>;
  /**
   * Begins to judge the calls of one reply that do not depend on each other, so that the later ones need not wait when their turn
   * comes. Decides nothing: a verdict counts only for the same call on the same grounds.
   * @param look how a call looks now.
   */
  foresee(calls: readonly ToolCall[], look: (call: ToolCall) => LookedAt, signal: AbortSignal): void;
}

export function createVerdicts({ alarms, classifier, facts, git, projection }: VerdictPorts): Verdicts {
  /** On their way, by what they rest on. */
  const begun = new Map<string, Promise<Verdict>>();

  async function classify({ analysis, call, exact, state }: LookedAt, doubt: Opinion, signal: AbortSignal) {
    const bodies = concerned(analysis, call);
    if (!bodies) {
      const why = say('a script it would run is too large to be looked at, or cannot be read');
      return { kind: 'none', why, cost: noCost } as const;
    }
    return classifier.classify(
      {
        ...{ call, exact, bodies, projection: projection(), git: git(analysis) },
        analysis: { ...analysis, effects: withRecoverability(analysis.effects, facts, state.place) },
        alarms: goesOut(analysis) ? alarms() : [],
        boundary: doubt.step === 'boundary' ? doubt.reason : undefined,
        ruleset: state.ruleset ?? builtInRuleset,
      },
      signal,
    );
  }

  /** The files whose content decides what the call does; undefined when one of them cannot be shown whole. */
  function concerned(analysis: Analysis, call: ToolCall): readonly ConcernedFile[] | undefined {
    const files: ConcernedFile[] = [];
    for (const { path } of analysis.restsOn) {
      const text = facts.readText(path, bodyLimit);
      if (text === undefined) return undefined;
      files.push({ path, text, provenance: facts.provenance(path) });
    }
    const preview = previewEdit(call, facts);
    if (preview) {
      const { before, path } = preview;
      files.push({ path: `${path} (as it is now)`, text: before, provenance: facts.provenance(path) });
    }
    return files;
  }

  /** Everything that was the same when the verdict was asked for. */
  const grounds = ({ analysis, hash, state }: LookedAt): string =>
    JSON.stringify([state.version, hash, analysis.findings.map(({ answer, rule }) => [answer, rule]), alarms()]);

  return {
    of(looked, doubt, signal) {
      const key = grounds(looked);
      const verdict = begun.get(key);
      begun.delete(key);
      return verdict ?? classify(looked, doubt, signal);
    },
    foresee(calls, look, signal) {
      begun.clear();
      // One call alone gains nothing.
      if (calls.length < 2) return;
      const open: { readonly looked: LookedAt; readonly doubt: Opinion }[] = [];
      for (const call of calls) {
        const looked = look(call);
        const { opinions, unsettled } = assess(call, looked.state, looked.analysis);
        if (unsettled) open.push({ looked, doubt: strictest(opinions) });
        // What comes after a call that may change something is judged when that has happened.
        if (!leavesAll(looked.analysis)) break;
      }
      if (open.length < 2) return;
      for (const { doubt, looked } of open) {
        const verdict = classify(looked, doubt, signal);
        // A verdict that nobody comes for must not end the program.
        verdict.catch(() => {});
        begun.set(grounds(looked), verdict);
      }
    },
  };
}

/** Whether a call leaves everything on this machine as it is, so that what follows can be judged before it has run. */
function leavesAll({ answer, effects, opaque }: Analysis): boolean {
  // A doubt without an effect is about something that is not known.
  if (opaque || (answer !== 'allow' && effects.length === 0)) return false;
  return effects.every(({ kind }) => kind === 'read' || kind === 'fetch' || kind === 'send');
}

/** Whether a call sends, asks or changes anything outside this machine, or may. */
function goesOut({ effects, opaque }: Analysis): boolean {
  return (
    opaque || effects.some(({ kind }) => kind === 'send' || kind === 'fetch' || kind === 'remote' || kind === 'listen')
  );
}

/** Bytes of a script or file that is shown to the classifier; a larger one is not a body it can judge. */
const bodyLimit = 200_000;

const noCost: VerdictCost = {
  model: undefined,
  requests: 0,
  durationMs: 0,
  usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  stage: 'none',
};
