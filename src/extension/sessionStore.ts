import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Memento } from 'vscode';
import type { LedgerEntry } from '../core/gate/ledger';
import { type Recorded, readRecord } from '../core/gate/replay';
import type { Digest, LineStore } from '../core/ports';
import type { SessionPlaces } from '../node/agentSession';
import { createLineStore } from '../node/lineStore';
import { createRotatingLines } from '../node/rotatingLines';
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
  const file = (id: string, ending: string): LineStore => createLineStore(join(folder, 'sessions', `${id}${ending}`));

  async function startNew(): Promise<string> {
    const id = digest.randomId();
    await state.update(keys.session, id);
    return id;
  }

  return {
    currentId() {
      const id = state.get<unknown>(keys.session);
      // Only what we made ourselves may become part of a path.
      if (typeof id === 'string' && /^[0-9a-f]{32}$/.test(id)) return id;
      const made = digest.randomId();
      void state.update(keys.session, made);
      return made;
    },
    startNew,
    places(id) {
      const kept = state.get<{ readonly id: string; readonly entries: readonly LedgerEntry[] }>(keys.ledger);
      return {
        transcript: file(id, '.jsonl'),
        audit: createRotatingLines(join(folder, 'sessions', `${id}.audit.jsonl`)),
        logs: join(folder, 'logs'),
        snapshots: join(folder, 'snapshots'),
        undo: file(id, '.undo.jsonl'),
        ledger: kept?.id === id ? kept.entries : [],
        saveLedger: (entries) => void state.update(keys.ledger, { id, entries }),
      };
    },
    async recent(count) {
      const names = await readdir(join(folder, 'sessions')).catch(() => []);
      const logs = names.filter((name) => /^[0-9a-f]{32}\.audit\.jsonl$/.test(name));
      const records = await Promise.all(
        logs.map(async (name) => (await createRotatingLines(join(folder, 'sessions', name)).read()).slice(-count)),
      );
      return records
        .flat()
        .flatMap((line) => readRecord(line) ?? [])
        .sort((one, other) => one.at.localeCompare(other.at))
        .slice(-count);
    },
    draft: () => state.get<Draft>(keys.draft, { text: '', at: 0 }),
    saveDraft: (draft) => void state.update(keys.draft, draft),
  };
}
