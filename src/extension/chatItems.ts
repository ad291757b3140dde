import type { AgentEvent, NoticeAction } from '../core/events';
import type { Question } from '../core/gate/prompter';
import type { CallId } from '../core/ids';
import { type Said, say } from '../core/say';
import type { ChatItem, NoticeActionId, TodoView } from '../webview/protocol';
import type { OpenAsks } from './askDesk';
import {
  agentAsks,
  asking,
  type CallEntry,
  type CallItem,
  decided,
  done,
  inBackground,
  moreOutput,
  reviewing,
  startCall,
  type Wording,
} from './callItem';

/** What an event did to the conversation on the screen. */
export interface Change {
  /** Items that are new or look different, in order. */
  readonly changed: readonly ChatItem[];
  /** Items have gone: the page has to start over. */
  readonly removed: boolean;
}

/** What the events say besides the items. */
export interface Progress {
  readonly busy: boolean;
  /** The shell's working folder, absolute; undefined until a command moved it. */
  readonly cwd: string | undefined;
  readonly todos: readonly TodoView[];
  /** Messages that wait to enter. */
  readonly queued: readonly { readonly id: string; readonly text: string }[];
  /** The last turn ended because a request failed; trying again may help. */
  readonly failed: boolean;
}

/** The conversation as items: folds the events of a session, in order. The same events give the same items. */
export interface ChatItems {
  readonly items: readonly ChatItem[];
  readonly progress: Progress;
  add(event: AgentEvent): Change;
  /** A question about a call was opened or closed. */
  ask(question: Question, open: boolean): Change;
  /** Questions of the agent's were opened or closed. */
  asks(asks: OpenAsks, open: boolean): Change;
  /** Something the extension itself has to say. */
  notice(level: 'info' | 'warning' | 'error', said: Said, action?: NoticeActionId): Change;
  /** What the buttons of a card open; undefined for other items. */
  call(itemId: string): CallEntry | undefined;
  /** The number of the message that an item shows. */
  message(itemId: string): number | undefined;
}

const nothing: Change = { changed: [], removed: false };

export function createChatItems(wording: Wording): ChatItems {
  const { localize } = wording;
  let items: ChatItem[] = [];
  const calls = new Map<CallId, CallEntry>();
  let progress: Progress = { busy: false, cwd: undefined, todos: [], queued: [], failed: false };
  let made = 0;
  /** Items of the reply that is being streamed; void unless `message-end` comes. */
  let streamed = new Set<string>();
  let retryId: string | undefined;

  const newId = (): string => `item-${++made}`;

  function put(item: ChatItem): Change {
    const at = items.findLastIndex(({ id }) => id === item.id);
    if (at === -1) items.push(item);
    else items[at] = item;
    return { changed: [item], removed: false };
  }

  function stream(type: 'assistant' | 'thinking', text: string): Change {
    const last = items.at(-1);
    if (last?.type === type && streamed.has(last.id)) return put({ ...last, text: last.text + text });
    const ended = endStreaming();
    const item: ChatItem = { id: newId(), type, text, streaming: true };
    streamed.add(item.id);
    return both(ended, put(item));
  }

  /** What was streamed is complete; it stays void until the message is. */
  function endStreaming(): Change {
    let change = nothing;
    for (const item of items) {
      const streaming = (item.type === 'assistant' || item.type === 'thinking') && item.streaming;
      if (streaming) change = both(change, put({ ...item, streaming: false }));
    }
    return change;
  }

  function voidStreamed(): Change {
    const before = items.length;
    items = items.filter(({ id }) => !streamed.has(id));
    streamed = new Set();
    return { changed: [], removed: items.length < before };
  }

  function onCall(id: CallId, next: (entry: CallEntry) => CallEntry): Change {
    const entry = calls.get(id);
    if (!entry) return nothing;
    const changed = next(entry);
    calls.set(id, changed);
    return put(changed.item);
  }

  function notice(level: 'info' | 'warning' | 'error', said: Said, action?: NoticeActionId, id = newId()): Change {
    const labelled = action && { id: action, label: localize(actionLabels[action]) };
    return put({ id, type: 'notice', level, text: localize(said), action: labelled });
  }

  /** Ids of the items of messages that the person can go back to, by their numbers. */
  const numbered = new Map<number, string>();

  function said({ n, text }: Extract<AgentEvent, { type: 'user' }>): Change {
    const id = newId();
    if (n !== undefined) numbered.set(n, id);
    return put({ id, type: 'user', text, rewindable: n !== undefined });
  }

  function unqueue(gone: string | undefined): void {
    progress = { ...progress, queued: progress.queued.filter(({ id }) => id !== gone) };
  }

  function rewind(n: number): Change {
    const at = items.findIndex(({ id }) => id === numbered.get(n));
    if (at === -1) return nothing;
    items = items.slice(0, at);
    return { changed: [], removed: true };
  }

  function add(event: AgentEvent): Change {
    switch (event.type) {
      case 'user':
        unqueue(event.queued);
        return said(event);
      case 'queued':
        unqueue(event.id);
        progress = { ...progress, queued: [...progress.queued, { id: event.id, text: event.text }] };
        return nothing;
      case 'withdrawn':
        unqueue(event.id);
        return nothing;
      case 'rewound':
        return rewind(event.n);
      case 'turn-start':
        progress = { ...progress, busy: true, failed: false };
        return nothing;
      case 'text':
        return stream('assistant', event.text);
      case 'thinking':
        return stream('thinking', event.text);
      case 'message-end': {
        const ended = endStreaming();
        streamed = new Set();
        retryId = undefined;
        return ended;
      }
      case 'call': {
        const entry = startCall(newId(), event, wording);
        calls.set(event.id, entry);
        return put(entry.item);
      }
      case 'call-reviewing':
        return onCall(event.id, (entry) => reviewing(entry, event.by, wording));
      case 'call-decided':
        return onCall(event.id, (entry) => decided(entry, event.record, wording));
      case 'call-output':
        return onCall(event.id, (entry) => moreOutput(entry, event.chunk));
      case 'call-done':
        return onCall(event.id, (entry) => done(entry, event, wording));
      case 'job':
        return onCall(event.id, (entry) => inBackground(entry, event, wording));
      case 'call-kept':
        return onCall(event.id, (entry) => ({
          ...entry,
          item: { ...entry.item, undo: event.files > 0 ? 'available' : undefined, notKept: event.lost ?? 0 },
        }));
      case 'call-undone':
        return onCall(event.id, (entry) => ({
          ...entry,
          // One file of several is not the whole call.
          item: event.path === undefined ? { ...entry.item, undo: event.undone ? 'undone' : 'available' } : entry.item,
        }));
      case 'todos':
        progress = {
          ...progress,
          todos: event.todos.map(({ content, activeForm, status }) => ({
            text: status === 'in_progress' ? activeForm : content,
            status,
          })),
        };
        return nothing;
      case 'cwd':
        progress = { ...progress, cwd: event.cwd };
        return nothing;
      case 'mode':
      case 'usage':
        return nothing;
      case 'compacted': {
        const change = notice('info', compacted(event.summary !== undefined));
        if (event.summary === undefined) return change;
        return both(change, put({ id: newId(), type: 'assistant', text: event.summary, streaming: false }));
      }
      case 'retry': {
        const gone = voidStreamed();
        retryId ??= newId();
        return both(gone, notice('info', retrying(event, localize), undefined, retryId));
      }
      case 'notice':
        return notice(event.level, event.said, event.action satisfies NoticeAction | undefined);
      case 'turn-end': {
        progress = { ...progress, busy: false, failed: event.end === 'failed' };
        retryId = undefined;
        const gone = voidStreamed();
        const said = items.at(-1)?.type === 'notice';
        return event.end === 'stopped' && !said ? both(gone, notice('info', say('You stopped the agent.'))) : gone;
      }
    }
  }

  return {
    get items() {
      return items;
    },
    get progress() {
      return progress;
    },
    add,
    ask: (question, open) => onCall(question.call.id, (entry) => asking(entry, question, open, wording)),
    asks: (asks, open) => onCall(asks.id, (entry) => agentAsks(entry, asks, open, wording)),
    notice: (level, said, action) => notice(level, said, action),
    message: (itemId) => [...numbered].find(([, id]) => id === itemId)?.[0],
    call: (itemId) => [...calls.values()].find(({ item }: { item: CallItem }) => item.id === itemId),
  };
}

const compacted = (summarised: boolean): Said =>
  summarised
    ? say(
        'What stands above was summarised for the agent and can still be read here. Your messages, what you forbade and the task list it keeps word for word. It goes on with this:',
      )
    : say(
        'What stands above has become too long and could not be summarised. The agent keeps your messages, what you forbade, its task list and the last steps; the rest can still be read here.',
      );

function retrying(event: Extract<AgentEvent, { type: 'retry' }>, localize: Wording['localize']): Said {
  const seconds = Math.max(1, Math.round(event.delayMs / 1000));
  return say('{0} Trying again in {1} s ({2} of {3}).', localize(event.said), seconds, event.attempt, event.attempts);
}

const actionLabels: Readonly<Record<NoticeActionId, Said>> = {
  'set-api-key': say('Set API Key'),
  retry: say('Try again'),
  'go-on': say('Go on'),
  'show-log': say('Show Log'),
  'new-session': say('New Session'),
  demo: say('Try the offline demo'),
  ledger: say('Show all'),
};

export function actionLabel(action: NoticeActionId): Said {
  return actionLabels[action];
}

function both(first: Change, second: Change): Change {
  return { changed: [...first.changed, ...second.changed], removed: first.removed || second.removed };
}
