import type { Family } from './family';

export const archives: readonly Family[] = [];
