import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../core/ports';

export const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
};
