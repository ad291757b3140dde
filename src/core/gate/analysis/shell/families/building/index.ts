import type { Family } from '../family';

export const building: readonly Family[] = [];
