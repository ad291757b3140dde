import { wordOf } from './clauses';
import type { Order, Sight } from './orders';
import type { Token } from './tokens';

/** An order found, with the token at which the user's words for it begin. */
export interface Hit extends Order {
  readonly start: number;
}

export interface English extends Sight {
  /** It ends in a question mark. */
  readonly question: boolean;
  /** Up to where names have been read that are nobody's subject: a long list is read once. */
  readonly listed: { until: number };
}

/** Reads one way of saying no that begins at a place. */
export type Frame = (sight: English, at: number) => Hit | undefined;

/** Words that begin a frame, and the frame. */
export type Registered = readonly (readonly [words: string, frame: Frame])[];

export const hit = (start: number, order: Order | undefined): Hit | undefined => order && { ...order, start };

/** Where the user's words for what begins at a place begin: "please" is one of them. */
export const politely = (tokens: readonly Token[], at: number): number => (isPlease(tokens[at - 1]) ? at - 1 : at);

export const isPlease = (token: Token | undefined): boolean => /^(?:please|pls|plz|kindly)$/.test(wordOf(token));
