import type { Family } from '../family';

export const containers: readonly Family[] = [];
