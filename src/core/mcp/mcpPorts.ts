import type { Said } from '../say';
import type { McpSource } from './serverSpec';
import type { ToolPins } from './toolPins';

/** What the person agreed to in this workspace. Kept outside of the workspace. */
export interface McpMemory {
  /** Hash of the server of the repository that was agreed to. */
  agreed(server: string): string | undefined;
  agree(server: string, hash: string | undefined): void;
  pins(server: string): ToolPins | undefined;
  pin(server: string, pins: ToolPins | undefined): void;
}

/** Asks a person about a server; nothing of it is left out or shortened. */
export interface McpQuestion {
  readonly about: 'server' | 'tools';
  readonly server: string;
  readonly title: Said;
  /** What would start, or what has changed, made visible to the last character. */
  readonly exact: string;
  /** Names of the person's variables that the server would get. */
  readonly variables: readonly string[];
}

export type McpAsk = (question: McpQuestion, signal: AbortSignal) => Promise<boolean>;

export interface McpState {
  readonly name: string;
  readonly source: McpSource;
  readonly state: 'asking' | 'starting' | 'ready' | 'failed' | 'refused';
  /** Why it is not ready. */
  readonly why: Said | undefined;
  /** Tools that the agent can ask for. */
  readonly tools: readonly string[];
  /** Tools that it cannot, and why. */
  readonly withheld: readonly { readonly name: string; readonly why: Said }[];
}
