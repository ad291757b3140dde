import { allowBlocked, canBeAllowed } from '../../core/gate/allowBlocked';
import { type Mode, modes } from '../../core/gate/modes';
import { modeDetails, modeLabels, refusalText } from '../../core/gate/modeTexts';
import type { Prompter } from '../../core/gate/prompter';
import type { DecisionRecord } from '../../core/gate/record';
import { visibleLine } from '../../core/gate/visible';
import { english, say } from '../../core/say';
import { describePlan } from '../../core/sessions/describePlan';
import type { AgentSession } from '../../node/agentSession';
import { storedSessions } from '../agent/sessionIndex';
import type { Tally } from '../agent/tally';
import type { TerminalParts } from '../agent/terminalParts';
import { rewind } from './rewind';
import type { CommandHelp, Surface } from './surface';

/** What a slash command may use. */
export interface CommandScene {
  readonly surface: Surface;
  readonly parts: TerminalParts;
  readonly agent: AgentSession;
  readonly tally: Tally;
  /** For the yes after a block. */
  readonly person: Prompter;
  readonly signal: AbortSignal;
  setMode(mode: Mode): Promise<void>;
  send(text: string): void;
  /** Another session in the place of this one. */
  open(id: string): Promise<void>;
  openNew(): Promise<void>;
  leave(): void;
}

interface Command extends CommandHelp {
  run(scene: CommandScene, argument: string): Promise<void> | void;
}

/** Entries of a list that is shown to choose from. */
const listed = 9;

export const commands: readonly Command[] = [
  { name: 'help', description: english(say('Keys and commands')), run: help },
  { name: 'mode', description: english(say('Choose the permission mode')), run: chooseMode },
  { name: 'permissions', description: english(say('What was blocked, and how to let it run')), run: permissions },
  { name: 'undo', description: english(say('Take back what a call changed')), run: undo },
  { name: 'rewind', description: english(say('Go back to before a message')), run: rewind },
  { name: 'resume', description: english(say('Go on with another session of this folder')), run: resume },
  { name: 'new', description: english(say('Begin a new session')), run: ({ openNew }) => openNew() },
  { name: 'cost', description: english(say('Tokens and cost so far')), run: cost },
  { name: 'quit', description: english(say('Leave; the session can be resumed')), run: ({ leave }) => leave() },
];

function help({ surface }: CommandScene): void {
  const keys: readonly (readonly [string, string])[] = [
    ['Enter', english(say('send'))],
    ['Shift+Enter, Alt+Enter, \\ Enter', english(say('new line'))],
    ['@', english(say('mention a file'))],
    ['↑ ↓', english(say('earlier messages'))],
    ['Shift+Tab', english(say('next permission mode'))],
    ['Esc', english(say('stop the turn'))],
    ['Ctrl+C', english(say('stop the turn; twice: leave'))],
  ];
  const width = Math.max(...keys.map(([key]) => key.length));
  const lines = [
    ...keys.map(([key, what]) => `${key.padEnd(width)}  ${what}`),
    '',
    ...commands.map(({ description, name }) => `${`/${name}`.padEnd(width)}  ${description}`),
  ];
  surface.add({ type: 'verbatim', text: lines.join('\n') });
}

async function chooseMode({ parts, setMode, signal, surface }: CommandScene, argument: string): Promise<void> {
  const named = modes.find((mode) => mode === argument);
  if (argument !== '' && !named)
    return remark(surface, say('{0} is no mode; it must be normal, auto or skip', argument));
  if (named) return setMode(named);
  const { mode: present, refusals } = parts.control.inForce();
  const open = modes.filter((mode) => !refusals.some((refusal) => refusal.mode === mode));
  const ordered = [present, ...open.filter((mode) => mode !== present)];
  const chosen = await surface.choose(
    {
      title: english(say('Permission mode')),
      detail: refusals.map((refusal) => refusalText(refusal, english)).join('\n'),
      choices: ordered.map((mode) => `${english(modeLabels[mode])} — ${english(modeDetails[mode])}`),
      unasked: false,
    },
    signal,
  );
  const mode = ordered[chosen];
  if (mode !== undefined && mode !== present) await setMode(mode);
}

/** Lists what was refused in this session, the newest first, and lets a person allow exactly one of them, once. */
async function permissions(scene: CommandScene): Promise<void> {
  const { agent, parts, person, send, signal, surface } = scene;
  const refused = refusedCalls(agent).slice(0, listed);
  const mode = english(modeLabels[parts.control.inForce().mode]);
  if (refused.length === 0) return remark(surface, say('Mode: {0}. Nothing was blocked in this session.', mode));
  const chosen = await surface.choose(
    {
      title: english(say('Recently blocked. Choose one to see it and, where that is possible, to allow it once.')),
      detail: '',
      choices: [english(say('Close')), ...refused.map(({ record }) => summary(record))],
      unasked: false,
    },
    signal,
  );
  const call = refused[chosen - 1];
  if (!call) return;
  const { record } = call;
  if (!canBeAllowed(record)) {
    const text = `${visibleLine(record.title)}\n${visibleLine(record.reason)} (${visibleLine(record.rule)}, ${visibleLine(record.source)})`;
    surface.add({ type: 'verbatim', text: `${text}\n${english(say('This one cannot be allowed afterwards.'))}` });
    return;
  }
  if (!(await allowBlocked(call, person, agent.ledger, Date.now))) return;
  remark(surface, say('You allowed exactly this call, once: {0}', visibleLine(record.title)));
  send(english(say('I allow the call that was blocked, exactly as it was and once: {0}', record.title)));
}

function refusedCalls({
  session,
}: AgentSession): readonly { readonly record: DecisionRecord; readonly exact: string }[] {
  const exact = new Map(session.events.flatMap((event) => (event.type === 'call' ? [[event.id, event.exact]] : [])));
  return session.events
    .flatMap((event) =>
      event.type === 'call-decided' && ['blocked', 'denied'].includes(event.record.outcome)
        ? [{ record: event.record, exact: exact.get(event.id) ?? event.record.title }]
        : [],
    )
    .reverse();
}

const summary = ({ outcome, reason, title }: DecisionRecord): string => {
  const text = visibleLine(`${title} — ${reason}`);
  return `${outcome === 'blocked' ? '⊘' : '✗'} ${text.length > 120 ? `${text.slice(0, 120)}…` : text}`;
};

async function undo({ agent, parts, signal, surface }: CommandScene): Promise<void> {
  const { session } = agent;
  if (session.busy) return remark(surface, say('The agent is at work. Stop it or wait, then undo.'));
  const kept = keptCalls(agent).slice(0, listed - 2);
  if (kept.length === 0)
    return remark(surface, say('No call of this session changed anything that can be taken back.'));
  const all = kept.length > 1 ? [english(say('All of them'))] : [];
  const picked = await surface.choose(
    {
      ...{ title: english(say('Take back what which call changed?')), detail: '', unasked: false },
      choices: [english(say('None')), ...kept.map(({ title }) => visibleLine(title)), ...all],
    },
    signal,
  );
  if (picked === 0) return;
  const one = kept[picked - 1];
  const ids = one ? [one.id] : keptCalls(agent).map(({ id }) => id);
  const plan = (await session.undo?.plan(ids, 'undo')) ?? { steps: [], changed: [] };
  const detail = describePlan({ ...plan, lost: lostBy(session, ids) }, parts.folders, english);
  if (plan.steps.length === 0) {
    surface.add({ type: 'verbatim', text: `${english(say('There is nothing to take back.'))}\n${detail}` });
    return;
  }
  const sure = { title: english(say('Take this back?')), detail, unasked: false };
  const yes = await surface.choose({ ...sure, choices: [english(say('No')), english(say('Take back'))] }, signal);
  if (yes !== 1) return;
  const report = await session.takeBack(ids, 'undo');
  if (report === 'busy') return remark(surface, say('The agent is at work. Stop it or wait, then undo.'));
  for (const { path, reason } of report.failed)
    surface.add({ type: 'notice', level: 'error', text: visibleLine(`${path}: ${reason}`) });
}

/** Paths that calls changed and that were not kept. */
export function lostBy(session: AgentSession['session'], ids: readonly string[]): readonly string[] {
  return ids.flatMap((id) => session.undo?.call(id)?.lost ?? []).map(({ path }) => path);
}

/** Calls whose changes are kept and not taken back, the newest first. */
function keptCalls({ session }: AgentSession): readonly { readonly id: string; readonly title: string }[] {
  const kept = new Set<string>();
  const titles = new Map<string, string>();
  for (const event of session.events) {
    if (event.type === 'call') titles.set(event.id, `${event.tool}: ${event.title}`);
    if (event.type === 'call-kept' && event.files > 0) kept.add(event.id);
    if (event.type === 'call-undone' && event.path === undefined)
      event.undone ? kept.delete(event.id) : kept.add(event.id);
  }
  return [...kept].reverse().map((id) => ({ id, title: titles.get(id) ?? id }));
}

async function resume({ agent, open, parts, signal, surface }: CommandScene): Promise<void> {
  const stored = storedSessions(parts.programFolders.project).filter(({ id }) => id !== agent.session.id);
  const chosen = await chooseSession(surface, stored, signal);
  if (chosen !== undefined) await open(chosen);
}

/** @returns the id; undefined when none was chosen. */
export async function chooseSession(
  surface: Surface,
  stored: ReturnType<typeof storedSessions>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const shown = stored.slice(0, listed - 1);
  if (shown.length === 0) {
    remark(surface, say('There is no other session of this folder.'));
    return undefined;
  }
  const chosen = await surface.choose(
    {
      ...{ title: english(say('Go on with which session?')), detail: '', unasked: false },
      choices: [
        english(say('None')),
        ...shown.map(({ at, title }) => {
          const text = visibleLine(title);
          return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}  ${text.length > 80 ? `${text.slice(0, 80)}…` : text}`;
        }),
      ],
    },
    signal,
  );
  return shown[chosen - 1]?.id;
}

function cost({ surface, tally }: CommandScene): void {
  const { cacheReadTokens, cacheWriteTokens, inputTokens, outputTokens } = tally.usage;
  const lines = [
    english(say('Requests: {0}', tally.requests)),
    english(say('Tokens in: {0}, from cache: {1}, into cache: {2}', inputTokens, cacheReadTokens, cacheWriteTokens)),
    english(say('Tokens out: {0}', outputTokens)),
    tally.cost === undefined
      ? english(say('Cost: not known for this model'))
      : english(say('Cost: about {0} US dollars by list price, classifier included', tally.cost.toFixed(4))),
  ];
  surface.add({ type: 'verbatim', text: lines.join('\n') });
}

function remark(surface: Surface, said: ReturnType<typeof say>): void {
  surface.add({ type: 'notice', level: 'info', text: english(said) });
}
