import type { Mode } from '../../core/gate/modes';

/** One piece of the conversation on the screen. Its texts hold no control characters but line breaks. */
export type Block =
  | { readonly type: 'user'; readonly text: string }
  /** Markdown. */
  | { readonly type: 'assistant'; readonly text: string }
  | {
      readonly type: 'call';
      readonly state: CallState;
      readonly title: string;
      /** Who decided, and why. */
      readonly decision: string | undefined;
      /** What came out, shortened. */
      readonly output: readonly string[];
    }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly text: string }
  /** Shown as it stands: a call that is reviewed whole, a list. */
  | { readonly type: 'verbatim'; readonly text: string };

export type CallState = 'waiting' | 'running' | 'done' | 'failed' | 'refused' | 'stopped';

export interface ShownBlock {
  update(block: Block): void;
  remove(): void;
}

/** A question with a few answers. The first is the safe one: it is chosen at first, and closing the question gives it. */
export interface Choosing {
  readonly title: string;
  readonly detail: string;
  readonly choices: readonly string[];
  /** The question came by itself: a key that was meant for something else must not answer it. */
  readonly unasked: boolean;
}

export interface Footer {
  readonly mode: Mode;
  readonly modeLabel: string;
  readonly model: string;
  /** Tokens of context in use. */
  readonly context: number;
  readonly cost: string | undefined;
  readonly folder: string;
}

export interface Handlers {
  /** A message or a slash command. */
  submit(text: string): void;
  cycleMode(): void;
  /** Ctrl+C, or Escape while the agent works. */
  interrupt(key: 'ctrl+c' | 'escape'): void;
  leave(): void;
  /** Nothing more will be typed: what was asked for is still done. */
  ended(): void;
}

/** A command that begins with a slash. */
export interface CommandHelp {
  readonly name: string;
  readonly description: string;
}

/** Where a person reads and types: the drawn screen, or plain lines. Decides nothing. */
export interface Surface {
  start(handlers: Handlers, commands: readonly CommandHelp[]): void;
  /** Leaves the terminal as it was found. @param atOnce without waiting for keys in flight: the process is ending. */
  stop(atOnce?: true): Promise<void>;
  add(block: Block): ShownBlock;
  /** Begins a conversation on a clean page. */
  clear(): void;
  /** @returns the index that was chosen; 0 when it was closed or `signal` aborted. */
  choose(question: Choosing, signal: AbortSignal): Promise<number>;
  /** A line of text; undefined when the person thought better of it. */
  askText(title: string, initial: string, signal: AbortSignal): Promise<string | undefined>;
  footer(footer: Footer): void;
  /** What goes on; undefined: nothing. */
  activity(text: string | undefined): void;
  /** A short remark below the box, until the next key. */
  hint(text: string): void;
  /** What is in the box. */
  readonly draft: string;
  setDraft(text: string): void;
  /** For the arrow keys. */
  addHistory(text: string): void;
}
