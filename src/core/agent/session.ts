import type { AgentEvent } from '../events';
import type { Gate } from '../gate/gate';
import type { Direction } from '../sessions/reversal';
import type { Undo, UndoReport } from '../sessions/undo';
import type { Message } from './messages';

/**
 * One conversation: holds the messages, runs one turn at a time, tells listeners every event. Made by `createSession`.
 * `send` while a turn runs is refused with a notice event (queueing comes later); nothing the person typed is lost by it.
 */
export interface Session {
  readonly id: string;
  readonly busy: boolean;
  readonly messages: readonly Message[];
  readonly events: readonly AgentEvent[];
  readonly gate: Gate;
  /** Resolves when the turn has ended, however it ended. Never rejects. */
  send(text: string): Promise<void>;
  /** Tries again what failed, without a new user message. */
  retry(): Promise<void>;
  /** Aborts the model call and every process of the turn. Resolves when nothing runs any more. */
  stop(): Promise<void>;
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
  dispose(): Promise<void>;
}
