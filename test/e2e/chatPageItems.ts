import type { ChatItem, ChatStatus, QuestionView, ToPage } from '../../src/webview/protocol';

export type CallItem = Extract<ChatItem, { type: 'call' }>;

/** A finished look at a file, unless changed. */
export function callItem(changes: Partial<CallItem> = {}): CallItem {
  return {
    id: 'call-1',
    type: 'call',
    tool: 'Bash',
    title: 'npm test',
    exact: 'npm test',
    state: 'done',
    stateLabel: 'Done',
    decision: {
      outcome: 'allowed',
      label: 'Allowed here in 0.1 ms: reads inside the workspace',
      rule: 'looks',
      reason: 'Every effect is a read inside the workspace.',
      source: 'Built in',
      effects: ['reads /home/me/shop/package.json'],
      evidence: [],
      person: undefined,
      allowable: false,
    },
    question: undefined,
    output: '',
    hasDiff: false,
    hasLog: false,
    durationMs: 12,
    undo: undefined,
    stoppable: false,
    asks: undefined,
    ...changes,
  };
}

/** A call that waits for the person. */
export function askingItem(changes: Partial<CallItem> = {}, question: Partial<QuestionView> = {}): CallItem {
  return callItem({
    id: 'call-asking',
    title: 'npm install left-pad',
    exact: 'npm install left-pad',
    state: 'asking',
    stateLabel: 'Waiting for you',
    decision: undefined,
    durationMs: undefined,
    question: {
      id: 'question-1',
      reason: 'In Normal mode every command asks first.',
      rule: 'Normal mode',
      cwd: '/home/me/shop',
      effects: ['fetches from registry.example'],
      hasDiff: false,
      offers: [
        { choice: 'once', label: 'Allow once', detail: undefined },
        { choice: 'session', label: 'Allow for this session', detail: undefined },
        { choice: 'always', label: 'Always…', detail: 'Adds Bash(npm install left-pad) to your user settings' },
      ],
      ...question,
    },
    ...changes,
  });
}

/** What the agent says, complete unless told otherwise. */
export function replyItem(text: string, id = 'reply-1', streaming = false): ChatItem {
  return { id, type: 'assistant', text, streaming };
}

export function chatStatus(changes: Partial<ChatStatus> = {}): ChatStatus {
  return {
    busy: false,
    mode: { id: 'normal', label: 'Normal', detail: 'Writes, commands and web access ask first' },
    model: 'claude-sonnet-4-6',
    cwd: 'shop',
    todos: [],
    queued: [],
    welcome: undefined,
    banner: undefined,
    ...changes,
  };
}

export function resetTo(items: readonly ChatItem[] = [], status: Partial<ChatStatus> = {}, draft = ''): ToPage {
  return {
    ...{ type: 'reset', items, status: chatStatus(status), strings: {} },
    draft: { text: draft, at: draft === '' ? 0 : 1 },
  };
}
