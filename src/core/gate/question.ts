import type { ToolCall } from '../tools/call';
import { alternatives } from './alternatives';
import type { Analysis } from './analysis/analysis';
import type { Place } from './analysis/facts';
import { describeLoss } from './analysis/loss';
import { isBroad } from './broadRules';
import type { Opinion } from './decision';
import type { Effect } from './effect';
import type { Preview } from './preview';
import type { Offer, PastBlock, PersonAnswer, Question } from './prompter';
import { coveringRules, isRedirection } from './ruleMatch';
import { parseRule } from './ruleSyntax';
import type { GateState } from './state';

/** What is needed to put a call before a person. */
export interface Asking {
  readonly id: string;
  readonly call: ToolCall;
  readonly title: string;
  readonly exact: string;
  readonly opinion: Opinion;
  readonly analysis: Analysis;
  /** Of the analysis, each with whether it can be taken back. */
  readonly effects: readonly Effect[];
  readonly state: GateState;
  readonly blocks: readonly PastBlock[];
  readonly preview: Preview | undefined;
}

/** Critical calls and escalated blocks interrupt; everything else is a card (design section 7). */
export function composeQuestion(asking: Asking): Question {
  const { opinion, analysis, state } = asking;
  return {
    id: asking.id,
    style: opinion.step === 'critical' || opinion.block ? 'modal' : 'card',
    call: asking.call,
    title: asking.title,
    exact: asking.exact,
    cwd: state.place.cwd,
    opinion,
    effects: asking.effects,
    evidence: opinion.evidence,
    loss: analysis.loss && describeLoss(analysis.loss),
    blocks: asking.blocks,
    alternatives: opinion.block || opinion.step === 'critical' ? alternatives(opinion, analysis) : [],
    diff: asking.preview,
    offers: offersFor(asking),
  };
}

/** *Once* is always there; *session* and *always* only where clear consent may lift the opinion (design section 4, point 9). */
function offersFor({ call, opinion, analysis, state }: Asking): readonly Offer[] {
  const once: Offer = { type: 'once' };
  if (opinion.liftedBy !== 'consent') return [once];
  const rule = state.mode === 'normal' && opinion.step === 'mode' ? narrowestRule(call, analysis, state) : undefined;
  return rule ? [once, { type: 'session' }, { type: 'always', rule }] : [once, { type: 'session' }];
}

/**
 * The narrowest rule that would cover this call: one simple command word for word, or one file. None for wrappers,
 * interpreters, compounds, what leaves the machine, and anything with an unknown in it (rule R22): next time may differ.
 */
function narrowestRule(call: ToolCall, analysis: Analysis, state: GateState): string | undefined {
  const lasting = analysis.effects.every(({ kind }) => kind === 'read' || kind === 'write' || kind === 'execute');
  if (analysis.opaque || analysis.answer === 'block' || !lasting) return undefined;
  const text = call.tool === 'Bash' ? commandRule(call, analysis) : fileRule(call, analysis, state);
  if (text === undefined) return undefined;
  const parsed = parseRule(text, 'allow', 'user settings');
  return parsed.ok && !isBroad(parsed.rule) ? text : undefined;
}

function commandRule(call: ToolCall, analysis: Analysis): string | undefined {
  const [command, ...more] = analysis.commands;
  if (!command || more.length > 0 || command.through.length > 0) return undefined;
  if (analysis.effects.some((effect) => isRedirection(call, effect))) return undefined;
  const words = command.words.filter((word) => word !== undefined);
  if (words.length !== command.words.length || words.some((word) => word === '' || /\s/.test(word))) return undefined;
  const asPrefix = parseRule(`Bash(${words.join(' ')}:*)`, 'allow', 'user settings');
  // An interpreter with a fixed script still runs whatever that script holds tomorrow.
  const interpreter = !asPrefix.ok || isBroad(asPrefix.rule);
  if (interpreter && !analysis.restsOn.every(({ path }) => words.includes(path))) return undefined;
  return `Bash(${words.join(' ')})`;
}

function fileRule(call: ToolCall, analysis: Analysis, state: GateState): string | undefined {
  if (analysis.answer !== 'allow') return undefined;
  const [effect, ...more] = analysis.effects.filter(({ kind }) => kind === 'write');
  if (!effect || more.length > 0 || effect.target.type !== 'path') return undefined;
  const { real } = effect.target;
  const folder = state.place.workspace.find((candidate) => real.startsWith(`${candidate}/`));
  if (!folder || /[*?[\]{}()!]/.test(real)) return undefined;
  return `${call.tool === 'Write' ? 'Edit' : call.tool}(/${real.slice(folder.length + 1)})`;
}

/** Whether an allow rule, as it stands, covers a call by itself. */
export function ruleCovers(text: string, call: ToolCall, analysis: Analysis, place: Place): boolean {
  const parsed = parseRule(text, 'allow', 'user settings');
  return parsed.ok && coveringRules([parsed.rule], call, analysis, place) !== undefined;
}

/**
 * An answer counts only when it was offered; everything else is a no.
 * @param covers whether a rule that the person has changed still covers the call that was asked about.
 */
export function acceptedAnswer(
  answer: PersonAnswer,
  offers: readonly Offer[],
  covers: (rule: string) => boolean,
): PersonAnswer {
  switch (answer.choice) {
    case 'deny':
      return answer;
    case 'once':
    case 'session':
      return offers.some(({ type }) => type === answer.choice) ? answer : { choice: 'deny' };
    case 'always':
      return offers.some((offer) => offer.type === 'always' && (offer.rule === answer.rule || covers(answer.rule)))
        ? answer
        : { choice: 'deny' };
  }
}
