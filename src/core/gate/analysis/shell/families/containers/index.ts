import type { Family } from '../family';
import { clouds } from './clouds';
import { docker, dockerCompose } from './docker';
import { infrastructure } from './infrastructure';
import { kubernetes } from './kubernetes';

/** Containers, clusters and clouds: looking is in scope, changing them is not decided here. */
export const containers: readonly Family[] = [docker, dockerCompose, ...kubernetes, ...infrastructure, ...clouds];
