import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { LedgerEntry } from '../core/gate/ledger';
import type { LineStore } from '../core/ports';
import { eventsOf, mattersToSummary, type SessionSummary, sessionSummary } from '../core/sessions/sessionSummary';
import type { SessionPlaces } from './agentSession';
import { createLineStore } from './lineStore';
import { isSessionId, sessionPlaces } from './sessionFiles';
import { isHeld, lockSession, type SessionLock } from './sessionLock';

/** A session that is kept, with what a list says of it. */
export interface StoredSession extends SessionSummary {
  readonly id: string;
  /** When it was last written. Milliseconds since the epoch. */
  readonly changed: number;
  /** Another window has it open. */
  readonly held: boolean;
}

/** The sessions of one workspace on disk: a few files each, named after its id. */
export interface SessionFolder {
  places(id: string): SessionPlaces;
  transcript(id: string): LineStore;
  /** Sessions in which something was asked, the one that was written last first. */
  list(): Promise<readonly StoredSession[]>;
  /** @returns undefined when another window has it open. @param onLost told when another window has taken it over. */
  lock(id: string, onLost: () => void): Promise<SessionLock | undefined>;
  /** The session that was on the page last, in whichever window. */
  current(): string | undefined;
  setCurrent(id: string): void;
  /** Takes away the conversation and what is needed to take its changes back. The log of decisions stays. */
  remove(id: string): Promise<void>;
}

/**
 * @param folder of this workspace, private to us.
 * @param onFailure told when something small (a yes or no, which session is open) could not be stored; it holds until a reload.
 */
export function createSessionFolder(folder: string, onFailure: (error: unknown) => void): SessionFolder {
  const sessions = join(folder, 'sessions');
  const path = (id: string, ending: string): string => join(sessions, `${id}${ending}`);
  const transcript = (id: string): LineStore => createLineStore(path(id, '.jsonl'));
  const known = createSummaryCache(join(sessions, 'summaries.json'));

  async function stored(id: string): Promise<StoredSession | undefined> {
    const file = path(id, '.jsonl');
    // It may be deleted at this moment, or not be readable: then it is not in the list.
    const info = await stat(file).catch(() => undefined);
    if (!info) return undefined;
    const summary = await known.get(id, info, () => summarize(file)).catch(() => undefined);
    if (!summary || summary.asked.length === 0) return undefined;
    return { ...summary, id, changed: info.mtimeMs, held: await isHeld(path(id, '.lock')) };
  }

  return {
    transcript,
    places: (id) =>
      sessionPlaces(folder, id, {
        entries: readLedger(path(id, '.ledger.json')),
        save(entries) {
          try {
            replaceFile(path(id, '.ledger.json'), JSON.stringify(entries));
          } catch (error) {
            onFailure(error);
          }
        },
      }),
    async list() {
      const names = await readdir(sessions).catch(() => []);
      const ids = names.flatMap((name) => (/^[0-9a-f]{32}\.jsonl$/.test(name) ? [name.slice(0, 32)] : []));
      const found: StoredSession[] = [];
      // One after the other: each may be megabytes long.
      for (const id of ids) {
        const session = await stored(id);
        if (session) found.push(session);
      }
      known.save(ids);
      return found.sort((one, other) => other.changed - one.changed);
    },
    current() {
      try {
        const id = readFileSync(join(sessions, 'current'), 'utf8');
        return isSessionId(id) ? id : undefined;
      } catch {
        return undefined;
      }
    },
    setCurrent(id) {
      try {
        replaceFile(join(sessions, 'current'), id);
      } catch (error) {
        onFailure(error);
      }
    },
    lock: (id, onLost) => lockSession(path(id, '.lock'), onLost),
    async remove(id) {
      for (const ending of ['.jsonl', '.ledger.json', '.undo.jsonl', '.lock'])
        await rm(path(id, ending), { force: true });
      await rm(join(folder, 'snapshots', `${id}.tree.jsonl`), { force: true });
    },
  };
}

async function summarize(file: string): Promise<SessionSummary> {
  // What follows the last line break was torn by a crash.
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  const quick = sessionSummary(eventsOf(lines.filter(mattersToSummary)));
  // A file that was edited by hand may be spelled in another way.
  return quick.asked.length > 0 ? quick : sessionSummary(eventsOf(lines));
}

interface Cached {
  readonly size: number;
  readonly mtimeMs: number;
  readonly summary: SessionSummary;
}

/** Summaries of files that have not changed since. Losing them costs time only. */
function createSummaryCache(file: string) {
  let cached: Map<string, Cached> | undefined;
  let changed = false;

  async function load(): Promise<Map<string, Cached>> {
    const text = await readFile(file, 'utf8').catch(() => '{}');
    try {
      return new Map(Object.entries(JSON.parse(text) as Record<string, Cached>));
    } catch {
      return new Map();
    }
  }

  return {
    async get(
      id: string,
      { size, mtimeMs }: { readonly size: number; readonly mtimeMs: number },
      make: () => Promise<SessionSummary>,
    ): Promise<SessionSummary> {
      cached ??= await load();
      const old = cached.get(id);
      if (old?.size === size && old.mtimeMs === mtimeMs && Array.isArray(old.summary?.asked)) return old.summary;
      const summary = await make();
      cached.set(id, { size, mtimeMs, summary });
      changed = true;
      return summary;
    },
    /** @param ids of the sessions that there are. */
    save(ids: readonly string[]): void {
      if (!changed || !cached) return;
      const present = new Set(ids);
      const kept = Object.fromEntries([...cached].filter(([id]) => present.has(id)));
      try {
        replaceFile(file, JSON.stringify(kept));
        changed = false;
      } catch {
        // The next list is made from the sessions themselves again.
      }
    },
  };
}

const told = { id: z.string(), words: z.string(), at: z.number() };
const entries = z.array(
  z.discriminatedUnion('type', [
    z.object({
      ...{ ...told, type: z.literal('grant'), hash: z.string(), about: z.string() },
      until: z.enum(['used', 'session']),
    }),
    z.object({
      ...{ ...told, type: z.literal('boundary'), until: z.literal('session') },
      patterns: z.optional(
        z.object({
          kinds: z.array(z.string()),
          only: z.optional(z.array(z.string())),
          rules: z.array(z.string()),
        }),
      ),
    }),
  ]),
);

/** Undefined when there is none, or none that can be read. */
function readLedger(file: string): readonly LedgerEntry[] | undefined {
  try {
    return entries.parse(JSON.parse(readFileSync(file, 'utf8'))) as readonly LedgerEntry[];
  } catch {
    return undefined;
  }
}

/** All of the new text or all of the old one. */
function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(temporary, text, { mode: 0o600, flush: true });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
