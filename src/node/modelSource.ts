import type { Model, ModelReply } from '../core/ports';
import { type Said, say } from '../core/say';
import type { Credentials } from './credentials';
import type { Demo } from './demo/demo';

export interface ModelSourceOptions {
  /** Asked before each request, so that a new key holds from the next one on. */
  credentials(): Promise<Credentials>;
  /** Loads the client, on first use. */
  createModel(options: {
    readonly apiKey?: string;
    readonly authToken?: string;
    readonly baseURL?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }): Promise<Model>;
  /** Names that the administrator allows; undefined: any. */
  allowedModels(): readonly string[] | undefined;
  /** Loads and starts the offline demo. */
  startDemo(): Promise<Demo>;
}

/** The model behind the agent and the classifier: the Messages API with the person's key, or the offline demo. */
export interface ModelSource extends Model {
  /** `reason` says what to set or correct when there is nothing to work with. */
  state(): Promise<{ readonly kind: 'key' | 'demo' } | { readonly kind: 'none'; readonly reason: Said }>;
  /** The name of the demo's model while it runs. */
  readonly demoModel: string | undefined;
  /** Starts the demo; from then on every request goes to it. Rejects when the server cannot be started. */
  useDemo(): Promise<void>;
  /** Ends the demo; requests use the person's key again. */
  leaveDemo(): Promise<void>;
}

export function createModelSource(options: ModelSourceOptions): ModelSource {
  let demo: { readonly server: Demo; readonly model: Model } | undefined;
  let made: { readonly for: string; readonly model: Model } | undefined;

  async function modelFor(credentials: Extract<Credentials, { ok: true }>): Promise<Model> {
    const identity = JSON.stringify(credentials);
    if (made?.for === identity) return made.model;
    const { apiKey, authToken, baseURL, headers } = credentials;
    const model = await options.createModel({
      headers,
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(authToken === undefined ? {} : { authToken }),
      ...(baseURL === undefined ? {} : { baseURL }),
    });
    made = { for: identity, model };
    return model;
  }

  return {
    async stream(request, signal, onEvent) {
      if (demo) return demo.model.stream(request, signal, onEvent);
      const allowed = options.allowedModels();
      if (allowed && !allowed.includes(request.model))
        return refused(
          'forbidden',
          say(
            'Your administrator does not allow the model {0}. Allowed: {1}. Choose one of them in claudeCode.model.',
            request.model,
            allowed.join(', ') || '–',
          ),
        );
      const credentials = await options.credentials();
      if (!credentials.ok) return refused('no-key', credentials.said);
      return (await modelFor(credentials)).stream(request, signal, onEvent);
    },
    async state() {
      if (demo) return { kind: 'demo' };
      const credentials = await options.credentials();
      return credentials.ok ? { kind: 'key' } : { kind: 'none', reason: credentials.said };
    },
    get demoModel() {
      return demo?.server.model;
    },
    async useDemo() {
      if (demo) return;
      const server = await options.startDemo();
      const { apiKey, baseURL } = server;
      demo = { server, model: await options.createModel({ apiKey, baseURL }) };
    },
    async leaveDemo() {
      const { server } = demo ?? {};
      demo = undefined;
      await server?.dispose();
    },
  };
}

/** Nothing was sent. */
function refused(cause: 'no-key' | 'forbidden', said: Said): ModelReply {
  return {
    ok: false,
    failure: {
      cause,
      status: undefined,
      retryable: false,
      retryAfterMs: undefined,
      said,
      requestId: undefined,
    },
  };
}
