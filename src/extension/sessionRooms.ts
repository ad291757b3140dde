import type { AgentEvent } from '../core/events';
import type { Logger } from '../core/ports';
import { titleFrom } from '../core/sessions/sessionSummary';
import type { AgentSession } from '../node/agentSession';
import type { SessionLock } from '../node/sessionLock';
import type { ChatItems } from './chatItems';

/** A session that is open in this window, with its page. */
export interface Room {
  readonly id: string;
  readonly agent: AgentSession;
  readonly items: ChatItems;
  /** Questions of it that wait for the person. */
  readonly waiting: Set<string>;
}

export interface SessionRooms {
  /** The one on the page. */
  readonly shown: Room | undefined;
  readonly all: readonly Room[];
  /**
   * Shows the session of this id. The one that was on the page goes on working when it works, and is closed otherwise.
   * @returns false when another window has it open: then everything is as it was.
   */
  show(id: string): Promise<boolean>;
  /** Resolves when the session that was asked for last is shown. */
  settled(): Promise<void>;
  /** A turn of the room has ended: nobody looks at it, so it is closed. */
  rested(room: Room): Promise<void>;
  /** Stops what runs in it. It is not on the page any more. */
  close(id: string): Promise<void>;
  dispose(): Promise<void>;
}

interface SessionRoomsPorts {
  lock(id: string, onLost: () => void): Promise<SessionLock | undefined>;
  /** Undefined where there is nothing to work on. */
  build(id: string): Promise<Room | undefined>;
  /** Another session is on the page, or none. */
  onShown(room: Room | undefined): void;
  /** Another window has taken a session over, because this one did not answer for long. */
  onLost(room: Room): void;
  readonly logger: Logger;
}

/** The sessions that are open in this window: one on the page, others that work on behind it. */
export function createSessionRooms({ build, lock, logger, onLost, onShown }: SessionRoomsPorts): SessionRooms {
  const open = new Map<string, { readonly room: Room; readonly lock: SessionLock }>();
  let shown: Room | undefined;

  async function enter(id: string): Promise<boolean> {
    const known = open.get(id);
    if (known) {
      await turnTo(known.room);
      return true;
    }
    const held = await lock(id, () => {
      const lost = open.get(id);
      if (lost) onLost(lost.room);
    });
    if (!held) return false;
    let room: Room | undefined;
    try {
      room = await build(id);
    } finally {
      if (!room) await held.release();
    }
    if (room) open.set(id, { room, lock: held });
    await turnTo(room);
    return true;
  }

  async function turnTo(room: Room | undefined): Promise<void> {
    const before = shown;
    shown = room;
    onShown(room);
    if (before && before !== room && !before.agent.session.busy) await leave(before.id);
  }

  async function leave(id: string): Promise<void> {
    const found = open.get(id);
    if (!found || !open.delete(id)) return;
    if (shown?.id === id) shown = undefined;
    try {
      await found.room.agent.dispose();
    } catch (error) {
      logger.error(`a session did not end in order: ${String(error)}`);
    } finally {
      await found.lock.release();
    }
  }

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, so that no session is opened twice. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  }

  return {
    get shown() {
      return shown;
    },
    get all() {
      return [...open.values()].map(({ room }) => room);
    },
    show: (id) => inOrder(() => enter(id)),
    settled: () => inOrder(async () => {}),
    rested: (room) =>
      inOrder(async () => {
        if (room !== shown && !room.agent.session.busy) await leave(room.id);
      }),
    close: (id) => inOrder(() => leave(id)),
    dispose: () =>
      inOrder(async () => {
        await Promise.all([...open.keys()].map(leave));
      }),
  };
}

/** What a session that is open is called. */
export function titleOf({ agent }: Room): string {
  const first = agent.session.events.find(
    (event): event is Extract<AgentEvent, { type: 'user' }> => event.type === 'user',
  );
  return titleFrom(first?.text ?? '');
}
