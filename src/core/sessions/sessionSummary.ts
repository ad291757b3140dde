import type { AgentEvent } from '../events';
import { visibleLine } from '../gate/visible';
import { parseEntry } from './storedEntry';

/** A stored session as a list shows it. */
export interface SessionSummary {
  /** What was asked first, in one line; empty when nothing was. */
  readonly title: string;
  /** Everything that was asked, in one line each, the first one first. */
  readonly asked: readonly string[];
  /** Milliseconds since the epoch; undefined when nothing was asked. */
  readonly began: number | undefined;
  /** A turn was running when the session was last written. */
  readonly interrupted: boolean;
}

/** UTF-16 units of a title. */
const titleLength = 80;
/** UTF-16 units of one message, for searching. */
const askedLength = 500;

export function sessionSummary(events: Iterable<AgentEvent>): SessionSummary {
  let asked: { readonly n: number | undefined; readonly text: string; readonly at: number }[] = [];
  let running = false;
  for (const event of events) {
    if (event.type === 'user') asked.push({ n: event.n, text: event.text, at: event.at });
    if (event.type === 'rewound') {
      const at = asked.findIndex(({ n }) => n === event.n);
      if (at !== -1) asked = asked.slice(0, at);
    }
    if (event.type === 'turn-start') running = true;
    if (event.type === 'turn-end') running = false;
  }
  return {
    title: titleFrom(asked[0]?.text ?? ''),
    asked: asked.map(({ text }) => oneLine(text, askedLength)),
    began: asked[0]?.at,
    interrupted: running,
  };
}

/** What a session is called whose first message is this. */
export const titleFrom = (text: string): string => oneLine(text, titleLength);

/** Cut between words where there are any. */
function oneLine(text: string, limit: number): string {
  const line = visibleLine(
    text
      .slice(0, 4 * limit)
      .trim()
      .replace(/\s+/g, ' '),
  );
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > limit / 2 ? cut.slice(0, space) : cut).replace(/[\ud800-\udbff]$/, '')}…`;
}

const starts = ['user', 'rewound', 'turn-start', 'turn-end'].map((type) => `{"type":"event","event":{"type":"${type}"`);

/** Whether a stored line may matter to a summary, told without reading the JSON. */
export const mattersToSummary = (line: string): boolean => starts.some((start) => line.startsWith(start));

/** What stored lines say, those that cannot be read left out. */
export function* eventsOf(lines: Iterable<string>): Iterable<AgentEvent> {
  for (const line of lines) {
    const entry = parseEntry(line);
    if (entry?.type === 'event') yield entry.event;
  }
}
