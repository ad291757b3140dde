import type { AgentEvent } from '../events';
import type { DecisionRecord } from '../gate/record';
import { redact } from '../gate/redact';
import type { CallId } from '../ids';
import { english } from '../say';
import { withoutRewound } from './rewound';
import { sessionSummary } from './sessionSummary';
import type { Transcript } from './transcript';

/** The whole session for a program, secrets masked that are recognised. */
export function exportJson({ events, messages }: Transcript): string {
  const { began, title } = sessionSummary(withoutRewound(events));
  const whole = { version: 1, title, began, events, messages };
  return `${JSON.stringify(whole, (_key, value: unknown) => (typeof value === 'string' ? redact(value) : value), 2)}\n`;
}

/** The session for people: what was said, and each call with its decision and result; secrets masked that are recognised. */
export function exportMarkdown({ events }: Transcript): string {
  const left = withoutRewound(events);
  const { began, title } = sessionSummary(left);
  const decisions = new Map<CallId, DecisionRecord>();
  const calls = new Map<CallId, Extract<AgentEvent, { type: 'call' }>>();
  const parts = [`# ${title}`, ...(began === undefined ? [] : [new Date(began).toISOString()])];
  let streamed = '';
  for (const event of left) {
    switch (event.type) {
      case 'user':
        parts.push('## You', quote(event.text));
        break;
      case 'text':
        streamed += event.text;
        break;
      case 'message-end':
        if (streamed.trim() !== '') parts.push('## Agent', streamed.trim());
        streamed = '';
        break;
      case 'retry':
      case 'turn-end':
        // A reply that was lost.
        streamed = '';
        break;
      case 'call':
        calls.set(event.id, event);
        break;
      case 'call-decided':
        decisions.set(event.id, event.record);
        break;
      case 'call-done': {
        const call = calls.get(event.id);
        if (!call) break;
        const record = decisions.get(event.id);
        parts.push(
          `### ${call.tool}`,
          fenced(call.exact),
          ...(record ? [`_${record.outcome}, ${record.rule}: ${record.reason}_`] : []),
          ...(event.isError ? ['It failed:'] : []),
          fenced(event.text),
        );
        break;
      }
      case 'notice':
        parts.push(`> ${english(event.said)}`);
        break;
      default:
        break;
    }
  }
  return `${redact(parts.join('\n\n'))}\n`;
}

const quote = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

/** A fence that nothing in the text can close. */
function fenced(text: string): string {
  const longest = (text.match(/`{3,}/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
