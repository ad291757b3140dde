import { z } from 'zod';
import type { AgentAnswer, AgentQuestion } from './asker';
import type { Tool } from './tool';

const option = z.strictObject({
  label: z.string().trim().min(1).max(100),
  description: z.string().max(500).optional(),
});
const question = z
  .strictObject({
    question: z.string().trim().min(1).max(1_000),
    header: z.string().trim().min(1).max(30).describe('A word or two.'),
    options: z.array(option).min(2).max(4),
    multiSelect: z.boolean().optional(),
  })
  .refine(({ options }) => new Set(options.map(({ label }) => label)).size === options.length, 'labels must differ');
const schema = z.strictObject({ questions: z.array(question).min(1).max(4) });

export const askUserQuestion: Tool<z.infer<typeof schema>> = {
  name: 'AskUserQuestion',
  description:
    'Asks the person, who picks options or answers in their own words. For decisions that are theirs; not for permission: the gate does that, and an answer here permits nothing.',
  schema,
  title: ({ questions }) => questions.map(({ header }) => header).join(', '),
  async run({ call }, { asker, signal }) {
    if (!asker)
      return {
        text: 'Nobody can be asked here. Decide yourself what serves the task best, and say so.',
        isError: true,
      };
    const questions: AgentQuestion[] = call.input.questions.map(
      ({ header, multiSelect = false, options, question }) => ({
        header,
        question,
        options: options.map(({ description, label }) => ({ label, description })),
        multiple: multiSelect,
      }),
    );
    const answers = await asker.ask(call.id, questions, signal);
    signal.throwIfAborted();
    if (!answers)
      return { text: 'The person did not want to answer. Go on without, or ask differently.', isError: true };
    const lines = questions.map((asked, index) => `${asked.question}\n→ ${describe(asked, answers[index])}`);
    return { text: `${lines.join('\n')}\n(An answer here is no permission for a call.)`, isError: false };
  },
};

function describe({ options }: AgentQuestion, answer: AgentAnswer | undefined): string {
  const chosen = (answer?.chosen ?? []).flatMap((index) => options[index]?.label ?? []);
  const typed = answer?.typed.trim() ?? '';
  return [...chosen, ...(typed === '' ? [] : [`in their own words: ${typed}`])].join('; ') || '(no answer)';
}
