import type { HookRunner, Outcome } from '../ports';
import { say } from '../say';
import type { ToolCall, ToolResult } from '../tools/call';
import { startOf } from '../tools/shortText';
import type { Opinion } from './decision';
import { type Hook, hooksFor } from './hooks';
import type { GateState } from './state';
import { visibleLine } from './visible';

/** Characters of what a hook says. */
const wordLimit = 1_000;
/** Characters of a tool's result that a hook is told. */
const resultLimit = 100_000;

type Answer =
  | { readonly decision: 'pass'; readonly words: string }
  /** `by`: whose words they are. */
  | { readonly decision: 'ask' | 'deny'; readonly by: 'hook' | 'us'; readonly words: string };

/**
 * Asks the hooks for a call, side by side. They raise a decision and never lower one: an approving answer is no opinion. One
 * that fails, hangs, cannot be read or says something that is not understood refuses.
 */
export async function hookOpinions(
  call: ToolCall,
  state: GateState,
  runner: HookRunner | undefined,
  signal: AbortSignal,
): Promise<readonly Opinion[]> {
  // A repository's hooks are none before its workspace is trusted; the person's own then refuse, see `ask`.
  const present = (state.hooks?.pre ?? []).filter(({ source }) => state.trusted || source !== 'workspace settings');
  const hooks = hooksFor(present, call.tool);
  const answers = await Promise.all(
    hooks.map(async (hook) => {
      const answer = await ask(hook, 'PreToolUse', call, state, {}, runner, signal);
      return answer.decision === 'pass' ? [] : [opinionOf(hook, answer)];
    }),
  );
  return answers.flat();
}

/** Tells the hooks what a call gave. @returns what they say about it, for the model; undefined: nothing. */
export async function tellHooks(
  call: ToolCall,
  { isError, text }: ToolResult,
  state: GateState,
  runner: HookRunner | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const hooks = state.trusted ? hooksFor(state.hooks?.post ?? [], call.tool) : [];
  const more = { tool_response: { text: startOf(text, resultLimit), is_error: isError } };
  const said = await Promise.all(
    hooks.map(async (hook) => {
      const { words } = await ask(hook, 'PostToolUse', call, state, more, runner, signal);
      return words === '' ? [] : [`A hook of the ${hook.source} says: ${words}`];
    }),
  );
  const notes = said.flat();
  return notes.length > 0 ? notes.join('\n') : undefined;
}

function opinionOf({ command, source }: Hook, { by, decision, words }: Exclude<Answer, { decision: 'pass' }>): Opinion {
  return {
    ...{ decision, step: 'hook', source, evidence: [], block: false },
    rule: `hook ${command === undefined ? '?' : visibleLine(startOf(command, 80))}`,
    reason:
      by === 'us'
        ? say('a hook in the {0} was not satisfied: {1}', source, words)
        : words === ''
          ? say('a hook in the {0} said so', source)
          : say('a hook in the {0} says: {1}', source, words),
    liftedBy: decision === 'deny' ? 'nothing' : 'consent',
  };
}

async function ask(
  { command, timeoutMs }: Hook,
  event: 'PreToolUse' | 'PostToolUse',
  call: ToolCall,
  state: GateState,
  more: object,
  runner: HookRunner | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  if (command === undefined) return deny('the setting that describes it cannot be read, so that it cannot be asked');
  // In Restricted Mode no program of the repository may start, and nobody can tell what a hook starts.
  if (!state.trusted) return deny('it cannot run before the workspace is trusted');
  if (!runner) return deny('it cannot be run here');
  const input = JSON.stringify({
    hook_event_name: event,
    ...{ tool_name: call.tool, tool_input: call.input, tool_use_id: call.id },
    ...{ cwd: state.place.cwd, permission_mode: state.mode, ...more },
  });
  const ended = await runner.run(
    { command, input, cwd: state.place.workspace[0] ?? state.place.cwd, timeoutMs },
    signal,
  );
  signal.throwIfAborted();
  return answerOf(ended);
}

const deny = (words: string): Answer => ({ decision: 'deny', by: 'us', words });

/** What a hook said, by its exit code and its output. */
export function answerOf(
  ended: Outcome<{ readonly exitCode: number | undefined; readonly stdout: string; readonly stderr: string }>,
): Answer {
  if (!ended.ok) return deny(`it failed: ${words(ended.reason)}`);
  const { exitCode, stderr, stdout } = ended.value;
  if (exitCode === 2) return { decision: 'deny', by: 'hook', words: words(stderr) };
  if (exitCode !== 0) {
    const how = exitCode === undefined ? 'it was ended by a signal' : `it failed with exit code ${exitCode}`;
    return deny([how, words(stderr)].filter((part) => part !== '').join(': '));
  }
  const text = stdout.trim();
  // Anything else that is printed is for people who look at the hook by itself.
  return text.startsWith('{') ? answerIn(text) : { decision: 'pass', words: '' };
}

function answerIn(text: string): Answer {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return deny('what it printed begins like JSON and is none');
  }
  const answer = record(said);
  const special = record(answer['hookSpecificOutput']);
  if (special['updatedInput'] !== undefined) return deny('it wants to change the call, which hooks cannot do here');
  const reason = words(special['permissionDecisionReason'] ?? answer['reason'] ?? answer['stopReason']);
  const context = words(special['additionalContext']);
  const decision = special['permissionDecision'] ?? answer['decision'];
  if (answer['continue'] === false) return { decision: 'deny', by: 'hook', words: reason };
  switch (decision) {
    case 'deny':
    case 'block':
      return { decision: 'deny', by: 'hook', words: reason };
    case 'ask':
      return { decision: 'ask', by: 'hook', words: reason };
    case 'allow':
    case 'approve':
    case undefined:
      return { decision: 'pass', words: context };
    default:
      return deny(`its decision ${words(JSON.stringify(decision))} is not known`);
  }
}

const words = (value: unknown): string =>
  typeof value === 'string' ? visibleLine(startOf(value.trim(), wordLimit)) : '';

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
