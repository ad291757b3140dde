import { button, el } from '../dom';
import { createExactBlock } from '../exactBlock';
import { icon } from '../icons';
import type { Page } from '../page';
import type { FromPage, QuestionView } from '../protocol';
import type { ItemOf } from './itemView';
import { effectList, fact } from './whyPanel';

export interface QuestionPanel {
  readonly element: HTMLElement;
  dispose(): void;
}

type Choice = 'deny' | QuestionView['offers'][number]['choice'];

/** An approving button that just appeared cannot be hit by a click that was meant for something else. Milliseconds. */
const settleMs = 500;

/**
 * A question with its buttons, *Deny* first. Approving needs a real click or key of the person, half a second after the buttons
 * appeared, and the whole call must have been in view. The buttons go at the first answer.
 */
export function createQuestionPanel(item: ItemOf<'call'>, question: QuestionView, page: Page): QuestionPanel {
  const { t, post, questions } = page;
  const approvals: HTMLButtonElement[] = [];
  let settled = false;
  let openedElsewhere = false;

  const hint = el(
    'p',
    { class: 'question-hint', id: `hint-${question.id}` },
    icon('warning'),
    el('span', {}, t('mustUnfold')),
  );
  const exact = createExactBlock(item.exact, [], t('exactCall'), t, refresh);

  function refresh(): void {
    const seen = openedElsewhere || exact.seen();
    hint.hidden = seen;
    for (const approval of approvals) approval.disabled = !(settled && seen);
  }

  /** Opening the call or its change in an editor counts as having seen it. */
  function reviewer(message: FromPage, label: string): HTMLElement {
    const open = () => {
      post(message);
      openedElsewhere = true;
      refresh();
    };
    return button({ class: 'link' }, open, label);
  }

  function answer(choice: Choice, event: MouseEvent): void {
    if (choice !== 'deny' && !event.isTrusted) return;
    if (choice === 'always') {
      // The rule is shown first, and the person may think better of it: the question is still open.
      if (!questions.wasAnswered(question.id)) post({ type: 'answer', questionId: question.id, choice });
      return;
    }
    if (!questions.answer(question.id)) return;
    // The keyboard rests on the card: a second Enter must not reach the text box or the next question's approval.
    element.focus();
    buttons.replaceWith(el('p', { class: 'question-answered' }, t('answered')));
    hint.hidden = true;
    post({ type: 'answer', questionId: question.id, choice });
  }

  const deny = button({ class: 'secondary answer answer-deny' }, (event) => answer('deny', event), t('deny'));
  const rows = question.offers.map(({ choice, label, detail }) => {
    const detailId = detail === undefined ? undefined : `detail-${question.id}-${choice}`;
    const described = [hint.id, detailId].filter((id) => id !== undefined).join(' ');
    const approval = button(
      { class: `secondary answer answer-${choice}`, disabled: true, 'aria-describedby': described },
      (event) => answer(choice, event),
      label,
    );
    approvals.push(approval);
    const note =
      detail === undefined ? undefined : el('span', { id: detailId, class: 'answer-detail', dir: 'auto' }, detail);
    return note ? el('div', { class: 'answer-row' }, approval, note) : approval;
  });
  const denyWhy = button(
    { class: 'link answer-why' },
    () => {
      // The reason is asked for first, and the person may think better of it: the question is still open.
      if (!questions.wasAnswered(question.id)) post({ type: 'deny-why', questionId: question.id });
    },
    t('denyWhy'),
  );
  const buttons = el('div', { class: 'answers', role: 'group', 'aria-label': t('answers') }, deny, ...rows, denyWhy);

  const element = el(
    'div',
    {
      class: 'question',
      role: 'group',
      tabindex: '-1',
      'data-resting': true,
      'aria-label': t('question', `${item.tool} ${item.title}`),
    },
    exact.element,
    el(
      'dl',
      { class: 'facts' },
      ...fact(t('reason'), question.reason),
      ...(question.effects.length > 0 ? fact(t('effects'), effectList(question.effects)) : []),
      ...fact(t('workingFolder'), el('code', { dir: 'auto' }, question.cwd)),
      ...fact(t('rule'), el('code', { dir: 'auto' }, question.rule)),
    ),
    el(
      'div',
      { class: 'question-review' },
      question.hasDiff ? reviewer({ type: 'show-diff', itemId: item.id }, t('reviewChange')) : undefined,
      reviewer({ type: 'show-call', itemId: item.id }, t('openCall')),
    ),
    hint,
    buttons,
  );
  const timer = setTimeout(() => {
    settled = true;
    refresh();
  }, settleMs);
  refresh();
  questions.open({ id: question.id, element, focusDeny: () => deny.focus({ preventScroll: true }) });

  return {
    element,
    dispose() {
      clearTimeout(timer);
      questions.close(question.id);
    },
  };
}
