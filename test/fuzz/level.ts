import type { Analysis } from '../../src/core/gate/analysis/analysis';

/** How strict an answer is. What is critical counts on its own: a call can be unsure and critical, or blocked and not. */
export interface Level {
  /** allow, unsure, block. */
  readonly answer: 0 | 1 | 2;
  /** Not, possibly, certainly critical. */
  readonly critical: 0 | 1 | 2;
}

const answers = ['allow', 'unsure', 'block'] as const;

export const allowed: Level = { answer: 0, critical: 0 };

export function levelOf({ answer, critical }: Analysis): Level {
  return {
    answer: answer === 'allow' ? 0 : answer === 'unsure' ? 1 : 2,
    critical: critical === undefined ? 0 : critical.answer === 'block' ? 2 : 1,
  };
}

/** The strictest of both. */
export function atLeast(one: Level, other: Level): Level {
  return { answer: stricter(one.answer, other.answer), critical: stricter(one.critical, other.critical) };
}

const stricter = (one: 0 | 1 | 2, other: 0 | 1 | 2): 0 | 1 | 2 => (one > other ? one : other);

/** What is left of a level where the command may not run at all: the damage is possible, no longer certain. */
export const perhaps = ({ answer, critical }: Level): Level => ({ answer, critical: critical === 0 ? 0 : 1 });

/**
 * What is left of a level where the command may be out of sight: what cannot be opened is unknown, so it is never allowed, but
 * how bad it is nobody can say.
 */
export const veiled = ({ answer }: Level): Level => ({ answer: answer === 0 ? 0 : 1, critical: 0 });

export const isLooser = (got: Level, floor: Level): boolean =>
  got.answer < floor.answer || got.critical < floor.critical;

export function describeLevel({ answer, critical }: Level): string {
  return `${answers[answer]}${['', ' (perhaps critical)', ' (critical)'][critical]}`;
}
