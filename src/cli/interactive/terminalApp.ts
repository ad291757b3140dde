import type { AgentEvent } from '../../core/events';
import { createModalPrompter } from '../../core/gate/modalPrompter';
import { type Mode, modes } from '../../core/gate/modes';
import { modeLabels, refusalText } from '../../core/gate/modeTexts';
import type { Prompter } from '../../core/gate/prompter';
import { visibleLine } from '../../core/gate/visible';
import { english, type Said, say } from '../../core/say';
import type { AgentSession } from '../../node/agentSession';
import { nodeDigest } from '../../node/nodeDigest';
import { openSession } from '../agent/openSession';
import { refuseSkipAsRoot } from '../agent/skipConsent';
import { createTally } from '../agent/tally';
import type { TerminalParts } from '../agent/terminalParts';
import type { World } from '../agent/world';
import { type CommandScene, commands } from './commands';
import { createConversation } from './conversation';
import type { Surface } from './surface';
import { createTerminalAsker } from './terminalAsker';

/** The interactive program: one session at a time on a surface. */
export interface TerminalApp {
  /**
   * Works until the person leaves.
   * @param start.prepare asks what is to be asked first, and gives the id of the session to open.
   * @returns the id of the session that was open last.
   */
  run(start: { readonly prompt: string | undefined; prepare(): Promise<string> }): Promise<string>;
}

/** Milliseconds in which a second Ctrl+C leaves. */
const twiceMs = 2_000;

export function createTerminalApp(options: {
  readonly parts: TerminalParts;
  readonly surface: Surface;
  readonly world: World;
  readonly maxTurns: number | undefined;
  readonly maxCost: number | undefined;
  /** Closes the question about Skip, if it is open. @returns whether it was. */
  closeSkipQuestion(): boolean;
}): TerminalApp {
  const { maxCost, maxTurns, parts, surface, world } = options;
  const { control, models, modelName } = parts;
  const leaving = new AbortController();
  const tally = createTally();
  let agent: AgentSession | undefined;
  let queued: readonly string[] = [];
  let interruptedAt = Number.NEGATIVE_INFINITY;
  let commanding = false;
  let finishing = false;

  const remark = (said: Said, level: 'info' | 'warning' | 'error' = 'info'): unknown =>
    surface.add({ type: 'notice', level, text: visibleLine(english(said)) });

  const person: Prompter = createModalPrompter({
    async show(title, detail, buttons, signal) {
      surface.activity(undefined);
      const chosen = await surface.choose({ title, detail, choices: buttons, unasked: true }, signal);
      return buttons[chosen];
    },
    // Into the conversation, where the terminal can be scrolled back to all of it.
    review: async (title, text) => void surface.add({ type: 'verbatim', text: `${title}\n${text}` }),
    quiet: async () => {},
    async why({ alternatives }, signal) {
      const title = english(say('Why not, or what to do instead? The agent gets these words.'));
      return (await surface.askText(title, alternatives[0] ?? '', signal))?.trim().slice(0, 1_000) || undefined;
    },
    localize: english,
  });

  const prompter: Prompter = {
    async ask(question, signal) {
      try {
        return await person.ask(question, signal);
      } finally {
        if (!signal.aborted) surface.activity(working());
      }
    },
  };

  function working(): string {
    return queued.length > 0
      ? queued.length === 1
        ? english(say('Working, 1 message waiting · Esc stops'))
        : english(say('Working, {0} messages waiting · Esc stops', queued.length))
      : english(say('Working · Esc stops'));
  }

  function showFooter(): void {
    const { mode } = control.inForce();
    const { context, cost } = tally;
    surface.footer({
      ...{ mode, modeLabel: english(modeLabels[mode]), model: visibleLine(modelName()), context },
      cost: cost === undefined || cost === 0 ? undefined : `$${cost.toFixed(cost < 1 ? 3 : 2)}`,
      folder: visibleLine(parts.folders[0].split('/').at(-1) ?? ''),
    });
  }

  function heard(event: AgentEvent): void {
    tally.add(event, modelName());
    if (event.type === 'turn-start') surface.activity(working());
    if (event.type === 'turn-end') {
      surface.activity(undefined);
      if (event.end === 'stopped') giveBack();
      else sendNext();
      finish();
    }
    if (event.type === 'usage' || event.type === 'turn-end' || event.type === 'call-decided') showFooter();
    if (!tally.within(maxCost) && agent?.session.busy) {
      remark(say('Stopped: the limit of {0} US dollars is reached.', maxCost ?? 0), 'warning');
      queueMicrotask(() => void agent?.session.stop());
    }
  }

  /** Leaves once all that was asked for is done. */
  function finish(): void {
    if (finishing && agent && !agent.session.busy && queued.length === 0) leaving.abort();
  }

  /** What was not sent comes back into the box. */
  function giveBack(): void {
    if (queued.length === 0) return;
    surface.setDraft([...queued, surface.draft].filter((text) => text !== '').join('\n'));
    queued = [];
  }

  function sendNext(): void {
    const [next, ...rest] = queued;
    queued = rest;
    if (next !== undefined) send(next);
  }

  function send(text: string): void {
    if (!tally.within(maxCost)) {
      remark(say('Not sent: the limit of {0} US dollars is reached.', maxCost ?? 0), 'warning');
      return;
    }
    if (agent && !agent.session.busy) {
      void agent.session.send(text);
      return;
    }
    queued = [...queued, text];
    if (agent) surface.activity(working());
  }

  async function setMode(mode: Mode): Promise<void> {
    const refusal = control.inForce().refusals.find((each) => each.mode === mode);
    if (refusal) {
      remark({ template: '{0}', args: [refusalText(refusal, english)] }, 'warning');
      return;
    }
    try {
      if (mode === 'skip') refuseSkipAsRoot(world);
    } catch (error) {
      remark(say('{0}', error instanceof Error ? error.message : String(error)), 'warning');
      return;
    }
    await control.choose(mode);
    circumstancesChanged();
  }

  function circumstancesChanged(): void {
    agent?.gateState.update(parts.inForce.circumstances());
    showFooter();
  }

  /** The next mode that is available; confirming Skip is a question of its own. */
  async function cycleMode(): Promise<void> {
    // Once more, while Skip is asked about, is a no and goes on to the mode after it.
    if (options.closeSkipQuestion() || commanding) return;
    const { mode, refusals } = control.inForce();
    const at = modes.indexOf(mode);
    const rootWithoutContainer = world.uid === 0 && !world.contained;
    const next = [...modes.slice(at + 1), ...modes.slice(0, at)].find(
      (each) => !refusals.some((refusal) => refusal.mode === each) && !(each === 'skip' && rootWithoutContainer),
    );
    if (next === undefined) return;
    commanding = true;
    try {
      await setMode(next);
      // Skip was not confirmed: going round means the one after it.
      if (control.inForce().mode !== next) await setMode('normal');
    } finally {
      commanding = false;
    }
  }

  async function openAgent(id: string): Promise<void> {
    const opened = await openSession(id, parts, world, {
      ...{ prompter, maxTurns, asker: createTerminalAsker(surface), onRule: circumstancesChanged },
    });
    const conversation = createConversation(surface, parts.folders[0]);
    for (const event of opened.session.events) conversation.add(event);
    for (const { said } of opened.session.undo?.interrupted ?? []) remark(said, 'warning');
    opened.session.onEvent((event) => {
      conversation.add(event);
      heard(event);
    });
    opened.classifier.onHealth((health) => {
      if (health.state === 'down') remark(say('The classifier does not answer: {0}', english(health.why)), 'warning');
      if (health.state === 'second')
        remark(say('The classifier’s first model does not answer; {0} does.', health.model));
      if (health.state === 'ok') remark(say('The classifier answers again.'));
    });
    agent = opened;
    showFooter();
  }

  async function change(id: string): Promise<void> {
    const previous = agent;
    agent = undefined;
    queued = [];
    await previous?.dispose();
    surface.clear();
    await openAgent(id);
    sendNext();
  }

  function scene(): CommandScene | undefined {
    if (!agent) return undefined;
    return {
      ...{ surface, parts, agent, tally, person, setMode, send, signal: leaving.signal },
      open: change,
      openNew: () => change(nodeDigest.randomId()),
      leave: () => leaving.abort(),
    };
  }

  async function command(text: string): Promise<void> {
    const [word = '', ...rest] = text.slice(1).split(/\s+/);
    const found = commands.find(({ name }) => name === word);
    if (!found) {
      remark(say('There is no command /{0}; /help lists them', word), 'warning');
      return;
    }
    const here = scene();
    if (!here || commanding) return;
    commanding = true;
    try {
      await found.run(here, rest.join(' ').trim());
    } catch (error) {
      remark(say('/{0} failed: {1}', word, error instanceof Error ? error.message : String(error)), 'error');
    } finally {
      commanding = false;
    }
  }

  function submit(text: string): void {
    const trimmed = text.trim();
    if (trimmed === '') return;
    // A path at the start of a message is no command.
    if (/^\/[a-z]+(?:\s|$)/.test(trimmed)) void command(trimmed);
    else send(trimmed);
  }

  function interrupt(key: 'ctrl+c' | 'escape'): void {
    const now = performance.now();
    if (key === 'ctrl+c' && now - interruptedAt < twiceMs) {
      leaving.abort();
      return;
    }
    if (key === 'ctrl+c') interruptedAt = now;
    if (agent?.session.busy) void agent.session.stop();
    else if (surface.draft !== '') surface.setDraft('');
    if (key === 'ctrl+c') surface.hint(english(say('Press Ctrl+C again to leave')));
  }

  function inputEnded(): void {
    finishing = true;
    finish();
  }

  return {
    async run({ prepare, prompt }) {
      surface.start(
        { submit, interrupt, cycleMode: () => void cycleMode(), leave: () => leaving.abort(), ended: inputEnded },
        commands,
      );
      const ended = new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()));
      world.signal.addEventListener('abort', () => leaving.abort(), { once: true });
      showFooter();
      commanding = true;
      const id = await prepare();
      commanding = false;
      await openAgent(id);
      if (prompt !== undefined) queued = [prompt, ...queued];
      sendNext();
      finish();
      if (!leaving.signal.aborted && !world.signal.aborted) await ended;
      const last = agent?.session.id ?? id;
      await agent?.dispose();
      await models.leaveDemo();
      return last;
    },
  };
}
