import { button, type Child, el, setChildren } from '../dom';
import { createExactBlock } from '../exactBlock';
import type { Page } from '../page';
import type { DecisionView } from '../protocol';

export interface WhyPanel {
  /** Opens and closes the panel; stands in the row of buttons. */
  readonly toggle: HTMLElement;
  readonly element: HTMLElement;
  update(decision: DecisionView | undefined, exact: string): void;
}

/** "Why?": the rule, the reason, where the rule comes from, the effects, and the call with what the decision rests on. */
export function createWhyPanel({ t }: Page): WhyPanel {
  const element = el('div', { class: 'why', hidden: true });
  const toggle = button(
    { class: 'link why-toggle', 'aria-expanded': 'false', hidden: true },
    () => {
      element.hidden = !element.hidden;
      toggle.setAttribute('aria-expanded', String(!element.hidden));
      draw();
    },
    t('why'),
  );
  let drawn: string | undefined;
  let latest: { readonly decision: DecisionView; readonly exact: string } | undefined;

  function draw(): void {
    if (!latest || element.hidden) return;
    const { decision, exact } = latest;
    const key = JSON.stringify([decision, exact]);
    if (key === drawn) return;
    drawn = key;
    setChildren(
      element,
      el(
        'dl',
        { class: 'facts' },
        ...fact(t('rule'), el('code', { dir: 'auto' }, decision.rule)),
        ...fact(t('reason'), decision.reason),
        ...fact(t('source'), decision.source),
        ...(decision.person === undefined ? [] : fact(t('decidedBy'), decision.person)),
        ...(decision.effects.length === 0 ? [] : fact(t('effects'), effectList(decision.effects))),
      ),
      el('p', { class: 'exact-label' }, t(decision.evidence.length > 0 ? 'exactCallMarked' : 'exactCall')),
      createExactBlock(exact, decision.evidence, t('exactCall'), t).element,
    );
  }

  return {
    toggle,
    element,
    update(decision, exact) {
      toggle.hidden = decision === undefined;
      if (toggle.hidden) element.hidden = true;
      latest = decision && { decision, exact };
      draw();
    },
  };
}

/** One row of a list of facts. */
export function fact(name: string, value: Child): readonly HTMLElement[] {
  return [el('dt', {}, name), el('dd', { dir: 'auto' }, value)];
}

/** What a call would do, one line each. */
export function effectList(effects: readonly string[]): HTMLElement {
  return el('ul', { class: 'effects' }, ...effects.map((effect) => el('li', { dir: 'auto' }, effect)));
}
