import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEntry } from '../core/gate/ledger';
import { type Recorded, readRecord } from '../core/gate/replay';
import type { SessionPlaces } from './agentSession';
import { createLineStore } from './lineStore';
import { createRotatingLines } from './rotatingLines';

/** Only what we made ourselves may become part of a path. */
export const isSessionId = (id: unknown): id is string => typeof id === 'string' && /^[0-9a-f]{32}$/.test(id);

/** Where the ledger of a session is kept: it is small, and rewritten as a whole. */
export interface KeptLedger {
  /** Undefined when there is none, or none that can be read. */
  readonly entries: readonly LedgerEntry[] | undefined;
  save(entries: readonly LedgerEntry[]): void;
}

/** The files of one session. @param folder of a workspace, private to us. */
export function sessionPlaces(folder: string, id: string, ledger: KeptLedger): SessionPlaces {
  return {
    transcript: createLineStore(transcriptPath(folder, id)),
    audit: createRotatingLines(join(folder, 'sessions', `${id}.audit.jsonl`)),
    logs: join(folder, 'logs'),
    snapshots: join(folder, 'snapshots'),
    undo: createLineStore(join(folder, 'sessions', `${id}.undo.jsonl`)),
    ledger: ledger.entries,
    saveLedger: ledger.save,
  };
}

export const transcriptPath = (folder: string, id: string): string => join(folder, 'sessions', `${id}.jsonl`);

/** The last decisions of all sessions of a workspace, the newest last. */
export async function recentDecisions(folder: string, count: number): Promise<readonly Recorded[]> {
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
}
