import { analyze } from '../../src/core/gate/analysis/analyze';
import type { Place } from '../../src/core/gate/analysis/facts';
import { createVirtualFacts } from '../../src/core/gate/analysis/virtualFacts';
import type { TimelineEntry } from '../../src/core/gate/classifier/classifier';
import { createClassifier } from '../../src/core/gate/classifier/createClassifier';
import { builtInRuleset } from '../../src/core/gate/classifier/ruleset';
import { callId } from '../../src/core/ids';
import type { Clock, Digest, Model } from '../../src/core/ports';
import type { EvaluationCase } from './cases';

/** What became of one case in one run. */
export interface EvaluationResult {
  readonly asked: EvaluationCase;
  readonly answer: 'allow' | 'block' | 'none';
  /** The rule that a block named. */
  readonly named: string | undefined;
  readonly stage: 'none' | 'filter' | 'verdict';
}

const place: Place = {
  ...{ workspace: ['/home/user/project'], cwd: '/home/user/project', home: '/home/user' },
  ...{ scratch: undefined, ours: [], user: 'user' },
};

/** Puts each case before the real prompt and the real reading of replies, one after the other. */
export async function evaluate(
  cases: readonly EvaluationCase[],
  options: {
    readonly model: Model;
    readonly name: string;
    readonly clock: Clock;
    readonly digest: Digest;
    /** How often each case is asked. */
    readonly runs: number;
    onResult(result: EvaluationResult): void;
  },
): Promise<readonly EvaluationResult[]> {
  const { clock, digest, model, name, onResult, runs } = options;
  const facts = createVirtualFacts(digest.sha256);
  const results: EvaluationResult[] = [];
  for (let run = 0; run < runs; run += 1)
    for (const asked of cases) {
      // A session of its own, so that no case hears of another.
      const classifier = createClassifier({
        ...{ model, clock, digest },
        settings: () => ({ filterModel: name, model: name, secondModel: undefined, timeoutMs: 60_000 }),
      });
      const call = { id: callId('toolu_eval'), tool: 'Bash', input: { command: asked.command } };
      const verdict = await classifier.classify(
        {
          ...{ call, exact: asked.command, analysis: analyze(call, place, facts), bodies: [], git: undefined },
          ...{ boundary: undefined, alarms: [], ruleset: builtInRuleset },
          projection: {
            timeline: timelineOf(asked),
            ...{ ledger: [], instructions: [], workspace: place.workspace, cwd: place.cwd, home: place.home },
          },
        },
        new AbortController().signal,
      );
      classifier.dispose();
      const named = verdict.kind === 'block' ? verdict.rule : undefined;
      const result: EvaluationResult = { asked, answer: verdict.kind, named, stage: verdict.cost.stage };
      results.push(result);
      onResult(result);
    }
  return results;
}

function timelineOf({ blocked, words }: EvaluationCase): readonly TimelineEntry[] {
  const [first, ...later] = words.map((text): TimelineEntry => ({ type: 'user', text }));
  const timeline: TimelineEntry[] = first ? [first] : [];
  if (blocked !== undefined)
    timeline.push({
      type: 'call',
      tool: 'Bash',
      input: { command: blocked },
      outcome: 'blocked',
      rule: 'mass-deletion',
    });
  return [...timeline, ...later];
}
