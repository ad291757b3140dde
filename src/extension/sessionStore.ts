import type { Memento } from 'vscode';
import type { LedgerEntry } from '../core/gate/ledger';
import type { Recorded } from '../core/gate/replay';
import type { Digest } from '../core/ports';
import type { SessionPlaces } from '../node/agentSession';
import { isSessionId, recentDecisions, sessionPlaces } from '../node/sessionFiles';
import type { Draft } from '../webview/protocol';

/** Where the sessions of this workspace are kept, and which one is open. */
export interface SessionStore {
  /** The session that was open last, or a new one. */
  currentId(): string;
  /** Begins a new session; the old one stays on disk. */
  startNew(): Promise<string>;
  /** Where the session of this id is kept. */
  places(id: string): SessionPlaces;
  /** The last decisions of all sessions of this workspace, the newest last. */
  recent(count: number): Promise<readonly Recorded[]>;
  draft(): Draft;
  saveDraft(draft: Draft): void;
}

const keys = { session: 'gatehouse.session', ledger: 'gatehouse.ledger', draft: 'gatehouse.draft' };

/** @param folder of this workspace, private to us. */
export function createSessionStore(folder: string, state: Memento, digest: Digest): SessionStore {
  async function startNew(): Promise<string> {
    const id = digest.randomId();
    await state.update(keys.session, id);
    return id;
  }

  return {
    currentId() {
      const id = state.get<unknown>(keys.session);
      if (isSessionId(id)) return id;
      const made = digest.randomId();
      void state.update(keys.session, made);
      return made;
    },
    startNew,
    places(id) {
      const kept = state.get<{ readonly id: string; readonly entries: readonly LedgerEntry[] }>(keys.ledger);
      return sessionPlaces(folder, id, {
        entries: kept?.id === id ? kept.entries : [],
        save: (entries) => void state.update(keys.ledger, { id, entries }),
      });
    },
    recent: (count) => recentDecisions(folder, count),
    draft: () => state.get<Draft>(keys.draft, { text: '', at: 0 }),
    saveDraft: (draft) => void state.update(keys.draft, draft),
  };
}
