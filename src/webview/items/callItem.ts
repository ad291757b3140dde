import { button, el, setChildren, setText } from '../dom';
import { formatDuration } from '../duration';
import { type IconName, icon } from '../icons';
import type { Page } from '../page';
import type { CallState, FromPage } from '../protocol';
import { type AsksPanel, createAsksPanel } from './asksPanel';
import type { ItemOf, ItemView } from './itemView';
import { createOutputPanel } from './outputPanel';
import { createQuestionPanel, type QuestionPanel } from './questionPanel';
import { createWhyPanel } from './whyPanel';

type Call = ItemOf<'call'>;

const stateIcons: Readonly<Record<CallState, IconName>> = {
  pending: 'pending',
  reviewing: 'running',
  asking: 'question',
  running: 'running',
  done: 'check',
  failed: 'cross',
  blocked: 'blocked',
  denied: 'blocked',
  aborted: 'aborted',
};

/** A tool call: what it is, how it stands, what was decided about it and why, and what it printed. */
export function createCallItem(first: Call, page: Page): ItemView<Call> {
  const { t, post } = page;
  const mark = el('span', { class: 'call-icon' });
  const tool = el('span', { class: 'call-tool' });
  const title = el('span', { class: 'call-title', dir: 'auto' });
  const state = el('span', { class: 'call-state' });
  const verdict = el('div', { class: 'call-verdict' });
  const questionPlace = el('div', { class: 'call-question' });
  const asksPlace = el('div', { class: 'call-question' });
  const why = createWhyPanel(page);
  const output = createOutputPanel(page);
  const actions = el('div', { class: 'call-openers' });
  const element = el(
    'article',
    {},
    el('header', { class: 'call-head' }, mark, tool, title, state),
    verdict,
    questionPlace,
    asksPlace,
    output.element,
    el('div', { class: 'call-actions' }, why.toggle, actions),
    why.element,
  );
  let panel: { readonly id: string; readonly view: QuestionPanel } | undefined;
  let asking: { readonly id: string; readonly view: AsksPanel } | undefined;
  let drawn: Call | undefined;

  const opener = (message: FromPage, label: string) => button({ class: 'link' }, () => post(message), label);

  function drawHead(item: Call): void {
    element.className = `item call call-${item.state}`;
    element.setAttribute('aria-label', `${item.tool} ${item.title}, ${item.stateLabel}`);
    if (item.state !== drawn?.state) setChildren(mark, icon(stateIcons[item.state]));
    setText(tool, item.tool);
    setText(title, item.title);
    title.title = item.title;
    const duration = item.durationMs === undefined ? '' : ` · ${formatDuration(item.durationMs)}`;
    setText(state, item.undo === 'undone' ? t('undone') : `${item.stateLabel}${duration}`);
  }

  function drawVerdict({ decision }: Call): void {
    verdict.hidden = decision === undefined;
    if (!decision || JSON.stringify(decision) === JSON.stringify(drawn?.decision)) return;
    const stopped = decision.outcome === 'blocked' || decision.outcome === 'denied';
    setChildren(
      verdict,
      el(
        'p',
        { class: 'verdict-line' },
        icon(stopped ? 'blocked' : decision.outcome === 'aborted' ? 'aborted' : 'shieldCheck'),
        el('span', { dir: 'auto' }, decision.label),
      ),
      stopped && !decision.label.includes(decision.reason)
        ? el('p', { class: 'verdict-reason', dir: 'auto' }, decision.reason)
        : undefined,
      stopped ? el('p', { class: 'verdict-rule', dir: 'auto' }, t('blockedByRule', decision.rule)) : undefined,
    );
  }

  function drawQuestion(item: Call): void {
    const question = item.question && page.questions.wasAnswered(item.question.id) ? undefined : item.question;
    if (question?.id === panel?.id) return;
    // Answered here: the panel stays as it is, without buttons, until the extension says how the call stands.
    if (panel && item.question?.id === panel.id) return;
    panel?.view.dispose();
    panel = question && { id: question.id, view: createQuestionPanel(item, question, page) };
    setChildren(questionPlace, panel?.view.element);
  }

  function drawAsks(item: Call): void {
    const { asks } = item;
    if (asks?.id === asking?.id) return;
    asking?.view.dispose();
    asking = asks && { id: asks.id, view: createAsksPanel(item, asks, page) };
    setChildren(asksPlace, asking?.view.element);
  }

  function drawActions({ decision, id, hasDiff, hasLog, notKept = 0, question, stoppable, undo }: Call): void {
    const allowable = decision?.allowable === true;
    const same = drawn && drawn.hasDiff === hasDiff && drawn.hasLog === hasLog && !drawn.question === !question;
    const sameUndo = undo === drawn?.undo && notKept === (drawn?.notKept ?? 0);
    if (same && stoppable === drawn?.stoppable && allowable === (drawn?.decision?.allowable === true) && sameUndo)
      return;
    // An open question has its own buttons for the change and the call.
    setChildren(
      actions,
      hasDiff && !question ? opener({ type: 'show-diff', itemId: id }, t('showDiff')) : undefined,
      hasLog ? opener({ type: 'show-log', itemId: id }, t('showLog')) : undefined,
      stoppable ? opener({ type: 'stop-job', itemId: id }, t('stopJob')) : undefined,
      question ? undefined : opener({ type: 'show-call', itemId: id }, t('showCall')),
      undo ? opener({ type: 'undo-call', itemId: id }, t(undo === 'undone' ? 'redoCall' : 'undoCall')) : undefined,
      notKept > 0 ? el('span', { class: 'not-kept' }, t('notKept', notKept)) : undefined,
      allowable ? opener({ type: 'allow-call', itemId: id }, t('allowThis')) : undefined,
    );
  }

  function update(item: Call): void {
    drawHead(item);
    drawVerdict(item);
    drawQuestion(item);
    drawAsks(item);
    why.update(item.decision, item.exact);
    output.update(item);
    drawActions(item);
    drawn = item;
  }

  function dispose(): void {
    panel?.view.dispose();
    asking?.view.dispose();
  }

  update(first);
  return { element, update, dispose };
}
