import { visibleLine } from '../../core/gate/visible';
import { english, say } from '../../core/say';
import type { AgentAnswer, AgentQuestion, Asker } from '../../core/tools/asker';
import type { Surface } from './surface';

/** Puts the agent's own questions to the person at the terminal, one after the other. Closing one closes them all. */
export function createTerminalAsker(surface: Surface): Asker {
  return {
    async ask(_id, questions, signal) {
      const answers: AgentAnswer[] = [];
      for (const question of questions) {
        const answer = await askOne(surface, question, signal);
        signal.throwIfAborted();
        if (!answer) return undefined;
        answers.push(answer);
      }
      return answers;
    },
  };
}

async function askOne(
  surface: Surface,
  question: AgentQuestion,
  signal: AbortSignal,
): Promise<AgentAnswer | undefined> {
  const { header, multiple, options } = question;
  const chosen = new Set<number>();
  for (;;) {
    const labels = options.map(({ description, label }, at) => {
      const mark = multiple ? (chosen.has(at) ? '[x] ' : '[ ] ') : '';
      return visibleLine(`${mark}${label}${description === undefined ? '' : ` — ${description}`}`);
    });
    const own = english(say('In my own words…'));
    const done = multiple && chosen.size > 0 ? [english(say('That is all'))] : [];
    const picked = await surface.choose(
      {
        title: english(say('The agent asks: {0}', visibleLine(header))),
        detail: visibleLine(question.question),
        choices: [english(say('No answer')), ...labels, own, ...done],
        unasked: true,
      },
      signal,
    );
    const at = picked - 1;
    if (picked === 0 || signal.aborted) return undefined;
    if (at === options.length) {
      const typed = await surface.askText(visibleLine(question.question), '', signal);
      if (typed !== undefined && typed.trim() !== '') return { chosen: [...chosen], typed };
    } else if (at > options.length) return { chosen: [...chosen].sort(), typed: '' };
    else if (!multiple) return { chosen: [at], typed: '' };
    else if (!chosen.delete(at)) chosen.add(at);
  }
}
