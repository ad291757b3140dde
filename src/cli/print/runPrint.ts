import { costOf } from '../../core/agent/price';
import { insteadText } from '../../core/gate/modeTexts';
import { visibleLine } from '../../core/gate/visible';
import { english, say } from '../../core/say';
import type { AgentArguments } from '../agent/agentArguments';
import { confirmSkip } from '../agent/confirmSkip';
import { type ExitCode, exitCodes } from '../agent/exitCodes';
import { programFolders } from '../agent/folders';
import { openSession, sessionId } from '../agent/openSession';
import { createTerminalParts, type TerminalParts } from '../agent/terminalParts';
import { Unusable } from '../agent/unusable';
import type { World } from '../agent/world';
import { createPrintRun } from './printRun';
import { readMessages } from './readMessages';
import { readPrompt } from './readPrompt';

/**
 * A task without anybody to ask: what would be asked is refused, and the agent is told. Starting the program in a folder is
 * trusting it. @returns the exit code.
 */
export async function runPrint(args: AgentArguments, world: World): Promise<ExitCode> {
  const { data } = programFolders(world.cwd, world.home, world.env, world.program);
  const parts = createTerminalParts({
    ...{ args, world, trusted: () => true },
    confirmSkip: () => confirmSkip(world, data),
  });
  await parts.control.confirmWanted();
  refuseUnconfirmed(args, parts);
  refuseUnknownPrice(args, parts);
  tellProblems(parts, (line) => world.stderr.write(`${visibleLine(line)}\n`));
  if (args.session === 'pick')
    throw new Unusable(say('--resume needs the id of a session with --print'), exitCodes.usage);
  const prompt = args.inputFormat === 'text' ? await readPrompt(args.prompt, world.stdin) : undefined;
  if (args.demo) await parts.models.useDemo();
  const agent = await openSession(sessionId(args.session, parts.programFolders.project), parts, world, {
    prompter: undefined,
    maxTurns: args.maxTurns,
  });
  try {
    const run = createPrintRun({ agent, args, parts, world });
    if (prompt !== undefined) return await run.turn(prompt);
    let code: ExitCode = exitCodes.done;
    for await (const text of readMessages(world.stdin)) {
      code = await run.turn(text);
      if (code === exitCodes.cost || world.signal.aborted) break;
    }
    return code;
  } finally {
    await agent.dispose();
    await parts.models.leaveDemo();
  }
}

/** What is not as the person may think, before anything runs. */
export function tellProblems(parts: TerminalParts, tell: (line: string) => unknown): void {
  for (const problem of parts.problems) tell(english(problem));
  const instead = insteadText(parts.control.inForce(), english);
  if (instead !== undefined) tell(instead);
  const { notAccepted } = parts.rules;
  if (notAccepted === 1)
    tell(english(say('1 allow rule in the files of this folder does not hold: a folder can only tighten.')));
  else if (notAccepted > 1)
    tell(
      english(say('{0} allow rules in the files of this folder do not hold: a folder can only tighten.', notAccepted)),
    );
}

function refuseUnconfirmed({ modeFlag }: AgentArguments, { control }: TerminalParts): void {
  if (modeFlag === undefined || control.inForce().instead?.by !== 'confirmation') return;
  throw new Unusable(
    say(
      '{0} was not confirmed. Start the program once in a terminal with it and say yes, or run it in a container.',
      modeFlag,
    ),
  );
}

/** A limit that cannot be counted is none. The classifier costs as well, in Auto. */
export function refuseUnknownPrice({ maxCost }: AgentArguments, parts: TerminalParts): void {
  if (maxCost === undefined) return;
  const { filterModel, model, secondModel } = parts.inForce.classifier(parts.modelName());
  const asked = parts.control.inForce().mode === 'auto' ? [filterModel, model, secondModel ?? model] : [];
  const nothing = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  const unknown = [parts.modelName(), ...asked].find((name) => costOf(name, nothing) === undefined);
  if (unknown !== undefined)
    throw new Unusable(
      say('--max-cost cannot be kept, because the price of {0} is not known; use --max-turns', unknown),
      exitCodes.usage,
    );
}
