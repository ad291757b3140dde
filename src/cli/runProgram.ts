import { visible } from '../core/gate/visible';
import type { AgentArguments } from './agent/agentArguments';
import { exitCodes } from './agent/exitCodes';
import { Unusable } from './agent/unusable';
import type { World } from './agent/world';
import { parseArguments, usage } from './parseArguments';
import { version } from './version';

/** Does what the command line says. What is large is loaded by the command that needs it. @returns the exit code; never rejects. */
export async function runProgram(args: readonly string[], world: World): Promise<number> {
  try {
    return await run(args, world);
  } catch (error) {
    world.stderr.write(`claude-auto: ${visible(error instanceof Error ? error.message : String(error))}\n`);
    return error instanceof Unusable ? error.code : exitCodes.internal;
  }
}

async function run(args: readonly string[], world: World): Promise<number> {
  const parsed = parseArguments(args);
  const { stderr, stdin, stdout } = world;
  switch (parsed.type) {
    case 'help':
      stdout.write(usage);
      return exitCodes.done;
    case 'version':
      stdout.write(`${version}\n`);
      return exitCodes.done;
    case 'error':
      stderr.write(`${visible(parsed.message)}\nTry: claude-auto --help\n`);
      return exitCodes.usage;
    case 'agent':
      return runAgent(parsed, world);
    case 'check':
      return (await import('./check')).runCheck(parsed, stdout);
    case 'replay':
      return (await import('./replay')).runReplay(parsed, stdout, stderr);
    case 'shadow':
      return (await import('./logs')).summarizeLogs(parsed, stdout, stderr);
    case 'verify-log':
      return (await import('./logs')).verifyLogs(parsed.logs, stdout);
    case 'export':
      return (await import('./logs')).exportLogs(parsed, stdout, stderr);
    case 'defaults':
      return (await import('./autoMode/defaults')).printDefaults(stdout);
    case 'completion':
      stdout.write((await import('./completion')).completionScript(parsed.shell));
      return exitCodes.done;
    case 'auto-mode':
      return (await import('./autoMode/runAutoMode')).runAutoMode(parsed.command, parsed.options, world);
    case 'lines':
      await (await import('./jsonLines')).runJsonLines(stdin, stdout);
      return exitCodes.done;
  }
}

async function runAgent(args: AgentArguments, world: World): Promise<number> {
  return args.print
    ? (await import('./print/runPrint')).runPrint(args, world)
    : (await import('./interactive/runInteractive')).runInteractive(args, world);
}
