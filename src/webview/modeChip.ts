import { button, setChildren } from './dom';
import { type IconName, icon } from './icons';
import type { Page } from './page';
import type { ChatStatus } from './protocol';

const icons: Readonly<Record<ChatStatus['mode']['id'], IconName>> = {
  normal: 'shield',
  auto: 'shieldCheck',
  skip: 'warning',
};

/** The button that shows the mode in force and opens the choice. */
export function createModeChip({ t, post }: Page) {
  const element = button({}, () => post({ type: 'pick-mode' }));
  return {
    element,
    update({ id, label, detail }: ChatStatus['mode']): void {
      element.className = `chip mode mode-${id}`;
      element.title = detail;
      element.setAttribute('aria-label', t('modeChip', label));
      setChildren(element, icon(icons[id]), label);
    },
  };
}
