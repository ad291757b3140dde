import { clients } from './databases/clients';
import { others } from './databases/others';
import { sqlite } from './databases/sqlite';
import type { Family } from './family';

/** Databases: looking at those of the project and of this machine is in scope, changing them is not decided here. */
export const databases: readonly Family[] = [sqlite(), ...clients, ...others];
