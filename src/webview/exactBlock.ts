import { button, el, setChildren } from './dom';
import { foldText } from './fold';
import { markSegments, type TextSpan } from './marks';
import type { Texts } from './texts';

export interface ExactBlock {
  readonly element: HTMLElement;
  /** False while part of the text is folded away and never was unfolded. */
  readonly seen: () => boolean;
}

/**
 * Shows a call as it would run, the evidence marked. A long one is folded, but once unfolded it is shown at full height:
 * nothing hides behind a scroll bar.
 * @param unfolded called when the whole text is shown for the first time
 */
export function createExactBlock(
  text: string,
  evidence: readonly TextSpan[],
  label: string,
  t: Texts,
  unfolded: () => void = () => {},
): ExactBlock {
  const fold = foldText(text);
  const pre = el('pre', { class: 'exact', dir: 'ltr', tabindex: '0', role: 'group', 'aria-label': label });
  const show = (part: string) => {
    setChildren(
      pre,
      ...markSegments(part, evidence).map((piece) => (piece.marked ? el('mark', {}, piece.text) : piece.text)),
    );
  };
  if (!fold.folded) {
    show(text);
    return { element: el('div', { class: 'exact-frame' }, pre), seen: () => true };
  }

  let seen = false;
  let open = false;
  const closedLabel = t(fold.unit === 'lines' ? 'showAllLines' : 'showAllCharacters', fold.total);
  const toggle = button(
    { class: 'unfold', 'aria-expanded': 'false' },
    () => {
      open = !open;
      show(open ? text : fold.head);
      pre.classList.toggle('folded', !open);
      toggle.textContent = open ? t('showLess') : closedLabel;
      toggle.setAttribute('aria-expanded', String(open));
      if (seen) return;
      seen = true;
      unfolded();
    },
    closedLabel,
  );
  pre.classList.add('folded');
  show(fold.head);
  return { element: el('div', { class: 'exact-frame' }, pre, toggle), seen: () => seen };
}
