import { say } from '../../../say';
import type { Invocation } from './command';
import { namesSecret } from './families/network/sent';
import { mixTaints, taintOf } from './field';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import type { ShellState } from './state';

/** Programs that hand on what they are given and that no family tells of: the clipboard, the log of the system, a picture. */
const handsOn = /^(?:logger|xclip|xsel|pbcopy|wl-copy|qrencode)$/;

/** Judges a program that may let data out of the machine: unsure at least, and a block when what it gets is a secret. */
export function judgeSender(
  shell: Shell,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow | undefined {
  const { program, args, span } = invocation;
  if (!handsOn.test(program)) return undefined;
  const carried = mixTaints(context.stdin, ...args.map(({ pieces }) => taintOf(pieces)));
  shell.report.effect('send', { type: 'unknown', what: program }, span, context.certainty);
  if (carried.secret || namesSecret(shell, args, state))
    shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
  shell.doubt('network.reach', say('{0} may reach out of the machine', program), span);
  return { ...someFlow, secret: false, network: true };
}
