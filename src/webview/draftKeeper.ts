import type { Draft } from './protocol';

/** Timers, so that tests need not wait. */
export interface Timers {
  set(run: () => void, ms: number): number;
  clear(timer: number): void;
}

/** Tells the extension what is in the box: the first key at once, then at most every 300 ms, and always the last text. */
export interface DraftKeeper {
  changed(text: string): void;
  /** Sends what was not sent yet. */
  flush(): void;
}

const intervalMs = 300;

export function createDraftKeeper(post: (text: string) => void, timers: Timers): DraftKeeper {
  let waiting: string | undefined;
  let timer: number | undefined;

  function send(): void {
    if (waiting === undefined) return;
    const text = waiting;
    waiting = undefined;
    post(text);
  }

  function start(): void {
    timer = timers.set(() => {
      timer = undefined;
      if (waiting === undefined) return;
      send();
      start();
    }, intervalMs);
  }

  return {
    changed(text) {
      waiting = text;
      if (timer !== undefined) return;
      send();
      start();
    },
    flush() {
      if (timer !== undefined) timers.clear(timer);
      timer = undefined;
      send();
    },
  };
}

/**
 * Which of two drafts to show after a reload. The page's own copy is kept by the editor in its own time, and the last keys may
 * not have reached the extension, so either may be the older one.
 */
export function newestDraft(own: Draft | undefined, sent: Draft): string {
  return own !== undefined && own.at > sent.at ? own.text : sent.text;
}
