import type { Memento } from 'vscode';
import type { LedgerEntry } from '../core/gate/ledger';
import type { Recorded } from '../core/gate/replay';
import type { Digest } from '../core/ports';
import { isSessionId, recentDecisions } from '../node/sessionFiles';
import { createSessionFolder, type SessionFolder } from '../node/sessionFolder';
import type { Draft } from '../webview/protocol';

/** Where the sessions of this workspace are kept, and which one is open. */
export interface SessionStore extends SessionFolder {
  /** The session that was open last, or a new one. */
  currentId(): string;
  newId(): string;
  /** The last decisions of all sessions of this workspace, the newest last. */
  recent(count: number): Promise<readonly Recorded[]>;
  draft(): Draft;
  saveDraft(draft: Draft): void;
}

const keys = { session: 'gatehouse.session', ledger: 'gatehouse.ledger', draft: 'gatehouse.draft' };

/** @param folder of this workspace, private to us. @param onFailure told when something small could not be stored. */
export function createSessionStore(
  folder: string,
  state: Memento,
  digest: Digest,
  onFailure: (error: unknown) => void,
): SessionStore {
  const sessions = createSessionFolder(folder, onFailure);
  return {
    ...sessions,
    currentId() {
      // The editor's own store is where versions before kept it.
      const id = sessions.current() ?? state.get<unknown>(keys.session);
      return isSessionId(id) ? id : digest.randomId();
    },
    newId: digest.randomId,
    places(id) {
      const places = sessions.places(id);
      // Where versions before kept it.
      const kept = state.get<{ readonly id: string; readonly entries: readonly LedgerEntry[] }>(keys.ledger);
      return places.ledger || kept?.id !== id ? places : { ...places, ledger: kept.entries };
    },
    recent: (count) => recentDecisions(folder, count),
    draft: () => state.get<Draft>(keys.draft, { text: '', at: 0 }),
    saveDraft: (draft) => void state.update(keys.draft, draft),
  };
}
