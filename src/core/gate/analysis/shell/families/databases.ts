import type { Family } from './family';

export const databases: readonly Family[] = [];
