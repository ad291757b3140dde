import type { Family } from './family';

export const crypto: readonly Family[] = [];
