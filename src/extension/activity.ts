import type { Clock } from '../core/ports';

/** A key pressed this recently may still be on its way to what is about to open. Milliseconds. */
export const quietMs = 1_000;

/** Knows when the person last typed, so that nothing that can approve opens under their fingers. */
export interface Activity {
  typed(): void;
  /** Resolves when nobody has typed for a second, or when `signal` aborts. Never rejects. */
  quiet(signal: AbortSignal): Promise<void>;
}

export function createActivity(clock: Clock): Activity {
  let last = Number.NEGATIVE_INFINITY;
  return {
    typed() {
      last = clock.monotonic();
    },
    async quiet(signal) {
      for (;;) {
        const left = quietMs - (clock.monotonic() - last);
        if (left <= 0 || signal.aborted) return;
        await clock.sleep(left, signal).catch(() => {});
      }
    },
  };
}
