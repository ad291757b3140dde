import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LedgerEntry } from '../../core/gate/ledger';
import { say } from '../../core/say';
import { parseEntry } from '../../core/sessions/storedEntry';
import type { SessionPlaces } from '../../node/agentSession';
import { isSessionId, sessionPlaces, transcriptPath } from '../../node/sessionFiles';
import { Unusable } from './unusable';

/** A stored session, for a list. */
export interface StoredSession {
  readonly id: string;
  /** When something was last written to it, milliseconds since the epoch. */
  readonly at: number;
  /** What the person wrote first. */
  readonly title: string;
}

/** The sessions of a folder on disk. @param folder of the project, private to us. */
export function storedSessions(folder: string): readonly StoredSession[] {
  const names = existsSync(join(folder, 'sessions')) ? readdirSync(join(folder, 'sessions')) : [];
  return names
    .map((name) => name.replace(/\.jsonl$/, ''))
    .filter(isSessionId)
    .map((id) => ({ id, at: statSync(transcriptPath(folder, id)).mtimeMs }))
    .sort((one, other) => other.at - one.at)
    .flatMap(({ at, id }) => {
      const title = firstWords(transcriptPath(folder, id));
      return title === undefined ? [] : [{ id, at, title }];
    });
}

/** Bytes at the start of a transcript in which the first message is looked for. */
const lookedAt = 200_000;

function firstWords(path: string): string | undefined {
  for (const line of readFileSync(path, 'utf8').slice(0, lookedAt).split('\n')) {
    const entry = parseEntry(line);
    if (entry?.type === 'event' && entry.event.type === 'user') return entry.event.text;
  }
  return undefined;
}

/** Where a session is kept, with its ledger in a file beside it. */
export function storedPlaces(folder: string, id: string): SessionPlaces {
  const path = join(folder, 'sessions', `${id}.ledger.json`);
  return sessionPlaces(folder, id, {
    entries: readLedger(path),
    save(entries) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const next = `${path}.${process.pid}.new`;
      writeFileSync(next, JSON.stringify(entries), { mode: 0o600 });
      renameSync(next, path);
    },
  });
}

/** A file that cannot be read may hold what the person said not to do: then the session is not opened without it. */
function readLedger(path: string): readonly LedgerEntry[] {
  if (!existsSync(path)) return [];
  try {
    const entries: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (Array.isArray(entries) && entries.every(isEntry)) return entries as readonly LedgerEntry[];
  } catch {}
  throw new Unusable(
    say(
      'what you allowed and forbade in this session cannot be read ({0}); begin a new session, or remove the file',
      path,
    ),
  );
}

function isEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id, type, words } = value as { readonly id?: unknown; readonly type?: unknown; readonly words?: unknown };
  return typeof id === 'string' && typeof words === 'string' && (type === 'grant' || type === 'boundary');
}
