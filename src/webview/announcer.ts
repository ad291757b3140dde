import type { Announcement } from './announcements';
import { el } from './dom';

export interface Announcer {
  readonly element: HTMLElement;
  say(announcement: Announcement): void;
}

/** Two live regions that only a screen reader notices. */
export function createAnnouncer(): Announcer {
  const polite = el('div', { role: 'status', 'aria-live': 'polite' });
  const assertive = el('div', { role: 'alert', 'aria-live': 'assertive' });
  return {
    element: el('div', { class: 'hidden-text' }, polite, assertive),
    say({ text, urgency }) {
      // A new element each time: the same words twice in a row must be said twice.
      const region = urgency === 'assertive' ? assertive : polite;
      region.replaceChildren(el('p', {}, text));
    },
  };
}
