import { z } from 'zod';
import type { ShellCommand, ShellResult } from '../ports';
import { english } from '../say';
import type { ToolResult } from './call';
import { isInside } from './inside';
import type { Tool, ToolContext, ToolLimits } from './tool';

const schema = z.strictObject({
  command: z
    .string()
    .min(1)
    .refine((text) => !text.includes('\0'), 'must not contain a NUL character')
    .describe('The command, for bash.'),
  description: z.string().optional().describe('What it does, in a few words.'),
  timeout: z.number().int().positive().optional().describe('Milliseconds it may take.'),
  run_in_background: z
    .boolean()
    .optional()
    .describe('Start it and go on; for servers and watchers. Read it with BashOutput, end it with KillShell.'),
});

/** Runs exactly the command that was reviewed, in a fresh bash without start-up files. */
export const bash: Tool<z.infer<typeof schema>> = {
  name: 'Bash',
  description: `Runs a command in a fresh, non-interactive bash (no aliases, no start-up files, no terminal). The working folder carries over to the next call as long as it stays inside the workspace; variables and functions do not. Output is shortened in the middle when it is long. Prefer Read, Grep, Glob and Edit where they do the job, and one plain command over a clever one: what is easily understood is allowed sooner.`,
  schema,
  title: ({ command, run_in_background }) => `${firstLine(command)}${run_in_background ? ' (in the background)' : ''}`,
  async run({ call }, context): Promise<ToolResult> {
    const { command, timeout } = call.input;
    const shell = await context.processes.shell();
    if (!shell.available) return { text: english(shell.hint), isError: true };
    if (call.input.run_in_background) return inBackground(command, context);
    const timeoutMs = Math.min(timeout ?? context.limits.bashTimeoutMs, context.limits.bashTimeoutMaxMs);
    const order = { command, cwd: context.place.cwd, timeoutMs, outputChars: outputBudget(context.limits) };
    const result = await started(context, order);
    context.signal.throwIfAborted();
    if (typeof result === 'string') return notStarted(result, context);
    const moved = result.cwd !== undefined && result.cwd !== context.place.cwd;
    const inside = moved && isInside(result.cwd, context.place.workspace);
    if (inside) context.onCwd(result.cwd);
    return {
      text: describe(
        result,
        timeoutMs,
        moved
          ? inside
            ? `Working folder is now ${result.cwd}.`
            : `${result.cwd} is outside the workspace; the working folder stays ${context.place.cwd}.`
          : undefined,
      ),
      isError: result.timedOut || result.exitCode !== 0,
      display: { type: 'output', text: result.output, exitCode: result.exitCode, logPath: result.logPath },
    };
  },
};

async function inBackground(command: string, context: ToolContext): Promise<ToolResult> {
  const { limits, onJob, place, processes, signal } = context;
  signal.throwIfAborted();
  try {
    const job = await processes.start({ command, cwd: place.cwd, outputChars: outputBudget(limits) });
    onJob(job);
    return { text: `Running in the background as ${job.id}. It ends with the session at the latest.`, isError: false };
  } catch (error) {
    return notStarted(error instanceof Error ? error.message : String(error), context);
  }
}

/** @returns why the shell could not be started, as text. */
async function started(
  { processes, limits, signal, onOutput }: ToolContext,
  order: ShellCommand,
): Promise<ShellResult | string> {
  let shown = 0;
  const show = (chunk: string): void => {
    if (shown >= limits.outputChars) return;
    shown += chunk.length;
    onOutput(shown >= limits.outputChars ? `${chunk}\n… (the rest is shown when the command has ended)\n` : chunk);
  };
  try {
    return await processes.run(order, signal, show);
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

/** Without a folder to run in no command could ever move out of it again, so the workspace becomes the working folder. */
async function notStarted(reason: string, { files, place, onCwd }: ToolContext): Promise<ToolResult> {
  const text = `The command was not run: ${reason}.`;
  const [root] = place.workspace;
  if (root === undefined || root === place.cwd || (await files.stat(place.cwd))?.kind === 'folder')
    return { text, isError: true };
  onCwd(root);
  return { text: `${text} Working folder is now ${root}.`, isError: true };
}

/** Leaves room for the notes below the output. */
function outputBudget({ outputChars }: ToolLimits): number {
  return Math.max(200, outputChars - 1_000);
}

function describe(result: ShellResult, timeoutMs: number, folder: string | undefined): string {
  const notes = [
    result.timedOut && `Timed out after ${timeoutMs / 1000} s and was ended with everything it had started.`,
    !result.timedOut &&
      result.exitCode !== 0 &&
      (result.exitCode === undefined ? `Ended by ${result.signal ?? 'a signal'}.` : `Exit code ${result.exitCode}.`),
    result.omitted > 0 &&
      `${result.omitted} characters are left out in the middle${result.logPath ? `; the full log is ${result.logPath}` : ''}.`,
    folder,
  ].filter((note) => typeof note === 'string');
  const output = result.output.trimEnd();
  return [output === '' ? '(no output)' : output, ...notes].join('\n');
}

function firstLine(text: string): string {
  const [line = '', ...rest] = text.trim().split('\n');
  return rest.length > 0 ? `${line} …` : line;
}
