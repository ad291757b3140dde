import type { AgentEvent } from '../events';
import type { Analysis } from '../gate/analysis/analysis';
import type { GrowingPast } from '../gate/analysis/past';
import type { DecisionRecord } from '../gate/record';
import type { CallId } from '../ids';
import type { ToolCall } from '../tools/call';

/**
 * Tells a past what the calls of a stored session did, so that what they wrote counts after a restart as it did before.
 * @param cwd the folder the session began in.
 * @param analyze works out a call in the folder it ran in; it is given the past as it grows.
 */
export function replayPast(
  events: readonly AgentEvent[],
  cwd: string,
  past: GrowingPast,
  analyze: (call: ToolCall, cwd: string) => Analysis,
): void {
  const decided = new Map<CallId, DecisionRecord>();
  let folder = cwd;
  for (const event of events) {
    switch (event.type) {
      case 'user':
        past.userSpoke();
        break;
      case 'cwd':
        folder = event.cwd;
        break;
      case 'call-decided':
        decided.set(event.id, event.record);
        break;
      case 'call-done': {
        const record = decided.get(event.id);
        // A call that failed half-way may have done the first half.
        if (record?.outcome === 'allowed')
          past.learn(analyze({ id: event.id, tool: record.tool, input: record.input }, folder));
        break;
      }
      default:
        break;
    }
  }
}

/** When a stored session began, in milliseconds since 1970; undefined for a new one. */
export function beganAt(events: readonly AgentEvent[]): number | undefined {
  const first = events.find((event) => event.type === 'user');
  return first?.type === 'user' ? first.at : undefined;
}
