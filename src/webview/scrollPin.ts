/** Keeps the end of the conversation in view unless the person scrolled away from it. */
export interface ScrollPin {
  readonly pinned: () => boolean;
  /** Neither pinned nor at the end: there is something further down. */
  readonly away: () => boolean;
  /** Goes to the end and stays there. */
  jump(): void;
  /** Call when the person unfolds something: it must not scroll away under the pointer. */
  release(): void;
}

/** This close to the end counts as being there. CSS pixels. */
const slack = 32;

/**
 * @param scroller the element that scrolls
 * @param content its only child, whose height changes
 * @param changed called when `pinned` may have changed
 */
export function createScrollPin(scroller: HTMLElement, content: HTMLElement, changed: () => void): ScrollPin {
  let pinned = true;
  let lastTop = 0;

  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= slack;

  function set(next: boolean): void {
    if (pinned === next) return;
    pinned = next;
    changed();
  }

  function follow(): void {
    if (pinned) scroller.scrollTop = scroller.scrollHeight;
    else if (atEnd()) set(true);
    lastTop = scroller.scrollTop;
    changed();
  }

  scroller.addEventListener(
    'scroll',
    () => {
      // Growing content moves the end away without moving the view; only scrolling back lets go of it.
      if (atEnd()) set(true);
      else if (scroller.scrollTop < lastTop - 2) set(false);
      lastTop = scroller.scrollTop;
    },
    { passive: true },
  );
  const sizes = new ResizeObserver(follow);
  sizes.observe(content);
  sizes.observe(scroller);

  return {
    pinned: () => pinned,
    away: () => !pinned && !atEnd(),
    jump() {
      set(true);
      follow();
    },
    release() {
      pinned = false;
      requestAnimationFrame(() => requestAnimationFrame(follow));
    },
  };
}
