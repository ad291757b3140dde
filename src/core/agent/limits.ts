/** How often and how long a failed request is tried again. */
export interface RetryLimits {
  /** Requests in all, the first one included. */
  readonly attempts: number;
  /** Waiting in all, for one request. Milliseconds. */
  readonly budgetMs: number;
  /** First wait; each further one is twice as long. Milliseconds. */
  readonly baseMs: number;
  /** Longest single wait that we choose; a `retry-after` may be longer. Milliseconds. */
  readonly capMs: number;
}

/** Bounds of a session. All are the product's own choices, none is a figure of the API. */
export interface SessionLimits {
  /** Output tokens of one reply, thinking included. */
  readonly maxTokens: number;
  readonly thinking: boolean;
  /** Model requests for one message of the person; an agent that needs more is most likely going in circles. */
  readonly requestsPerTurn: number;
  /** Times in one turn that a reply with `pause_turn` is sent back to be continued. */
  readonly pausesPerTurn: number;
  /** Tokens of a request from which on the conversation is summarised before the next one; every model we know takes 200,000. */
  readonly compactAt: number;
  readonly retry: RetryLimits;
}

export const defaultSessionLimits: SessionLimits = {
  maxTokens: 32_000,
  thinking: true,
  requestsPerTurn: 200,
  pausesPerTurn: 10,
  compactAt: 150_000,
  retry: { attempts: 8, budgetMs: 300_000, baseMs: 1_000, capMs: 60_000 },
};
