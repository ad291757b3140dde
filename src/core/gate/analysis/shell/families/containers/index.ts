import type { Family } from '../family';
import { docker, dockerCompose } from './docker';

/** Containers, clusters and clouds. */
export const containers: readonly Family[] = [docker, dockerCompose];
