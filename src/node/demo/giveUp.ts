import { message, type ScriptedReply, text } from '../scriptedApi/script';
import type { DemoCall } from './demoTurn';

/** The end of a scenario whose call may not run. */
export function giveUp({ name, input, refusedBy }: DemoCall): ScriptedReply {
  const what = typeof input['command'] === 'string' ? `\`${input['command']}\`` : `the ${name} call`;
  return message(
    text(
      refusedBy === 'person'
        ? `You said no to ${what}, so I leave it at that. Nothing was changed by it. Tell me if you want something else.`
        : `I may not run ${what} here, and there is no narrower way to do what you asked. I stop, and leave the decision to you.`,
    ),
  );
}
