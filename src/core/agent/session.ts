import type { AgentEvent } from '../events';
import type { Gate } from '../gate/gate';
import type { Direction, UndoPlan, UndoReport } from '../sessions/undo';
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
  /** A dry run of {@link Session.takeBack}. */
  planUndo(id: string, direction: Direction): Promise<UndoPlan>;
  /**
   * Takes back what a call changed, or does it again, and tells the agent with the next message. What somebody else has changed
   * since stays as it is. Refused while a turn runs.
   */
  takeBack(id: string, direction: Direction): Promise<UndoReport | 'busy'>;
  onEvent(listener: (event: AgentEvent) => void): { dispose(): void };
  dispose(): Promise<void>;
}
