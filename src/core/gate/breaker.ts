/** Counters of design section 4, point 8; all are settings. */
export interface BreakerLimits {
  /** Blocks in a row that lead to a person. */
  readonly inARow: number;
  /** Blocks in a session after which every further one leads to a person. */
  readonly inTotal: number;
  /** The n-th block of the same action leads to a person. */
  readonly ofSameAction: number;
  /** Calls of one turn that needed a person where nobody can be asked, after which the turn ends. */
  readonly unattended: number;
}

export const defaultBreakerLimits: BreakerLimits = { inARow: 3, inTotal: 20, ofSameAction: 3, unattended: 5 };

/** Turns repeated blocks into an escalation. One per session. */
export interface Breaker {
  /**
   * Counts a block and says whether it must go to a person.
   * @param action key of the action: tool, rule and effect targets, however spelled.
   */
  block(action: string, limits: BreakerLimits): 'tell-the-model' | 'escalate';
  /** An allowed call ran: resets the row. */
  allowed(): void;
  /** A person answered an escalation of this action: resets its counter and the row. The total stays. */
  answered(action: string): void;
  readonly total: number;
  /** A turn begins: what nobody could be asked about is counted anew. */
  turnBegan(): void;
  /** A call needed a person and nobody could be asked. */
  unanswered(): void;
  /** Whether the turn should end. */
  endsTurn(limits: BreakerLimits): boolean;
}

export function createBreaker(): Breaker {
  let row = 0;
  let total = 0;
  let alone = 0;
  const byAction = new Map<string, number>();
  return {
    block(action, limits) {
      row += 1;
      total += 1;
      const same = (byAction.get(action) ?? 0) + 1;
      byAction.set(action, same);
      return row >= limits.inARow || total > limits.inTotal || same >= limits.ofSameAction
        ? 'escalate'
        : 'tell-the-model';
    },
    allowed() {
      row = 0;
    },
    answered(action) {
      row = 0;
      byAction.delete(action);
    },
    turnBegan() {
      alone = 0;
    },
    unanswered() {
      alone += 1;
    },
    endsTurn: ({ unattended }) => alone >= unattended,
    get total() {
      return total;
    },
  };
}
