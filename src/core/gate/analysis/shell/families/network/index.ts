import type { Family } from '../family';
import { copying } from './copying';
import { curl } from './curl';
import { httpie } from './httpie';
import { lookups } from './lookups';
import { serving } from './serving';
import { sockets } from './sockets';
import { remoteShells } from './ssh';
import { status } from './status';
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
  ...status,
  ...serving,
];
