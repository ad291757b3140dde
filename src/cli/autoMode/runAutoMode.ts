import { visible } from '../../core/gate/visible';
import { parseAgentArguments } from '../agent/agentArguments';
import { exitCodes } from '../agent/exitCodes';
import { createTerminalParts } from '../agent/terminalParts';
import type { World } from '../agent/world';
import { configOf } from './config';
import { critique } from './critique';
import { doctor } from './doctor';

export type AutoModeCommand = 'config' | 'critique' | 'doctor';

/** The commands that need to know what is in force here. @param options as of the agent: `--settings`, `--model` … */
export async function runAutoMode(command: AutoModeCommand, options: readonly string[], world: World): Promise<number> {
  const args = parseAgentArguments(options);
  if (args.type === 'error') {
    world.stderr.write(`${visible(args.message)}\n`);
    return exitCodes.usage;
  }
  const parts = createTerminalParts({ args, world, trusted: () => true, confirmSkip: async () => false });
  switch (command) {
    case 'config':
      world.stdout.write(`${JSON.stringify(configOf(parts), null, 2)}\n`);
      return exitCodes.done;
    case 'critique':
      return critique(parts, world);
    case 'doctor':
      return doctor(parts, world);
  }
}
