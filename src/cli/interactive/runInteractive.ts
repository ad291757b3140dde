import { ProcessTerminal, type Terminal } from '@earendil-works/pi-tui';
import { visible, visibleLine } from '../../core/gate/visible';
import { english, say } from '../../core/say';
import { nodeDigest } from '../../node/nodeDigest';
import type { AgentArguments } from '../agent/agentArguments';
import { type ExitCode, exitCodes } from '../agent/exitCodes';
import { programFolders } from '../agent/folders';
import { sessionId } from '../agent/openSession';
import { storedSessions } from '../agent/sessionIndex';
import { skipConsent, skipWarning } from '../agent/skipConsent';
import { createTerminalParts } from '../agent/terminalParts';
import { trustedFolders } from '../agent/trust';
import { Unusable } from '../agent/unusable';
import type { World } from '../agent/world';
import { refuseUnknownPrice, tellProblems } from '../print/runPrint';
import { createColours } from './colours';
import { chooseSession } from './commands';
import { createPlainSurface } from './plainSurface';
import type { Surface } from './surface';
import { createTerminalApp } from './terminalApp';
import { createTuiSurface } from './tuiSurface';

/** Works with a person at the terminal. @param terminal for tests; that of the process when absent. */
export async function runInteractive(args: AgentArguments, world: World, terminal?: Terminal): Promise<ExitCode> {
  const { env, stdin, stdout } = world;
  if (!terminal && !args.plain && !(stdin.isTTY && stdout.isTTY))
    throw new Unusable(
      say('there is no terminal here; use --print for one task, or --plain to read and write plain lines'),
      exitCodes.usage,
    );
  const plain = args.plain || (!terminal && env['TERM'] === 'dumb');
  const surface: Surface = plain
    ? createPlainSurface(world)
    : createTuiSurface(terminal ?? new ProcessTerminal(), createColours(env), world.cwd);
  const own = programFolders(world.cwd, world.home, env, world.program);
  const trust = trustedFolders(own.data);
  const consent = skipConsent(own.data);
  let trusted = trust.has(world.cwd);
  let skipQuestion: AbortController | undefined;
  const parts = createTerminalParts({
    ...{ args, world, trusted: () => trusted },
    async confirmSkip() {
      if (consent.given && args.modeFlag !== undefined) return true;
      skipQuestion = new AbortController();
      const chosen = await surface.choose(
        {
          title: english(say('Skip permissions in this terminal?')),
          detail: english(skipWarning),
          choices: [english(say('Keep asking')), english(say('Skip permissions'))],
          unasked: true,
        },
        AbortSignal.any([skipQuestion.signal, world.signal]),
      );
      skipQuestion = undefined;
      if (chosen === 1) consent.give();
      return chosen === 1;
    },
  });
  refuseUnknownPrice(args, parts);
  // Before anything is drawn: an unknown session is told on the plain command line.
  const wanted = args.session === 'pick' ? undefined : sessionId(args.session, parts.programFolders.project);
  if (args.demo) await parts.models.useDemo();
  const app = createTerminalApp({
    ...{ parts, surface, world, maxTurns: args.maxTurns, maxCost: args.maxCost },
    closeSkipQuestion() {
      skipQuestion?.abort();
      return skipQuestion !== undefined;
    },
  });
  // Whatever ends the process, the terminal is given back in order.
  const restore = (): void => void surface.stop(true);
  process.once('exit', restore);
  try {
    const last = await app.run({
      ...{ prompt: args.prompt },
      async prepare() {
        if (!trusted) {
          trusted = await askTrust(surface, world);
          if (trusted) trust.add(world.cwd);
        }
        tellProblems(parts, (text) => surface.add({ type: 'notice', level: 'warning', text: visible(text) }));
        await parts.control.confirmWanted();
        if (wanted !== undefined) return wanted;
        const stored = storedSessions(parts.programFolders.project);
        return (await chooseSession(surface, stored, world.signal)) ?? nodeDigest.randomId();
      },
    });
    await surface.stop();
    world.stderr.write(`${english(say('Go on with this session: claude-auto --resume {0}', last.slice(0, 8)))}\n`);
    return exitCodes.done;
  } finally {
    process.off('exit', restore);
    await surface.stop();
  }
}

/** Until the person has said that they know the folder, nothing in it can make the agent run anything. */
async function askTrust(surface: Surface, { cwd, signal }: World): Promise<boolean> {
  const chosen = await surface.choose(
    {
      title: english(say('Do you trust the files in this folder?')),
      detail: english(
        say(
          '{0}\nIts scripts, settings and instructions influence what the agent does and runs. Without trust the agent can only look at files.',
          visibleLine(cwd),
        ),
      ),
      choices: [english(say('No, only look')), english(say('Yes, I trust this folder'))],
      unasked: false,
    },
    signal,
  );
  return chosen === 1;
}
