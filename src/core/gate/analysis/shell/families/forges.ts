import type { Family } from './family';

export const forges: readonly Family[] = [];
