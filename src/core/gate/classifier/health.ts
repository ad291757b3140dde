import type { Clock } from '../../ports';
import type { Said } from '../../say';

/** Whether the classifier can be reached, for the status bar. */
export type ClassifierHealth =
  | { readonly state: 'ok' }
  /** The first model does not answer, the second one does. */
  | { readonly state: 'second'; readonly model: string }
  /** Nobody answers: analysis alone decides, and what it is unsure of goes to a person. */
  | { readonly state: 'down'; readonly why: Said };

/** Milliseconds after an outage until the next attempt; each failed attempt doubles it, up to the longest. */
const firstPause = 15_000;
const longestPause = 240_000;
/** An outage that lasts so long is only noticed to be over by the next call. Milliseconds. */
const patience = 3_600_000;

export interface Health {
  readonly present: ClassifierHealth;
  /** False while nobody answers and the next attempt is not due: then a call does not wait for the time limit again. */
  worthTrying(): boolean;
  answered(by: 'first' | 'second', model: string): void;
  failed(why: Said): void;
  onChange(listener: (health: ClassifierHealth) => void): { dispose(): void };
  dispose(): void;
}

/**
 * Remembers outages, so that they cost a session its time limit once, and notices by itself when they are over.
 * @param probe asks whether anybody answers; never rejects.
 */
export function createHealth(clock: Clock, probe: (signal: AbortSignal) => Promise<boolean>): Health {
  let present: ClassifierHealth = { state: 'ok' };
  let nextTry = 0;
  let pause = firstPause;
  let watching: AbortController | undefined;
  const listeners = new Set<(health: ClassifierHealth) => void>();

  function become(next: ClassifierHealth): void {
    const same = next.state === present.state;
    present = next;
    if (!same) for (const listener of [...listeners]) listener(next);
  }

  function up(next: ClassifierHealth): void {
    watching?.abort();
    watching = undefined;
    pause = firstPause;
    become(next);
  }

  /** Asks again and again until somebody answers. */
  async function watch(signal: AbortSignal): Promise<void> {
    const end = clock.monotonic() + patience;
    while (clock.monotonic() < end) {
      await clock.sleep(Math.max(1, nextTry - clock.monotonic()), signal);
      const answers = await probe(signal);
      if (signal.aborted) return;
      if (answers) return up({ state: 'ok' });
      postpone();
    }
  }

  function postpone(): void {
    nextTry = clock.monotonic() + pause;
    pause = Math.min(2 * pause, longestPause);
  }

  return {
    get present() {
      return present;
    },
    worthTrying: () => present.state !== 'down' || clock.monotonic() >= nextTry,
    answered: (by, model) => up(by === 'first' ? { state: 'ok' } : { state: 'second', model }),
    failed(why) {
      postpone();
      become({ state: 'down', why });
      if (watching) return;
      const controller = new AbortController();
      watching = controller;
      // A clock that cannot wait leaves it to the next call to notice.
      void watch(controller.signal)
        .catch(() => {})
        .then(() => {
          if (watching === controller) watching = undefined;
        });
    },
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose() {
      watching?.abort();
      listeners.clear();
    },
  };
}
