import { visibleLine } from '../../core/gate/visible';
import { english, say } from '../../core/say';
import { describePlan } from '../../core/sessions/describePlan';
import { keptSince } from '../../core/sessions/rewound';
import { type CommandScene, lostBy } from './commands';

/** Messages that are offered; the terminal's lists are chosen from with one digit. */
const listed = 8;
/** Columns of a message that are shown. */
const shown = 70;

/** Goes back to before a message: the files, the conversation, or both. */
export async function rewind({ agent, parts, signal, surface }: CommandScene): Promise<void> {
  const { session } = agent;
  const tell = (said: ReturnType<typeof say>): void =>
    void surface.add({ type: 'notice', level: 'info', text: english(said) });
  if (session.busy) return tell(say('The agent is at work. Stop it or wait, then undo.'));
  const messages = session.events
    .flatMap((event) => (event.type === 'user' && event.n !== undefined ? [{ n: event.n, text: event.text }] : []))
    .reverse()
    .slice(0, listed);
  if (messages.length === 0) return tell(say('There is no message to go back to.'));
  const picked = await surface.choose(
    {
      ...{ title: english(say('Go back to before which message?')), detail: '', unasked: false },
      choices: [english(say('None')), ...messages.map(({ text }) => visibleLine(text).slice(0, shown))],
    },
    signal,
  );
  const message = messages[picked - 1];
  if (!message) return;
  const ids = keptSince(session.events, message.n);
  const plan = (await session.undo?.plan(ids, 'undo')) ?? { steps: [], changed: [] };
  const ways = [
    { label: say('Only the conversation; files stay as they are'), code: false, talk: true },
    ...(plan.steps.length > 0
      ? [
          { label: say('Code and conversation'), code: true, talk: true },
          { label: say('Only the code'), code: true, talk: false },
        ]
      : []),
  ];
  const way = await surface.choose(
    {
      title: english(say('What is to go back? What you allowed or forbade stays in force.')),
      detail: describePlan({ ...plan, lost: lostBy(session, ids) }, parts.folders, english),
      choices: [english(say('Nothing')), ...ways.map(({ label }) => english(label))],
      unasked: false,
    },
    signal,
  );
  const chosen = ways[way - 1];
  if (!chosen) return;
  const report = await session.rewind(message.n, chosen);
  if (report === 'busy') return tell(say('The agent is at work. Stop it or wait, then undo.'));
  for (const { path, reason } of report.failed)
    surface.add({ type: 'notice', level: 'error', text: visibleLine(`${path}: ${reason}`) });
  tell(say('Back to before: {0}', visibleLine(message.text).slice(0, shown)));
}
