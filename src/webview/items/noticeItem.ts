import { button, el, setChildren } from '../dom';
import { type IconName, icon } from '../icons';
import type { Page } from '../page';
import type { StringKey } from '../strings';
import type { ItemOf, ItemView } from './itemView';

const looks = {
  info: { icon: 'info', label: 'levelInfo' },
  warning: { icon: 'warning', label: 'levelWarning' },
  error: { icon: 'error', label: 'levelError' },
} as const satisfies Record<ItemOf<'notice'>['level'], { icon: IconName; label: StringKey }>;

/** Something the extension has to say, with at most one thing to do about it. */
export function createNoticeItem(item: ItemOf<'notice'>, { t, post }: Page): ItemView<ItemOf<'notice'>> {
  const element = el('article', {});

  function update({ level, text, action }: ItemOf<'notice'>): void {
    const look = looks[level];
    element.className = `item notice notice-${level}`;
    element.setAttribute('aria-label', t(look.label));
    setChildren(
      element,
      icon(look.icon),
      el(
        'div',
        { class: 'notice-body' },
        el('span', { class: 'hidden-text' }, `${t(look.label)}: `),
        el('p', { class: 'plain', dir: 'auto' }, text),
      ),
      action && button({ class: 'secondary' }, () => post({ type: 'action', action: action.id }), action.label),
    );
  }

  update(item);
  return { element, update };
}
