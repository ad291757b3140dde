import type { Ruling } from '../../../src/node/demo/rulings';

/** What the classifier's model decides. */
export const classifierAllows = (reason: string): Ruling => ({ block: false, reason });

/** @param rule one of the built-in hard or soft rules. */
export const classifierBlocks = (rule: string, reason: string): Ruling => ({ block: true, rule, reason });
