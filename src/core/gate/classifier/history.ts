import type { TimelineEntry } from './classifier';
import { escapeData } from './escape';
import { withoutProse } from './prose';

/** Earlier calls that are sent at most. */
const mostCalls = 50;
/** Calls that stay when there are more: dropping many at once lets what is cached stay the same for long. */
const keptCalls = 10;
/** UTF-16 units of one earlier call's input; history may be shortened, the action never. */
const callLimit = 400;
/** UTF-16 units of one message of the user's: what is longer was pasted, and its middle is left out. */
const wordsLimit = 6_000;

/**
 * The session so far as blocks of text that only grow: each request adds one block for what is new and leaves the others as they
 * were, so that what an earlier request put into the cache is read again. What the user typed is never dropped.
 */
export interface History {
  /** @param timeline everything so far, oldest first. */
  blocks(timeline: readonly TimelineEntry[]): readonly string[];
}

export function createHistory(): History {
  let blocks: string[] = [];
  let taken = 0;
  let calls = 0;
  /** The last entry that was taken: when it is another one, the timeline is not the same any more. */
  let last: TimelineEntry | undefined;

  function add(entries: readonly TimelineEntry[]): void {
    if (entries.length > 0) blocks.push(entries.map(describeEntry).join('\n'));
    calls += countCalls(entries);
  }

  return {
    blocks(timeline) {
      const grown = taken <= timeline.length && (taken === 0 || sameEntry(timeline[taken - 1], last));
      const fresh = grown ? timeline.slice(taken) : timeline;
      if (!grown || calls + countCalls(fresh) > mostCalls) {
        blocks = [];
        calls = 0;
        add(countCalls(timeline) > mostCalls ? shortened(timeline) : timeline);
      } else add(fresh);
      taken = timeline.length;
      last = timeline.at(-1);
      return [...blocks];
    },
  };
}

const countCalls = (entries: readonly TimelineEntry[]): number => entries.filter(({ type }) => type === 'call').length;

/** Everything the user typed, and the last calls. */
function shortened(timeline: readonly TimelineEntry[]): readonly TimelineEntry[] {
  let left = countCalls(timeline) - keptCalls;
  return timeline.filter(({ type }) => {
    if (type !== 'call') return true;
    left -= 1;
    return left < 0;
  });
}

function sameEntry(one: TimelineEntry | undefined, other: TimelineEntry | undefined): boolean {
  return one !== undefined && other !== undefined && describeEntry(one) === describeEntry(other);
}

function describeEntry(entry: TimelineEntry): string {
  if (entry.type === 'user') return `user ${escapeData(cutMiddle(entry.text, wordsLimit))}`;
  if (entry.type === 'withdrew') return `withdrew ${escapeData(entry.texts.map((text) => cutMiddle(text, callLimit)))}`;
  const input = JSON.stringify(withoutProse(entry.tool, entry.input)) ?? 'null';
  const rule = entry.rule === undefined ? [] : [entry.rule];
  return `call ${escapeData([entry.tool, entry.outcome, ...rule, cutEnd(input, callLimit)])}`;
}

function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = limit / 2;
  return `${text.slice(0, half)} … (${text.length - limit} characters left out; too long to have been typed) … ${text.slice(-half)}`;
}

function cutEnd(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)} … (${text.length - limit} characters left out)`;
}
