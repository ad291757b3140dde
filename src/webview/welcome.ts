import { button, el, setChildren } from './dom';
import { icon } from './icons';
import type { Page } from './page';
import type { ChatStatus } from './protocol';

/**
 * What an empty conversation shows.
 * @param suggest puts a text into the box; it is not sent
 */
export function createWelcome({ t, post }: Page, suggest: (text: string) => void) {
  const element = el('section', { class: 'welcome', hidden: true });
  let drawn: string | undefined;

  return {
    element,
    update(welcome: ChatStatus['welcome']): void {
      element.hidden = welcome === undefined;
      const key = JSON.stringify(welcome);
      if (!welcome || key === drawn) return;
      drawn = key;
      const actions = welcome.actions.map(({ id, label }, index) =>
        button({ class: index === 0 ? 'primary' : 'secondary' }, () => post({ type: 'action', action: id }), label),
      );
      const suggestions = welcome.suggestions.map((text) =>
        el(
          'li',
          {},
          button({ class: 'suggestion', dir: 'auto' }, () => suggest(text), text),
        ),
      );
      setChildren(
        element,
        el('div', { class: 'welcome-mark' }, icon('gate')),
        el('p', { class: 'plain welcome-text', dir: 'auto' }, welcome.text),
        actions.length > 0 ? el('div', { class: 'welcome-actions' }, ...actions) : undefined,
        suggestions.length > 0 ? el('h2', {}, t('tryThis')) : undefined,
        suggestions.length > 0 ? el('ul', { class: 'suggestions' }, ...suggestions) : undefined,
      );
    },
  };
}
