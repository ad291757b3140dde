import type { Family } from '../family';
import { nodePackages } from './node';
import { pythonPackages } from './python';

/** Package managers. */
export const packages: readonly Family[] = [...nodePackages, ...pythonPackages];
