import type { AgentEvent } from '../events';
import type { Gate } from '../gate/gate';
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
  onEvent(listener: (event: AgentEvent) => void): { dispose(): void };
  dispose(): Promise<void>;
}
