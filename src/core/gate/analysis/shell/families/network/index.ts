import type { Family } from '../family';

export const network: readonly Family[] = [];
