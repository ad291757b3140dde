import { english, type Said, say } from '../say';
import type { ToolCall } from '../tools/call';
import type { Analysis, Finding } from './analysis/analysis';
import { fallsUnder } from './boundary/matchBoundary';
import { suspendBroad } from './broadRules';
import type { Verdict } from './classifier/classifier';
import type { Opinion } from './decision';
import { coveringRules, ruleFor } from './ruleMatch';
import type { Rule } from './rules';
import type { GateState } from './state';

/** Tools that only look; all that is left without Workspace Trust. */
const lookingTools = new Set(['Read', 'Glob', 'Grep']);

/** What the steps say before a classifier or a person is asked. `unsettled`: Auto has a doubt that the classifier may settle. */
export interface Assessment {
  readonly opinions: readonly [Opinion, ...Opinion[]];
  readonly unsettled: boolean;
}

/** Runs every step of design section 4 and returns all their opinions; whoever combines them takes the strictest (rule R55). */
export function assess(call: ToolCall, state: GateState, analysis: Analysis): Assessment {
  const mode = modeOpinion(call, state, analysis);
  const others = [restricted, denyRules, critical, askRules].flatMap((step) => step(call, state, analysis) ?? []);
  const boundary = boundaryOpinion(call, state, analysis);
  // A classifier can tell whether later words have lifted a boundary; it lifts nothing else that asks.
  const doubtful = mode.unsettled || (boundary !== undefined && state.mode === 'auto' && !mode.opinion.block);
  return {
    // Of equals the first speaks: the user's own words before the doubts of analysis.
    opinions: boundary ? [boundary, mode.opinion, ...others] : [mode.opinion, ...others],
    unsettled: doubtful && others.length === 0,
  };
}

/**
 * What the user said not to do asks, whatever analysis and allow rules say of it. While it cannot be told what a boundary covers,
 * only proven looks are free (design section 6). Skip keeps to what plainly falls under one.
 */
function boundaryOpinion(call: ToolCall, state: GateState, analysis: Analysis): Opinion | undefined {
  for (const { patterns, words } of state.boundaries ?? []) {
    const looks = analysis.answer === 'allow' && analysis.looksOnly;
    const match = patterns ? fallsUnder(patterns, call, analysis, state.place) : looks ? 'no' : 'maybe';
    if (match === 'no' || (match === 'maybe' && state.mode === 'skip')) continue;
    const reason =
      match === 'yes' ? say('you said not to: “{0}”', words) : say('it could go against what you said: “{0}”', words);
    return { ...built('boundary', 'ledger.boundary', reason), source: 'session', decision: 'ask', liftedBy: 'consent' };
  }
  return undefined;
}

type StepFunction = (call: ToolCall, state: GateState, analysis: Analysis) => Opinion | undefined;

const restricted: StepFunction = (call, state, analysis) => {
  if (state.trusted || (lookingTools.has(call.tool) && analysis.looksOnly && analysis.answer === 'allow'))
    return undefined;
  return {
    ...built(
      'restricted',
      'trust.restricted',
      say('this workspace is not trusted, so the agent may only look at its files; trust the workspace to let it work'),
    ),
    decision: 'deny',
    liftedBy: 'nothing',
  };
};

const denyRules: StepFunction = (call, state, analysis) => {
  const found = ruleFor(state.rules.deny, call, analysis, state.place);
  if (!found) return undefined;
  const { rule, match } = found;
  if (match === 'yes') {
    const step = rule.source === 'policy' ? 'policy' : 'deny-rule';
    const said = withReason(say('the rule {0} in the {1} denies it', rule.text, rule.source), rule);
    return { ...fromRule(rule, step, said), decision: 'deny', liftedBy: 'nothing' };
  }
  const said = say('the call cannot be fully opened, so it could hide what the rule {0} denies', rule.text);
  return { ...fromRule(rule, 'deny-rule', said), decision: 'ask', liftedBy: 'person' };
};

const critical: StepFunction = (_call, _state, analysis) =>
  analysis.critical && { ...fromFinding(analysis.critical, 'critical'), decision: 'ask', liftedBy: 'person' };

const askRules: StepFunction = (call, state, analysis) => {
  const rule = ruleFor(state.rules.ask, call, analysis, state.place)?.rule;
  if (!rule) return undefined;
  const said = withReason(say('the rule {0} in the {1} asks about it', rule.text, rule.source), rule);
  return { ...fromRule(rule, 'ask-rule', said), decision: 'ask', liftedBy: 'consent' };
};

function modeOpinion(call: ToolCall, state: GateState, analysis: Analysis): { opinion: Opinion; unsettled: boolean } {
  const settled = (opinion: Opinion) => ({ opinion, unsettled: false });
  switch (state.mode) {
    case 'skip':
      return settled({
        ...built('mode', 'mode.skip', say('Skip permissions is on')),
        decision: 'allow',
        liftedBy: 'consent',
      });
    case 'normal':
      return settled(normalOpinion(call, state, analysis));
    case 'auto': {
      const decisive = fromFinding(analysis.decisive, 'analysis');
      if (analysis.answer === 'block')
        return settled({ ...decisive, decision: 'deny', liftedBy: 'person', block: true });
      if (analysis.answer === 'allow') return settled({ ...decisive, decision: 'allow', liftedBy: 'consent' });
      const covering = coveringRules(
        suspendBroad(state.rules.allow, state.suspendShellRules).held,
        call,
        analysis,
        state.place,
        false,
      );
      if (covering) return settled(allowedByRules(covering));
      return { opinion: { ...decisive, decision: 'ask', liftedBy: 'consent' }, unsettled: true };
    }
  }
}

function normalOpinion(call: ToolCall, state: GateState, analysis: Analysis): Opinion {
  const decisive = fromFinding(analysis.decisive, 'mode');
  if (analysis.answer === 'block') return { ...decisive, decision: 'ask', liftedBy: 'person' };
  const harmless = analysis.looksOnly || analysis.effects.length === 0;
  if (analysis.answer === 'allow' && harmless) return { ...decisive, decision: 'allow', liftedBy: 'consent' };
  const covering = coveringRules(state.rules.allow, call, analysis, state.place);
  if (covering) return allowedByRules(covering);
  if (analysis.answer === 'unsure') return { ...decisive, decision: 'ask', liftedBy: 'consent' };
  return {
    ...built('mode', 'mode.normal', say('Normal mode asks before every write, command and web access')),
    decision: 'ask',
    liftedBy: 'consent',
  };
}

function allowedByRules(rules: readonly Rule[]): Opinion {
  const [first] = rules;
  return {
    decision: 'allow',
    step: 'allow-rule',
    rule: rules.map((rule) => rule.text).join(', '),
    reason: say('your allow rules cover it'),
    source: first?.source ?? 'user settings',
    evidence: [],
    liftedBy: 'consent',
    block: false,
  };
}

/**
 * The classifier's verdict as an opinion; no verdict asks a person (the end of the outage ladder).
 * @param doubt what it was asked about.
 */
export function verdictOpinion(verdict: Verdict, doubt: Pick<Opinion, 'rule' | 'reason' | 'evidence'>): Opinion {
  const base = { source: 'classifier', evidence: doubt.evidence, block: false } as const;
  switch (verdict.kind) {
    case 'allow':
      return {
        ...base,
        decision: 'allow',
        step: 'classifier',
        rule: doubt.rule,
        reason: say('{0}', verdict.reason),
        liftedBy: 'consent',
      };
    case 'block':
      return {
        ...base,
        decision: 'deny',
        step: 'classifier',
        rule: verdict.rule,
        reason: say('{0}', verdict.reason),
        liftedBy: verdict.hard ? 'person' : 'consent',
        block: true,
      };
    case 'none':
      return {
        ...base,
        decision: 'ask',
        step: 'outage',
        rule: doubt.rule,
        reason: say(
          'the classifier gave no verdict ({0}), and analysis is unsure: {1}',
          english(verdict.why),
          english(doubt.reason),
        ),
        liftedBy: 'consent',
      };
  }
}

type Undecided = Omit<Opinion, 'decision' | 'liftedBy'>;

function built(step: Opinion['step'], rule: string, reason: Said): Undecided {
  return { step, rule, reason, source: 'built-in', evidence: [], block: false };
}

function fromFinding(finding: Finding, step: Opinion['step']): Undecided {
  return { ...built(step, finding.rule, finding.reason), evidence: finding.evidence };
}

/** With its author's words, where there are any. */
function withReason(said: Said, { reason }: Rule): Said {
  return reason === undefined ? said : say('{0}: {1}', english(said), reason);
}

function fromRule(rule: Rule, step: Opinion['step'], reason: Said): Undecided {
  return { step, rule: rule.text, reason, source: rule.source, evidence: [], block: false };
}
