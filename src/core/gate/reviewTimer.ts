import type { Clock } from '../ports';

/** Measures the gate's own time: it stands still while a model or a person thinks. */
export interface ReviewTimer {
  micros(): number;
  pause<T>(work: Promise<T>): Promise<T>;
}

export function startTimer(clock: Clock): ReviewTimer {
  const start = clock.monotonic();
  let paused = 0;
  return {
    micros: () => (clock.monotonic() - start - paused) * 1000,
    async pause(work) {
      const from = clock.monotonic();
      try {
        return await work;
      } finally {
        paused += clock.monotonic() - from;
      }
    },
  };
}
