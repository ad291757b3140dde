import type { Message } from '../../src/core/agent/messages';
import type { ModelEvent, ModelFailure, ModelReply, ModelRequest } from '../../src/core/ports';
import { type AnthropicModelOptions, createAnthropicModel } from '../../src/node/anthropicModel';
import type { Script } from '../../src/node/scriptedApi/script';
import { type ScriptedApi, type ScriptedApiOptions, startScriptedApi } from '../../src/node/scriptedApi/scriptedApi';

export const testKey = 'sk-test-0123456789abcdef';

/** A scripted API and the real client in front of it. */
export interface ApiWorld {
  readonly api: ScriptedApi;
  readonly events: readonly ModelEvent[];
  ask(request?: Partial<ModelRequest>, signal?: AbortSignal): Promise<ModelReply>;
}

/** Runs `body` with a server and a client, and ends the server whatever happens. */
export async function withApi(
  script: Script,
  body: (world: ApiWorld) => Promise<void>,
  options: Partial<AnthropicModelOptions> & { readonly server?: Partial<ScriptedApiOptions> } = {},
): Promise<void> {
  const { server, ...client } = options;
  const api = await startScriptedApi({ script, apiKey: testKey, ...server });
  const model = createAnthropicModel({ apiKey: testKey, baseURL: api.baseURL, ...client });
  const events: ModelEvent[] = [];
  try {
    await body({
      api,
      events,
      ask: (request, signal = new AbortController().signal) =>
        model.stream({ ...plainRequest, ...request }, signal, (event) => events.push(event)),
    });
  } finally {
    await api.dispose();
  }
}

export const says = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });

export const plainRequest: ModelRequest = {
  model: 'claude-sonnet-4-6',
  system: ['You are a test.'],
  messages: [says('Hello')],
  tools: [
    {
      name: 'Bash',
      description: 'Runs a command.',
      inputSchema: { type: 'object', properties: { command: { type: 'string' } } },
    },
  ],
  maxTokens: 4096,
  thinking: false,
};

export function failureOf(reply: ModelReply): ModelFailure {
  if (reply.ok) throw new Error(`expected a failure, got ${JSON.stringify(reply.message)}`);
  return reply.failure;
}

export function replyOf(reply: ModelReply): Extract<ModelReply, { ok: true }> {
  if (!reply.ok) throw new Error(`expected a message, got ${JSON.stringify(reply.failure)}`);
  return reply;
}
