import type { Message } from '../../core/agent/messages';
import type { DecisionRecord } from '../../core/gate/record';

/** A message as the Messages API has it; undefined for what the person wrote, which the reader of the stream knows. */
export function messageLine(sessionId: string, { content, role }: Message): object | undefined {
  const blocks = content.filter((block) => role === 'assistant' || block.type === 'tool_result');
  if (blocks.length === 0) return undefined;
  return {
    type: role,
    session_id: sessionId,
    message: { role, content: blocks.map((block) => (block.type === 'opaque' ? block.block : block)) },
  };
}

export function decisionLine(sessionId: string, record: DecisionRecord): object {
  const { callId, mode, outcome, reason, rule, source, step, title, tool } = record;
  return {
    ...{ type: 'decision', session_id: sessionId, tool_use_id: callId, tool, title },
    ...{ outcome, step, rule, reason, source, mode },
  };
}
