import type { Family } from '../family';
import { javascriptTools } from './javascript';
import { nativeTools } from './native';
import { pythonTools } from './python';

/** Builds, tests, linters, formatters, compilers. */
export const building: readonly Family[] = [...pythonTools, ...javascriptTools, ...nativeTools];
