import { name, version as number } from '../../package.json';

export const version = `${name} ${number}`;
