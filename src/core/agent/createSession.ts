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
import { toolUses } from './messages';
import { restore, resultOf } from './restore';
import type { Session } from './session';
import { contextBlock, type Surroundings, type SystemPromptInputs, systemPrompt } from './systemPrompt';
import { runTurn, type TurnPorts } from './turn';

export interface SessionOptions
  extends Omit<TurnPorts, 'system' | 'conversation' | 'emit' | 'limits' | 'beforeRequest'> {
  readonly id: string;
  readonly prompt: SystemPromptInputs;
  /** What may change from one message to the next, at this moment. */
  surroundings(): Surroundings;
  readonly limits?: SessionLimits;
  /** Where the session is kept. Without it, it is gone when the window closes. */
  readonly store?: LineStore;
  /** What `store` held, from `readTranscript`; the session goes on from there. */
  readonly transcript?: Transcript;
}

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
  });
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

  /** @param begin puts what the turn answers into the conversation. */
  async function run(begin: () => void): Promise<void> {
    const controller = new AbortController();
    // `running` is set before the first event, so that a listener which sends at once is refused.
    const ended = Promise.resolve().then(() => turn(begin, controller.signal));
    running = { controller, ended };
    await ended;
  }

  async function turn(begin: () => void, signal: AbortSignal): Promise<void> {
    begin();
    emit({ type: 'turn-start' });
    showMode(surroundings().mode);
    const end = await runTurn(ports, turnStart, signal).catch(failTurn);
    // Not busy any more when the listeners hear of it, so that one of them may send the next message.
    running = undefined;
    emit({ type: 'turn-end', end });
    await writer.flushed();
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
        const said = say(
          'The agent is still working, so this was not sent. Stop it or wait, then send again: {0}',
          text,
        );
        emit({ type: 'notice', level: 'warning', said });
        return;
      }
      await run(() => {
        const context = contextBlock(surroundings(), notes());
        turnStart = conversation.messages.length;
        const n = conversation.push({
          role: 'user',
          content: [
            { type: 'text', text: context },
            { type: 'text', text },
          ],
        });
        emit({ type: 'user', text, at: clock.now(), n });
      });
    },
    async retry() {
      if (running) return;
      if (conversation.messages.at(-1)?.role !== 'user') {
        emit({ type: 'notice', level: 'info', said: say('There is nothing to try again. Send a message to go on.') });
        return;
      }
      await run(() => {});
    },
    stop,
    ...(options.undo && { undo: options.undo }),
    async takeBack(ids, direction, only) {
      if (running) return 'busy';
      return takeBack(ids, direction, only);
    },
    async rewind(n, { code, talk }) {
      if (running) return 'busy';
      const at = conversation.indexOf(n);
      const report = code ? await takeBack(keptSince(log.events, n), 'undo') : undefined;
      if (talk && at !== undefined) {
        conversation.cutTo(at);
        emit({ type: 'rewound', n });
        turnStart = lastTurnStart();
        await writer.flushed();
      }
      return report ?? nothingTaken;
    },
    onEvent(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    async dispose() {
      await stop();
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
