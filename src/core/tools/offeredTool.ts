import type { Approved } from '../gate/gate';
import type { ToolSpec } from '../ports';
import type { ToolCall, ToolResult } from './call';
import type { ToolContext } from './tool';

/** A tool that another program offers. Its input is checked by that program; here it must only be an object. */
export interface OfferedTool {
  readonly spec: ToolSpec;
  /** Failures are results; it throws only when `signal` aborts. */
  run(approved: Approved<ToolCall<ToolArguments>>, context: Pick<ToolContext, 'signal'>): Promise<ToolResult>;
}

export type ToolArguments = Readonly<Record<string, unknown>>;

/** `mcp__server__tool`, where neither part can be read as anything else. */
export const offeredName = /^mcp__[A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*__[A-Za-z0-9][A-Za-z0-9_-]*$/;
