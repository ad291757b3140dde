import type { CallId } from '../ids';

/** A question of the agent's. Its words are the agent's, and so are those of its options. */
export interface AgentQuestion {
  /** A word or two. */
  readonly header: string;
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly description: string | undefined }[];
  /** Any number of options may be chosen. */
  readonly multiple: boolean;
}

/** What the person said to one question. */
export interface AgentAnswer {
  /** Indices of options. */
  readonly chosen: readonly number[];
  /** In their own words; `''`: nothing. */
  readonly typed: string;
}

/** Puts questions of the agent's to the person. No answer is ever consent to anything (design section 6). */
export interface Asker {
  /** @returns one answer a question; undefined when the person would not answer. Rejects only when `signal` aborts. */
  ask(
    id: CallId,
    questions: readonly AgentQuestion[],
    signal: AbortSignal,
  ): Promise<readonly AgentAnswer[] | undefined>;
}
