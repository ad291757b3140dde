import type { Digest, LineStore } from '../ports';
import type { DecisionRecord } from './record';
import { redactValue } from './redact';

/**
 * The log of decisions: one line of JSON each, secrets masked, each line carrying the hash of the one before it, so that a line
 * that was changed, left out or put in later can be found.
 */
export interface Audit {
  /** Never throws and is not waited for; a failure is reported once it is known. */
  append(record: DecisionRecord): void;
  /** Resolves when everything appended so far is written or has failed. */
  flushed(): Promise<void>;
}

/** The hash before the first line. */
const start = '0'.repeat(64);

export function createAudit(options: {
  readonly store: LineStore;
  readonly digest: Digest;
  onFailure(error: unknown): void;
}): Audit {
  const { store, digest, onFailure } = options;
  let previous: string | undefined;
  let queue: Promise<void> = Promise.resolve();
  return {
    append(record) {
      queue = queue
        .then(async () => {
          previous ??= hashOfLast(await store.read(), digest);
          const line = auditLine(record, previous);
          await store.append(line);
          previous = digest.sha256(line);
        })
        .catch((error) => {
          // What is on disk is unknown now; the next append looks again.
          previous = undefined;
          onFailure(error);
        })
        // A report that fails must not end the queue: later decisions are still to be written.
        .catch(() => {});
    },
    flushed: () => queue,
  };
}

/** The line for a record, every text in it masked. @param previous sha256 of the line before it. */
export function auditLine(record: DecisionRecord, previous: string): string {
  return JSON.stringify(redactValue({ previous, ...record }));
}

function hashOfLast(lines: readonly string[], digest: Digest): string {
  const last = lines.at(-1);
  return last === undefined ? start : digest.sha256(last);
}

/** Checks the chain. @returns the number (from 1) of the first line that does not follow from the one before it. */
export function verifyAudit(
  lines: readonly string[],
  digest: Digest,
): { readonly ok: true } | { readonly ok: false; readonly line: number } {
  let previous = start;
  for (const [index, line] of lines.entries()) {
    if (previousOf(line) !== previous) return { ok: false, line: index + 1 };
    previous = digest.sha256(line);
  }
  return { ok: true };
}

function previousOf(line: string): unknown {
  try {
    return (JSON.parse(line) as { previous?: unknown }).previous;
  } catch {
    return undefined;
  }
}
