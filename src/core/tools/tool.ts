import type { ZodType } from 'zod';
import type { Place } from '../gate/analysis/facts';
import type { Approved } from '../gate/gate';
import type { Clock, Digest, Documents, FileSystem, Job, Model, Processes, Search, Usage, Web } from '../ports';
import type { Asker } from './asker';
import type { ToolCall, ToolResult } from './call';
import type { ReadLedger } from './readLedger';

/** What a running tool may use. Made anew for each call. */
export interface ToolContext {
  readonly files: FileSystem;
  readonly processes: Processes;
  readonly search: Search;
  readonly web: Web;
  readonly documents: Documents;
  /** For requests of a tool's own. */
  readonly model: Model & { name(): string };
  readonly clock: Clock;
  readonly digest: Digest;
  readonly place: Place;
  /** Undefined where nobody can be asked. */
  readonly asker: Asker | undefined;
  /** Which version of which file the model has seen; shared by Read, Write and Edit of one session. */
  readonly reads: ReadLedger;
  readonly limits: ToolLimits;
  /** Whether analysis finds nothing in the first call that it does not find in the second, which the gate has let through. */
  readonly asHarmless: (call: ToolCall, approved: ToolCall) => boolean;
  readonly signal: AbortSignal;
  /** Output as it appears, for the card; the result carries the final text. */
  readonly onOutput: (chunk: string) => void;
  /** The shell's working folder changed and is inside the workspace. */
  readonly onCwd: (cwd: string) => void;
  /** A command goes on in the background. */
  readonly onJob: (job: Job) => void;
  /** What a request of the tool's own has cost. */
  readonly onUsage: (usage: Usage) => void;
  readonly onTodos: (todos: readonly import('./call').Todo[]) => void;
}

export interface ToolLimits {
  /** Default and highest time a command may take. Milliseconds. */
  readonly bashTimeoutMs: number;
  readonly bashTimeoutMaxMs: number;
  /** UTF-16 units of a result that reach the model. */
  readonly outputChars: number;
}

/** A tool of the agent. `Input` is what its schema gives after validation. */
export interface Tool<Input> {
  /** The name models know it by. */
  readonly name: string;
  /** For the model: what it does, when to use it, what it refuses. */
  readonly description: string;
  readonly schema: ZodType<Input>;
  /** One line for the card and the prompt: `npm test`, `src/a.ts:10-40`. */
  title(input: Input): string;
  /**
   * Runs the call. Takes what only the gate can make, so that a call that was not reviewed does not compile.
   * Failures are results with `isError`; it throws only when `signal` aborts or on a bug.
   */
  run(approved: Approved<ToolCall<Input>>, context: ToolContext): Promise<ToolResult>;
}
