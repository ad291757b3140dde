import { answerAs, isClassifierRequest, type Ruling } from '../../../src/node/demo/rulings';
import type { MessagesRequest } from '../../../src/node/scriptedApi/requestSchema';
import { httpError, message, type ScriptedReply, text, toolUse } from '../../../src/node/scriptedApi/script';
import { startScriptedApi } from '../../../src/node/scriptedApi/scriptedApi';

/** The model behind a workbench under test: says what the test told it to, as the agent and as the classifier. */
export interface ScriptedAgent {
  /** Environment that leads the extension here. */
  readonly env: Readonly<Record<string, string>>;
  /** What the agent answers next, in order; afterwards it says "Done." */
  plays(...replies: readonly ScriptedReply[]): void;
  /** What the classifier answers from now on: undefined allows. */
  blocks(rule: string | undefined): void;
  /** From now on the classifier does not answer, or answers again. */
  outage(on: boolean): void;
  /** What was asked of the agent's model, the newest last, as JSON. */
  requests(): readonly string[];
  dispose(): Promise<void>;
}

const key = 'sk-test-e2e-0123456789abcdef';

export async function startScriptedAgent(): Promise<ScriptedAgent> {
  let queue: ScriptedReply[] = [];
  let rule: string | undefined;
  let down = false;
  const ruling = (): Ruling =>
    rule === undefined
      ? { block: false, reason: 'Ordinary work.' }
      : { block: true, rule, reason: 'It does more than was asked for.' };
  const api = await startScriptedApi({
    apiKey: key,
    script: ({ body }) =>
      isClassifierRequest(body)
        ? down
          ? httpError(529, 'Overloaded')
          : answerAs(body, ruling())
        : (queue.shift() ?? message(text('Done.'))),
  });
  return {
    env: { ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: api.baseURL },
    plays(...replies) {
      queue = [...replies];
    },
    blocks(next) {
      rule = next;
    },
    outage(on) {
      down = on;
    },
    requests: () =>
      api.requests
        .filter(({ body }) => !isClassifierRequest(body as MessagesRequest))
        .map(({ body }) => JSON.stringify(body)),
    dispose: () => api.dispose(),
  };
}

export const runs = (command: string): ScriptedReply => message(toolUse('Bash', { command }));

/** Appends a line to a file of the workspace, by a program that analysis cannot look into. */
export const append = (file: string): string =>
  `node -e "require('fs')[process.argv[1]]('${file}', 'x')" appendFileSync`;
