import { changing } from './changing';
import { createRegistry, type Family } from './family';
import { finding } from './find';
import { gitLooks } from './git';
import { grep } from './grep';
import { querying } from './jq';
import { looking } from './looking';
import { reading } from './reading';
import { editing } from './sed';

/** Everything that is known of programs. */
export const families: readonly Family[] = [
  ...reading,
  ...looking,
  ...grep,
  ...finding,
  ...editing,
  ...querying,
  ...gitLooks,
  ...changing,
];

export const registry = createRegistry(families);
