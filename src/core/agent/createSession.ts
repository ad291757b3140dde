import type { AgentEvent, TurnEnd } from '../events';
import type { Mode } from '../gate/modes';
import { callId } from '../ids';
import type { LineStore } from '../ports';
import { say } from '../say';
import type { Direction } from '../sessions/reversal';
import { keptSince } from '../sessions/rewound';
import { createTranscriptWriter, emptyTranscript, type Transcript } from '../sessions/transcript';
import type { UndoReport } from '../sessions/undo';
import { createConversation } from './conversation';
import { createEventLog } from './eventLog';
import { defaultSessionLimits, type SessionLimits } from './limits';
import { createMessageQueue, type WaitingMessage } from './messageQueue';
import { toolUses } from './messages';
import { interruptedNotice, restore, resultOf } from './restore';
import type { Session } from './session';
import { contextBlock, type Surroundings, type SystemPromptInputs, systemPrompt } from './systemPrompt';
import { compact, runTurn, type TurnPorts } from './turn';

export interface SessionOptions
  extends Omit<
    TurnPorts,
    'system' | 'conversation' | 'emit' | 'limits' | 'beforeRequest' | 'safePoint' | 'happened' | 'forbidden'
  > {
  readonly id: string;
  readonly prompt: SystemPromptInputs;
  /** What may change from one message to the next, at this moment. */
  surroundings(): Surroundings;
  readonly limits?: SessionLimits;
  /** Files that instruct agents and are not what the system prompt says any more. */
  changedInstructions?(): readonly string[];
  /** What the person forbade and has not taken back, in their words. */
  forbidden?(): readonly string[];
  /** Where the session is kept. Without it, it is gone when the window closes. */
  readonly store?: LineStore;
  /** What `store` held, from `readTranscript`; the session goes on from there. */
  readonly transcript?: Transcript;
}

/** For the agent. */
const whileWorking = 'The person sent this while you were working. Take it into account from here on.';

const nothingTaken: UndoReport = { done: [], changed: [], failed: [] };

export function createSession(options: SessionOptions): Session {
  const { clock, gate, id, limits = defaultSessionLimits, logger, registry, store, surroundings } = options;
  const restored = restore(options.transcript ?? emptyTranscript);
  const listeners = new Set<(event: AgentEvent) => void>();
  const writer = createTranscriptWriter(store, (error) => {
    logger.error(`the conversation could not be saved: ${String(error)}`);
    const said = say('The conversation could not be saved: {0}. It goes on, but may be lost on reload.', String(error));
    emit({ type: 'notice', level: 'warning', said, action: 'show-log' });
  });
  const log = createEventLog(restored.events, (event) => writer.write({ type: 'event', event }));
  const conversation = createConversation(restored.messages, {
    pushed: ({ n, message }) => writer.write({ type: 'message', n, message }),
    cut: (from) => writer.write({ type: 'cut', from }),
    replaced: ({ n, message }) => writer.write({ type: 'replaced', n, message }),
  });
  const queue = createMessageQueue(restored.events);
  let shownMode: Mode | undefined;

  function emit(event: AgentEvent): void {
    // A mode may change in the middle of a turn; it is shown before the first decision that was made in it.
    if (event.type === 'call-decided') showMode(event.record.mode);
    log.add(event);
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (error) {
        logger.error(`a listener failed on ${event.type}: ${String(error)}`);
      }
    }
  }

  for (const event of restored.events) if (event.type === 'mode') shownMode = event.mode;
  for (const event of restored.added) emit(event);

  const ports: TurnPorts = {
    ...options,
    limits,
    system: systemPrompt(
      options.prompt,
      registry.specs().map(({ name }) => name),
    ),
    conversation,
    emit,
    beforeRequest: () => showMode(surroundings().mode),
    happened: () => log.events,
    forbidden: () => options.forbidden?.() ?? [],
    safePoint: () => enterAll(queue.take(), whileWorking),
  };

  function showMode(mode: Mode): void {
    if (mode === shownMode) return;
    shownMode = mode;
    emit({ type: 'mode', mode });
  }

  let running: { readonly controller: AbortController; readonly ended: Promise<void> } | undefined;
  let turnStart = lastTurnStart();

  /** Index of the message that began the last turn. */
  function lastTurnStart(): number {
    return conversation.messages.findLastIndex(
      ({ role, content }) => role === 'user' && content.some(({ type }) => type === 'text'),
    );
  }

  /** @param begin puts what the turn answers into the conversation. @param work what the turn consists of. */
  async function run(begin: () => void, work = answer): Promise<void> {
    const controller = new AbortController();
    // `running` is set before the first event, so that what a listener sends at once waits.
    const ended = Promise.resolve().then(() => turn(begin, work, controller.signal));
    running = { controller, ended };
    await ended;
  }

  function answer(signal: AbortSignal): Promise<TurnEnd> {
    return runTurn(ports, turnStart, signal);
  }

  async function turn(begin: () => void, work: typeof answer, signal: AbortSignal): Promise<void> {
    begin();
    emit({ type: 'turn-start' });
    showMode(surroundings().mode);
    noticeInstructions();
    const end = await work(signal).catch(failTurn);
    // Not busy any more when the listeners hear of it, so that one of them may send the next message.
    running = undefined;
    emit({ type: 'turn-end', end });
    // What came too late for the turn begins the next one; after a stop or a failure it is the person who says when.
    if (end === 'done' && !running && queue.waiting.length > 0) return runWaiting();
    await writer.flushed();
  }

  const toldOf = new Set<string>();
  function noticeInstructions(): void {
    const fresh = (options.changedInstructions?.() ?? []).filter((path) => !toldOf.has(path));
    if (fresh.length === 0) return;
    for (const path of fresh) toldOf.add(path);
    const said = say(
      '{0} has changed. The agent goes on with what it said when the session began; a new session reads it anew.',
      fresh.join(', '),
    );
    emit({ type: 'notice', level: 'info', said, action: 'new-session' });
  }

  function failTurn(error: unknown): TurnEnd {
    logger.error(`the turn failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const said = say('Something went wrong inside the agent: {0}. Send a message to go on.', String(error));
    emit({ type: 'notice', level: 'error', said, action: 'show-log' });
    const last = conversation.messages.at(-1);
    const unanswered = last?.role === 'assistant' ? toolUses(last) : [];
    if (unanswered.length > 0) conversation.push({ role: 'user', content: unanswered.map(({ id }) => resultOf(id)) });
    return 'failed';
  }

  /** What has happened since the last message that the agent could not see. */
  function notes(): string | undefined {
    const last = log.events.findLast((event) => event.type === 'turn-end');
    const stopped = last?.type === 'turn-end' && last.end === 'stopped';
    const lines = [
      ...(stopped ? ['Your previous turn was stopped before it was finished.'] : []),
      ...takenBack(log.events),
    ];
    return lines.length > 0 ? lines.join('\n') : undefined;
  }

  /** @param note for the agent, about the first of them. */
  function enterAll(messages: readonly WaitingMessage[], note: string | undefined): void {
    let about = note;
    for (const { id, text } of messages) {
      enter(text, about, id);
      about = undefined;
    }
  }

  /** A turn that begins with what waits at this moment; what is sent from here on comes after it. */
  function runWaiting(): Promise<void> {
    const waited = queue.take();
    return run(() => {
      const about = notes();
      turnStart = conversation.messages.length;
      enterAll(waited, about);
    });
  }

  /** Puts what the person said into the conversation. */
  function enter(text: string, note: string | undefined, queued?: string): void {
    const n = conversation.push({
      role: 'user',
      content: [
        { type: 'text', text: contextBlock(surroundings(), note) },
        { type: 'text', text },
      ],
    });
    emit({ type: 'user', text, at: clock.now(), n, ...(queued !== undefined && { queued }) });
  }

  async function takeBack(ids: readonly string[], direction: Direction, only?: string): Promise<UndoReport> {
    const { undo } = options;
    if (!undo || ids.length === 0) return nothingTaken;
    const report = await undo.take(ids, direction, only);
    const done = new Set(report.done.map(({ path }) => path));
    for (const id of ids)
      if (undo.call(id)?.paths.some(({ path }) => done.has(path)))
        emit({
          type: 'call-undone',
          id: callId(id),
          undone: direction === 'undo',
          ...(only !== undefined && { path: only }),
        });
    await writer.flushed();
    return report;
  }

  async function stop(): Promise<void> {
    running?.controller.abort();
    await running?.ended;
  }

  async function interrupt(): Promise<void> {
    if (running) emit(interruptedNotice);
    await stop();
  }

  return {
    id,
    gate,
    get busy() {
      return running !== undefined;
    },
    get messages() {
      return conversation.messages;
    },
    get events() {
      return log.events;
    },
    async send(text) {
      if (text.trim() === '') return;
      if (running) {
        emit({ type: 'queued', ...queue.add(text, clock.now()) });
        return writer.flushed();
      }
      const waited = queue.take();
      await run(() => {
        const about = notes();
        turnStart = conversation.messages.length;
        enterAll(waited, undefined);
        enter(text, about);
      });
    },
    get waiting() {
      return queue.waiting;
    },
    async sendWaiting() {
      if (running || queue.waiting.length === 0) return;
      await runWaiting();
    },
    async compact() {
      if (running) return;
      await run(
        () => {},
        async (signal) => {
          await compact(ports, 'asked', signal);
          return signal.aborted ? 'stopped' : 'done';
        },
      );
    },
    async withdraw(id) {
      const taken = queue.withdraw(id);
      if (!taken) return undefined;
      emit({ type: 'withdrawn', id });
      await writer.flushed();
      return taken.text;
    },
    async retry() {
      if (running) return;
      if (conversation.messages.at(-1)?.role !== 'user') {
        emit({ type: 'notice', level: 'info', said: say('There is nothing to try again. Send a message to go on.') });
        return;
      }
      turnStart = lastTurnStart();
      await run(() => {});
    },
    stop,
    interrupt,
    ...(options.undo && { undo: options.undo }),
    async takeBack(ids, direction, only) {
      if (running) return 'busy';
      return takeBack(ids, direction, only);
    },
    async rewind(n, { code, talk }) {
      if (running) return 'busy';
      const at = conversation.indexOf(n);
      if (talk && at === undefined) {
        const said = say('The agent has only a summary of that message, so the conversation stays as it is.');
        emit({ type: 'notice', level: 'info', said });
      }
      const report = code ? await takeBack(keptSince(log.events, n), 'undo') : undefined;
      if (talk && at !== undefined) {
        conversation.cutTo(at);
        emit({ type: 'rewound', n });
        // What waits was not said yet.
        for (const message of queue.waiting) emit({ type: 'queued', ...message });
        turnStart = lastTurnStart();
        await writer.flushed();
      }
      return report ?? nothingTaken;
    },
    onEvent(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    flushed: writer.flushed,
    async dispose() {
      await interrupt();
      await writer.flushed();
      listeners.clear();
    },
  };
}

/** The calls that the person took back since their last message, or did again, by their titles. */
function takenBack(events: readonly AgentEvent[]): readonly string[] {
  const since = events.findLastIndex(({ type }) => type === 'user');
  const latest = new Map<string, Extract<AgentEvent, { type: 'call-undone' }>>();
  for (const event of events.slice(since + 1))
    if (event.type === 'call-undone') latest.set(`${event.id} ${event.path ?? ''}`, event);
  return [...latest.values()].map(({ id, path, undone }) => {
    const call = events.find((event) => event.type === 'call' && event.id === id);
    const title = JSON.stringify(call?.type === 'call' ? `${call.tool}: ${call.title}` : id);
    const what =
      path === undefined ? `what this call of yours had changed` : `what a call of yours had changed in ${path}`;
    return undone
      ? `The person took back ${what}: ${title}. Look at the present state of the files.`
      : `The person did again ${what}: ${title}.`;
  });
}
