import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../core/ports';
import type { PolicyPlace } from '../../node/managedPolicy';

/** What the program finds around it; tests put their own in. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** Folder of the program itself. */
  readonly program: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Numeric id of the user; undefined on Windows. */
  readonly uid: number | undefined;
  readonly contained: boolean;
  readonly policy?: PolicyPlace;
  /** For waiting between retries; real when absent. */
  readonly clock?: Clock;
  /** Aborts when the program is told to end; the reason is the signal's name. */
  readonly signal: AbortSignal;
}
