import type { Family } from '../family';

export const system: readonly Family[] = [];
