import { button, el } from '../dom';
import type { Page } from '../page';
import type { AsksView } from '../protocol';
import type { ItemOf } from './itemView';

export interface AsksPanel {
  readonly element: HTMLElement;
  dispose(): void;
}

/**
 * Questions of the agent's: options as radio buttons or boxes, and a line for other words. What is sent is what stands there when
 * *Send answers* is pressed, which works once every question has an answer. Enter in a line does the same.
 */
export function createAsksPanel(item: ItemOf<'call'>, asks: AsksView, page: Page): AsksPanel {
  const { t, post, questions } = page;
  const key = `asks-${asks.id}`;
  const fields = asks.questions.map(({ header, multiple, options, question }, index) => {
    const name = `${key}-${index}`;
    const inputs = options.map((_, at) =>
      el('input', {
        type: multiple ? 'checkbox' : 'radio',
        name,
        id: `${name}-${at}`,
        'aria-describedby': `${name}-${at}-about`,
      }),
    );
    const typed = el('input', {
      type: 'text',
      class: 'asks-typed',
      id: `${name}-typed`,
      maxlength: '10000',
      autocomplete: 'off',
      dir: 'auto',
    });
    const rows = options.map(({ description, label }, at) =>
      el(
        'div',
        { class: 'asks-option' },
        inputs[at],
        el('label', { for: `${name}-${at}`, dir: 'auto' }, label),
        el('span', { id: `${name}-${at}-about`, class: 'asks-about', dir: 'auto' }, description ?? ''),
      ),
    );
    const element = el(
      'fieldset',
      { class: 'asks-question' },
      el('legend', { dir: 'auto' }, el('span', { class: 'asks-header' }, header), ' ', question),
      ...rows,
      el('label', { class: 'asks-own', for: `${name}-typed` }, t('ownAnswer')),
      typed,
    );
    return { element, inputs, typed };
  });

  const read = () =>
    fields.map(({ inputs, typed }) => ({
      chosen: inputs.flatMap(({ checked }, at) => (checked ? [at] : [])),
      typed: typed.value.trim(),
    }));
  const complete = (): boolean => read().every(({ chosen, typed }) => chosen.length > 0 || typed !== '');

  function reply(answers: ReturnType<typeof read> | undefined): void {
    if (!questions.answer(key)) return;
    element.focus();
    buttons.replaceWith(el('p', { class: 'question-answered' }, t('answered')));
    for (const { element: field } of fields) field.disabled = true;
    post(answers ? { type: 'reply', itemId: item.id, answers } : { type: 'reply', itemId: item.id });
  }

  const send = button({ class: 'primary asks-send', disabled: true }, () => reply(read()), t('sendAnswers'));
  const skip = button({ class: 'secondary asks-skip' }, () => reply(undefined), t('noAnswer'));
  const buttons = el('div', { class: 'answers', role: 'group', 'aria-label': t('answers') }, send, skip);
  const element = el(
    'div',
    {
      class: 'question asks',
      role: 'group',
      tabindex: '-1',
      'data-resting': true,
      'aria-label': t('asks', item.title),
    },
    ...fields.map((field) => field.element),
    buttons,
  );
  element.addEventListener('input', () => {
    send.disabled = !complete();
  });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (complete()) reply(read());
  });
  questions.open({ id: key, element, focusDeny: () => fields[0]?.inputs[0]?.focus({ preventScroll: true }) });
  return { element, dispose: () => questions.close(key) };
}
