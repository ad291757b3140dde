import type { AgentEvent } from '../core/events';
import { canBeAllowed } from '../core/gate/allowBlocked';
import { decisionLabel, personLabel } from '../core/gate/decisionLabel';
import type { Question } from '../core/gate/prompter';
import type { DecisionRecord } from '../core/gate/record';
import { makeVisible, visibleLine } from '../core/gate/visible';
import { type Said, say } from '../core/say';
import type { CallState, ChatItem, DecisionView } from '../webview/protocol';
import type { OpenAsks } from './askDesk';
import { questionView } from './questionView';

/** Turns what the core says into what a person reads. */
export interface Wording {
  /** Workspace folders: a path in a title is shown from there. */
  readonly folders?: readonly string[];
  localize(said: Said): string;
  /** BCP 47 tag for numbers and units. */
  readonly language: string;
}

export type CallItem = Extract<ChatItem, { type: 'call' }>;
type EventOf<Type extends AgentEvent['type']> = Extract<AgentEvent, { type: Type }>;

/** UTF-16 units of output that a card holds; the whole is in the log. */
const outputTail = 20_000;

/** A call as the page draws it, with what its buttons open. */
export interface CallEntry {
  readonly item: CallItem;
  /** The call as it would run, unaltered; `item.exact` is its visible form. */
  readonly exact: string;
  /** Of the call. */
  readonly callId: string;
  readonly diff: Question['diff'];
  readonly logPath: string | undefined;
  /** The id of what it started in the background, while that runs. */
  readonly job?: string | undefined;
  /** The decision, once there is one. */
  readonly record?: DecisionRecord;
}

export function startCall(id: string, event: EventOf<'call'>, wording: Wording): CallEntry {
  const item: CallItem = {
    id,
    type: 'call',
    tool: event.tool,
    title: visibleLine(fromFolder(event.title, wording.folders ?? [])),
    exact: makeVisible(event.exact, []).text,
    ...stateOf('pending', wording),
    decision: undefined,
    question: undefined,
    output: '',
    hasDiff: false,
    hasLog: false,
    durationMs: undefined,
    undo: undefined,
    stoppable: false,
    asks: undefined,
  };
  return { item, exact: event.exact, callId: event.id, diff: undefined, logPath: undefined };
}

export function reviewing(entry: CallEntry, by: EventOf<'call-reviewing'>['by'], wording: Wording): CallEntry {
  const { localize } = wording;
  const state: CallState = by === 'person' ? 'asking' : 'reviewing';
  const stateLabel =
    by === 'classifier' ? localize(say('The classifier looks at it')) : stateOf(state, wording).stateLabel;
  return { ...entry, item: { ...entry.item, decision: undefined, state, stateLabel } };
}

/** Puts a question on the card, or takes it off. A modal one is only pointed at. */
export function asking(entry: CallEntry, question: Question, open: boolean, wording: Wording): CallEntry {
  if (!open) {
    if (entry.item.question && entry.item.question.id !== question.id) return entry;
    return { ...entry, item: { ...entry.item, question: undefined } };
  }
  const modal = question.style === 'modal';
  const labels = modal
    ? { state: 'asking' as const, stateLabel: wording.localize(say('Waiting for you in a dialog')) }
    : stateOf('asking', wording);
  return {
    ...entry,
    diff: question.diff ?? entry.diff,
    item: {
      ...entry.item,
      ...labels,
      question: modal ? undefined : questionView(question, wording.localize),
      hasDiff: entry.item.hasDiff || question.diff !== undefined,
    },
  };
}

export function decided(entry: CallEntry, record: DecisionRecord, wording: Wording): CallEntry {
  const state = record.outcome === 'allowed' ? 'running' : record.outcome;
  const decision = decisionView(record, entry.exact, wording);
  return { ...entry, record, item: { ...entry.item, ...stateOf(state, wording), decision, question: undefined } };
}

export function moreOutput(entry: CallEntry, chunk: string): CallEntry {
  return { ...entry, item: { ...entry.item, output: tail(entry.item.output + chunk) } };
}

export function done(entry: CallEntry, event: EventOf<'call-done'>, wording: Wording): CallEntry {
  const { display, durationMs, isError, text } = event;
  const refused = entry.item.state === 'blocked' || entry.item.state === 'denied';
  const waiting = entry.item.state === 'reviewing' || entry.item.state === 'asking';
  const goesOn = entry.job !== undefined;
  const state = refused ? entry.item.state : waiting ? 'aborted' : isError ? 'failed' : goesOn ? 'running' : 'done';
  const diff = display?.type === 'diff' ? display : entry.diff;
  const logPath = display?.type === 'output' ? display.logPath : undefined;
  const output = refused || display?.type === 'todos' ? '' : tail(display?.type === 'output' ? display.text : text);
  return {
    ...entry,
    diff: diff && { path: diff.path, before: diff.before, after: diff.after },
    logPath,
    item: {
      ...entry.item,
      ...(goesOn && state === 'running' ? {} : stateOf(state, wording)),
      question: undefined,
      asks: undefined,
      output,
      hasDiff: diff !== undefined,
      hasLog: logPath !== undefined,
      durationMs: state === 'done' || state === 'failed' ? durationMs : undefined,
    },
  };
}

/** Puts the agent's own questions on the card, or takes them off. */
export function agentAsks(entry: CallEntry, { id, questions }: OpenAsks, open: boolean, wording: Wording): CallEntry {
  if (!open) return { ...entry, item: { ...entry.item, ...stateOf('running', wording), asks: undefined } };
  const line = (text: string): string => visibleLine(text);
  const asks = {
    id,
    questions: questions.map(({ header, multiple, options, question }) => ({
      ...{ header: line(header), question: line(question), multiple },
      options: options.map(({ description, label }) => ({
        label: line(label),
        description: description === undefined ? undefined : line(description),
      })),
    })),
  };
  return { ...entry, item: { ...entry.item, ...stateOf('asking', wording), asks } };
}

/** What a call started runs on, or has ended; the card stays at work as long. */
export function inBackground(entry: CallEntry, event: EventOf<'job'>, wording: Wording): CallEntry {
  const { localize } = wording;
  if (event.state === 'running')
    return {
      ...entry,
      job: event.job,
      item: {
        ...entry.item,
        state: 'running',
        stateLabel: localize(say('Running in the background')),
        stoppable: true,
      },
    };
  const state = event.state === 'ended' ? 'aborted' : event.state;
  return { ...entry, job: undefined, item: { ...entry.item, ...stateOf(state, wording), stoppable: false } };
}

function stateOf(state: CallState, { localize }: Wording): { readonly state: CallState; readonly stateLabel: string } {
  return { state, stateLabel: localize(stateLabels[state]) };
}

const stateLabels: Readonly<Record<CallState, Said>> = {
  pending: say('Waiting its turn'),
  reviewing: say('Under review'),
  asking: say('Waiting for you'),
  running: say('Running'),
  done: say('Done'),
  failed: say('Failed'),
  blocked: say('Blocked'),
  denied: say('Denied'),
  aborted: say('Stopped'),
};

function decisionView(record: DecisionRecord, exact: string, wording: Wording): DecisionView {
  return {
    outcome: record.outcome,
    label: visibleLine(wording.localize(decisionLabel(record, wording.language))),
    rule: visibleLine(record.rule),
    reason: visibleLine(record.reason),
    source: visibleLine(record.source),
    effects: record.effects.map(visibleLine),
    evidence: makeVisible(exact, record.evidence).spans,
    allowable: canBeAllowed(record),
    person: record.person === undefined ? undefined : wording.localize(personLabel(record.person)),
  };
}

function tail(text: string): string {
  return text.length <= outputTail ? text : text.slice(-outputTail);
}

/** `/home/me/shop/src/a.ts:3` as `src/a.ts:3`: in a narrow view the start of a path is all there is room for. */
function fromFolder(title: string, folders: readonly string[]): string {
  const folder = folders.find((candidate) => title.startsWith(`${candidate}/`));
  return folder === undefined ? title : title.slice(folder.length + 1);
}
