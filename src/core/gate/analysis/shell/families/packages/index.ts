import type { Family } from '../family';

export const packages: readonly Family[] = [];
