/** Keys pressed this recently may have been meant for something else. Milliseconds. */
export const quietMs = 1000;

/**
 * Whether a new question may take the keyboard: only when the page has it, nobody is typing or about to press something else,
 * and no key was pressed for a second.
 * @param active the focused element; null or the body when there is none
 */
export function mayTakeFocus(pageFocused: boolean, active: Element | null, msSinceKey: number): boolean {
  if (!pageFocused || msSinceKey < quietMs) return false;
  return active === null || active.matches('body, [data-resting]');
}
