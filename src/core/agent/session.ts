import type { AgentEvent } from '../events';
import type { Gate } from '../gate/gate';
import type { Direction } from '../sessions/reversal';
import type { Undo, UndoReport } from '../sessions/undo';
import type { WaitingMessage } from './messageQueue';
import type { Message } from './messages';

/**
 * One conversation: holds the messages, runs one turn at a time, tells listeners every event. Made by `createSession`.
 * What is sent while a turn runs waits, and enters after the results of the current calls, before the next request.
 */
export interface Session {
  readonly id: string;
  readonly busy: boolean;
  readonly messages: readonly Message[];
  readonly events: readonly AgentEvent[];
  readonly gate: Gate;
  /** Messages that wait to enter. After a turn that did not end by itself they stay until the person sends something. */
  readonly waiting: readonly WaitingMessage[];
  /** Resolves when the turn has ended, however it ended, or when the message waits. Never rejects. */
  send(text: string): Promise<void>;
  /** Sends what waits, when no turn runs. */
  sendWaiting(): Promise<void>;
  /** Has the conversation summarised, when no turn runs. */
  compact(): Promise<void>;
  /** Takes a waiting message back. @returns its text; undefined when it has entered already. */
  withdraw(id: string): Promise<string | undefined>;
  /** Tries again what failed, without a new user message. */
  retry(): Promise<void>;
  /** Aborts the model call and every process of the turn. Resolves when nothing runs any more. */
  stop(): Promise<void>;
  /** As `stop`, because the window closes: the turn is marked, and can go on later. */
  interrupt(): Promise<void>;
  /** What calls changed, for dry runs and comparisons; absent where nothing is kept. */
  readonly undo?: Pick<Undo, 'call' | 'changedFiles' | 'content' | 'interrupted' | 'plan'>;
  /**
   * Takes back what calls changed, or does it again, and tells the agent with the next message. What somebody else has changed
   * since is merged, or stays as it is. Refused while a turn runs.
   * @param only takes back this path alone.
   */
  takeBack(ids: readonly string[], direction: Direction, only?: string): Promise<UndoReport | 'busy'>;
  /**
   * Goes back to before a message.
   * @param n the number that its event has. @param what `code`: changes of all calls since are taken back; `talk`: the message and
   * what came after are taken out of the conversation.
   */
  rewind(n: number, what: { readonly code: boolean; readonly talk: boolean }): Promise<UndoReport | 'busy'>;
  onEvent(listener: (event: AgentEvent) => void): { dispose(): void };
  /** Resolves when everything so far is stored, or has failed to be. */
  flushed(): Promise<void>;
  dispose(): Promise<void>;
}
