import type { Family } from './family';
import { github } from './forges/gh';
import { gitlab } from './forges/glab';
import { others } from './forges/others';

/** Programs of forges: reading from the project's own is in scope, whatever they change there is not decided here. */
export const forges: readonly Family[] = [github, gitlab, ...others];
