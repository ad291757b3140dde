import { createSession, type SessionOptions } from '../../../../src/core/agent/createSession';
import { defaultSessionLimits, type SessionLimits } from '../../../../src/core/agent/limits';
import type { AssistantBlock, Message, StopReason } from '../../../../src/core/agent/messages';
import { createResultScreen } from '../../../../src/core/agent/resultScreen';
import type { Surroundings } from '../../../../src/core/agent/systemPrompt';
import type { AgentEvent } from '../../../../src/core/events';
import { callId } from '../../../../src/core/ids';
import type { LineStore, ModelEvent, ModelFailure, ModelReply, ModelRequest } from '../../../../src/core/ports';
import { english, say } from '../../../../src/core/say';
import { readTranscript } from '../../../../src/core/sessions/transcript';
import type { ToolCall, ToolResult } from '../../../../src/core/tools/call';
import type { ToolRegistry } from '../../../../src/core/tools/registry';
import type { ToolContext } from '../../../../src/core/tools/tool';
import { gateWorld, place, type World } from '../../../fakes/gateWorld';

/** The loop with the real gate, a model and tools that do what the test says, and a clock that never waits. */

export const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 0, cacheWriteTokens: 0 };

export const text = (words: string): AssistantBlock => ({ type: 'text', text: words });
export const use = (id: string, command: string): AssistantBlock => ({
  type: 'tool_use',
  id,
  name: 'Bash',
  input: { command },
});
export const thinking: AssistantBlock = { type: 'opaque', block: { type: 'thinking', thinking: 'hm', signature: 's' } };

export type Step =
  | { readonly content: readonly AssistantBlock[]; readonly stop?: StopReason }
  | { readonly failure: Partial<ModelFailure> & Pick<ModelFailure, 'cause'>; readonly streamed?: string }
  /** Streams this and then waits for the abort. */
  | { readonly hangs: string };

export const reply = (...content: readonly AssistantBlock[]): Step => ({ content });

export type ToolBehaviour = (call: ToolCall, context: ToolContext) => Promise<ToolResult>;

export interface LoopOptions {
  readonly gate?: Partial<World>;
  readonly nobody?: boolean;
  readonly limits?: Partial<SessionLimits>;
  readonly tool?: ToolBehaviour;
  readonly store?: LineStore;
  readonly surroundings?: Surroundings;
}

export const memoryStore = (lines: string[] = []): LineStore & { readonly lines: string[] } => ({
  lines,
  append: async (line) => void lines.push(line),
  read: async () => lines,
});

export async function loopWorld(steps: readonly Step[], options: LoopOptions = {}) {
  const script = [...steps];
  const requests: ModelRequest[] = [];
  const sleeps: number[] = [];
  const ran: string[] = [];
  const errors: string[] = [];
  const events: AgentEvent[] = [];
  const gated = gateWorld(options.gate, options.nobody);
  const surroundings: { now: Surroundings } = {
    now: options.surroundings ?? { mode: 'auto', trusted: true, cwd: place.cwd },
  };
  const registry = fakeRegistry(async (call, context) => {
    ran.push((call.input as { command: string }).command);
    return options.tool ? options.tool(call, context) : { text: 'ran', isError: false };
  });
  const session = createSession({
    id: 'session-1',
    model: {
      stream: async (request, signal, onEvent) => {
        requests.push(request);
        return play(script.shift() ?? reply(text('(script is over)')), signal, onEvent);
      },
    },
    modelName: () => 'claude-test-4-6',
    registry,
    screen: createResultScreen(
      () => ['/ws'],
      (path) => path,
      () => 'f00f',
    ),
    gate: gated.gate,
    toolContext: (callbacks) => callbacks as unknown as ToolContext,
    clock: {
      now: () => 1_700_000_000_000,
      monotonic: () => 0,
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        sleeps.push(ms);
      },
    },
    random: () => 0.5,
    logger: { debug() {}, info() {}, warn() {}, error: (message) => void errors.push(message) },
    prompt: { platform: 'linux', date: '2026-03-01', workspace: ['/ws'], cwd: '/ws', git: true, instructions: [] },
    surroundings: () => surroundings.now,
    limits: { ...defaultSessionLimits, ...options.limits },
    ...(options.store ? { store: options.store, transcript: await readTranscript(options.store) } : {}),
  } satisfies SessionOptions);
  session.onEvent((event) => void events.push(event));
  return { ...gated, session, requests, sleeps, ran, errors, events, surroundings };
}

function fakeRegistry(run: ToolBehaviour): ToolRegistry {
  return {
    names: ['Bash'],
    specs: () => [{ name: 'Bash', description: 'runs', inputSchema: {} }],
    validate: ({ id, name, input }) => {
      if (name !== 'Bash') return { ok: false, text: `There is no tool ${name}.` };
      if (input === undefined) return { ok: false, text: 'The input was not valid JSON.' };
      return { ok: true, call: { id: callId(id), tool: name, input } };
    },
    title: (call) => (call.input as { command: string }).command,
    exact: (call) => (call.input as { command: string }).command,
    run: (approved, context) => run(approved.call, context),
  };
}

async function play(step: Step, signal: AbortSignal, onEvent: (event: ModelEvent) => void): Promise<ModelReply> {
  if (signal.aborted) return { ok: false, failure: failure({ cause: 'aborted' }) };
  if ('failure' in step) {
    if (step.streamed) onEvent({ type: 'text', text: step.streamed });
    return { ok: false, failure: failure(step.failure) };
  }
  if ('hangs' in step) {
    onEvent({ type: 'text', text: step.hangs });
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return { ok: false, failure: failure({ cause: 'aborted' }) };
  }
  for (const block of step.content) {
    if (block.type === 'text')
      for (const piece of block.text.match(/.{1,4}/gs) ?? []) onEvent({ type: 'text', text: piece });
    if (block.type === 'opaque') onEvent({ type: 'thinking', text: String(block.block['thinking']) });
    if (block.type === 'tool_use') onEvent({ type: 'tool', id: block.id, name: block.name });
  }
  const calls = step.content.some(({ type }) => type === 'tool_use');
  const stopReason = step.stop ?? (calls ? 'tool_use' : 'end_turn');
  return { ok: true, message: { role: 'assistant', content: step.content }, stopReason, usage };
}

function failure(some: Partial<ModelFailure> & Pick<ModelFailure, 'cause'>): ModelFailure {
  return {
    ...{ status: undefined, retryable: false, retryAfterMs: undefined, requestId: undefined },
    said: say('It failed with {0}.', some.cause),
    ...some,
  };
}

/** Events in one word each, texts with their words: what a test compares. */
export function brief(events: readonly AgentEvent[]): readonly string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'text':
      case 'thinking':
        return `${event.type} ${event.text}`;
      case 'call':
        return `call ${event.title}`;
      case 'call-reviewing':
        return `reviewing ${event.by}`;
      case 'call-decided':
        return `decided ${event.record.outcome}`;
      case 'call-output':
        return `output ${event.chunk}`;
      case 'call-done':
        return `done ${event.isError ? 'error: ' : ''}${event.text}`;
      case 'notice':
        return `${event.level} ${english(event.said)}${event.action ? ` [${event.action}]` : ''}`;
      case 'retry':
        return `retry ${event.attempt}/${event.attempts} in ${event.delayMs}`;
      case 'turn-end':
        return `turn-end ${event.end}`;
      case 'mode':
        return `mode ${event.mode}`;
      case 'cwd':
        return `cwd ${event.cwd}`;
      case 'user':
        return `user ${event.text}`;
      default:
        return event.type;
    }
  });
}

/**
 * Everything the API demands of a conversation: it begins with the person, holds no empty message, ends no message of the model
 * with thinking, and answers every call in the next message and nothing else.
 */
export function apiProblems(messages: readonly Message[]): readonly string[] {
  const problems: string[] = [];
  if (messages[0] && messages[0].role !== 'user') problems.push('does not begin with the person');
  messages.forEach((message, index) => {
    if (message.content.length === 0) problems.push(`message ${index} is empty`);
    const last = message.content.at(-1);
    if (last?.type === 'opaque' && last.block.type === 'thinking') problems.push(`message ${index} ends with thinking`);
    const asked =
      message.role === 'assistant' ? message.content.flatMap((b) => (b.type === 'tool_use' ? [b.id] : [])) : [];
    const next = messages[index + 1];
    const answered = next?.content.flatMap((b) => (b.type === 'tool_result' ? [b.tool_use_id] : [])) ?? [];
    if (message.role === 'assistant' && String(asked) !== String(answered)) {
      problems.push(`message ${index} asks for [${asked}] and [${answered}] is answered`);
    }
  });
  return problems;
}
