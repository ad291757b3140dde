import type { Family } from './family';

export const texts: readonly Family[] = [];
