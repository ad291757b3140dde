import type { Question } from '../../src/core/gate/prompter';
import { callId } from '../../src/core/ids';
import { english, say } from '../../src/core/say';

let asked = 0;

/** A question about a Bash call, as the gate would ask it. */
export function question(changes: Partial<Question> & { readonly command?: string } = {}): Question {
  const { command = 'npm publish', ...rest } = changes;
  return {
    id: `question-${++asked}`,
    style: 'card',
    call: { id: callId('toolu_1'), tool: 'Bash', input: { command } },
    title: `Bash: ${command.split('\n')[0]}`,
    exact: command,
    cwd: '/ws',
    opinion: {
      decision: 'ask',
      step: 'mode',
      rule: 'mode.normal',
      reason: say('Normal asks before every command'),
      source: 'built-in',
      evidence: [],
      liftedBy: 'consent',
      block: false,
    },
    effects: [],
    evidence: [],
    blocks: [],
    alternatives: [],
    loss: undefined,
    diff: undefined,
    offers: [{ type: 'once' }, { type: 'session' }],
    ...rest,
  };
}

/** The wording of an editor whose display language is English. */
export const inEnglish = { localize: english, language: 'en' };
