import type { CallId } from '../ids';
import type { ImageData } from '../ports';

/** A tool call as the model asked for it, its input already validated by the tool's schema. */
export interface ToolCall<Input = unknown> {
  readonly id: CallId;
  /** Name of a registered tool. */
  readonly tool: string;
  readonly input: Input;
}

/** What goes back to the model for one call. */
export interface ToolResult {
  /** Text for the model; never empty. */
  readonly text: string;
  readonly isError: boolean;
  /** For the model, after the text. */
  readonly images?: readonly ImageData[];
  /** For the card: the part a person sees first, if different from `text` (a diff, the tail of a log). */
  readonly display?: ToolDisplay;
}

export type ToolDisplay =
  | { readonly type: 'diff'; readonly path: string; readonly before: string; readonly after: string }
  | {
      readonly type: 'output';
      readonly text: string;
      readonly exitCode: number | undefined;
      readonly logPath: string | undefined;
    }
  | { readonly type: 'todos'; readonly todos: readonly Todo[] };

export interface Todo {
  readonly content: string;
  readonly activeForm: string;
  readonly status: 'pending' | 'in_progress' | 'completed';
}
