import { archives } from './archives';
import { building } from './building/index';
import { changing } from './changing';
import { containers } from './containers/index';
import { copying } from './copying';
import { crypto } from './crypto';
import { databases } from './databases';
import { createRegistry, type Family } from './family';
import { finding } from './find';
import { forges } from './forges';
import { frameworks } from './frameworks';
import { gitLooks } from './git';
import { grep } from './grep';
import { querying } from './jq';
import { looking } from './looking';
import { media } from './media';
import { network } from './network/index';
import { packages } from './packages/index';
import { reading } from './reading';
import { editing } from './sed';
import { system } from './system/index';
import { texts } from './texts';

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
  ...copying,
  ...media,
  ...frameworks,
  ...packages,
  ...building,
  ...forges,
  ...containers,
  ...network,
  ...databases,
  ...system,
  ...archives,
  ...texts,
  ...crypto,
];

export const registry = createRegistry(families);
