import type { ImageData } from '../ports';

/**
 * The conversation as the Messages API takes and gives it, as far as the loop looks inside. Blocks that it does not know
 * (thinking with its signature, server tools …) are kept byte for byte and sent back.
 */
export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
  /** In a request that places its cache breakpoints itself: one stands after this block. */
  readonly cache?: true;
}

export interface ToolUseBlock {
  readonly type: 'tool_use';
  readonly id: string;
  readonly name: string;
  /** Parsed JSON; `undefined` when the model's JSON was malformed, which is an error result. */
  readonly input: unknown;
}

export interface ToolResultBlock {
  readonly type: 'tool_result';
  readonly tool_use_id: string;
  readonly content: string;
  /** Come after the content. */
  readonly images?: readonly ImageData[];
  readonly is_error?: boolean;
}

/** `thinking`, `redacted_thinking` and whatever comes next: opaque, order preserved. */
export interface OpaqueBlock {
  readonly type: 'opaque';
  /** The block exactly as received. */
  readonly block: { readonly type: string } & Record<string, unknown>;
}

export type AssistantBlock = TextBlock | ToolUseBlock | OpaqueBlock;
export type UserBlock = TextBlock | ToolResultBlock;

export interface UserMessage {
  readonly role: 'user';
  readonly content: readonly UserBlock[];
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: readonly AssistantBlock[];
}

export type Message = UserMessage | AssistantMessage;

/** Stop reasons of the Messages API (SDK 1.12: `StopReason`); a name we do not know ends the turn with a notice. */
export type StopReason =
  | 'end_turn'
  | 'tool_use'
  | 'max_tokens'
  | 'stop_sequence'
  | 'pause_turn'
  | 'refusal'
  | 'model_context_window_exceeded'
  | 'unknown';

export function toolUses(message: AssistantMessage): readonly ToolUseBlock[] {
  return message.content.filter((block): block is ToolUseBlock => block.type === 'tool_use');
}
