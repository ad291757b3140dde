import type { Family } from '../family';
import { copying } from './copying';
import { curl } from './curl';
import { httpie } from './httpie';
import { lookups } from './lookups';
import { sockets } from './sockets';
import { remoteShells } from './ssh';
import { uploads } from './uploads';
import { wget } from './wget';

/** Programs that talk to other machines. */
export const network: readonly Family[] = [
  curl(),
  wget(),
  httpie(),
  ...lookups,
  ...remoteShells,
  ...copying,
  ...sockets,
  ...uploads,
];
