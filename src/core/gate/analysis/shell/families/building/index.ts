import type { Family } from '../family';
import { pythonTools } from './python';

/** Builds, tests, linters, formatters, compilers. */
export const building: readonly Family[] = [...pythonTools];
