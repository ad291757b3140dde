import { performance } from 'node:perf_hooks';
import { version } from '../../../package.json';
import type { AgentEvent, TurnEnd } from '../../core/events';
import { visible, visibleLine } from '../../core/gate/visible';
import { english, say } from '../../core/say';
import { createRegistry } from '../../core/tools/registry';
import type { AgentSession } from '../../node/agentSession';
import type { AgentArguments } from '../agent/agentArguments';
import type { ExitCode } from '../agent/exitCodes';
import { createTally } from '../agent/tally';
import type { TerminalParts } from '../agent/terminalParts';
import type { World } from '../agent/world';
import { endingCodes, endingOf, resultObject } from './result';
import { decisionLine, messageLine } from './streamLines';

/** The turns of one run, written in the format that was asked for. */
export interface PrintRun {
  /** Sends a message and waits for its end. Never rejects. */
  turn(text: string): Promise<ExitCode>;
}

export function createPrintRun(options: {
  readonly agent: AgentSession;
  readonly args: AgentArguments;
  readonly parts: TerminalParts;
  readonly world: World;
}): PrintRun {
  const { agent, args, parts, world } = options;
  const { session } = agent;
  const { signal, stderr, stdout } = world;
  const lines = args.outputFormat === 'stream-json';
  const tally = createTally();
  const notices: string[] = [];
  let written = session.messages.length;
  let end: TurnEnd = 'done';
  let inside = false;
  let overCost = false;

  const line = (value: object | undefined): void => {
    if (lines && value) stdout.write(`${JSON.stringify(value)}\n`);
  };

  function heard(event: AgentEvent): void {
    tally.add(event, parts.modelName());
    if (!tally.within(args.maxCost) && !overCost) {
      overCost = true;
      // Not from inside the event: the session is in the middle of its own work.
      queueMicrotask(() => void session.stop());
    }
    switch (event.type) {
      case 'call-decided':
        line(decisionLine(session.id, event.record));
        break;
      case 'notice':
        if (event.level === 'error' && event.action === 'show-log') inside = true;
        note(event.level, english(event.said));
        break;
      case 'retry':
        note('info', english(event.said));
        break;
      case 'turn-end':
        end = event.end;
        break;
      default:
    }
    for (; written < session.messages.length; written += 1) {
      const message = session.messages[written];
      if (message) line(messageLine(session.id, message));
    }
  }

  function note(level: string, text: string): void {
    notices.push(text);
    line({ type: 'notice', session_id: session.id, level, text });
    if (!lines && args.outputFormat === 'text' && level !== 'info') stderr.write(`${visibleLine(text)}\n`);
  }

  session.onEvent(heard);
  line({
    ...{ type: 'system', subtype: 'init', session_id: session.id, cwd: parts.folders[0], version },
    ...{ model: parts.modelName(), mode: parts.control.inForce().mode },
    tools: createRegistry()
      .specs()
      .map(({ name }) => name),
  });

  async function turn(text: string): Promise<ExitCode> {
    const started = performance.now();
    notices.length = 0;
    inside = false;
    const before = { requests: tally.requests, refused: tally.refused.length, messages: session.messages.length };
    const stop = (): void => void session.stop();
    signal.addEventListener('abort', stop, { once: true });
    if (!signal.aborted) await session.send(text);
    signal.removeEventListener('abort', stop);
    const ending = endingOf({
      ...{ end, inside, overCost },
      unattended: session.gate.unattended() !== undefined,
      refused: tally.refused.slice(before.refused),
      overTurns: args.maxTurns !== undefined && tally.requests - before.requests >= args.maxTurns,
      signal: signal.aborted ? (signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT') : undefined,
    });
    const answer = lastWords(before.messages);
    if (args.outputFormat === 'text') {
      if (answer !== '') stdout.write(`${stdout.isTTY ? visible(answer) : answer}\n`);
      for (const said of summary(before.refused)) stderr.write(`${said}\n`);
    } else {
      const result = resultObject({
        ...{
          ending,
          sessionId: session.id,
          text: answer,
          model: parts.modelName(),
          mode: parts.control.inForce().mode,
        },
        ...{ durationMs: performance.now() - started, tally, notices },
      });
      stdout.write(`${JSON.stringify(result)}\n`);
    }
    return endingCodes[ending];
  }

  /** What the agent said last in this turn. */
  function lastWords(since: number): string {
    for (const { content, role } of session.messages.slice(since).reverse()) {
      if (role !== 'assistant') continue;
      const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n');
      if (text.trim() !== '') return text.trimEnd();
    }
    return '';
  }

  function summary(since: number): readonly string[] {
    const refused = tally.refused.slice(since);
    if (refused.length === 0) return [];
    const head = refused.length === 1 ? say('1 call did not run:') : say('{0} calls did not run:', refused.length);
    return [
      english(head),
      ...refused.map(
        ({ outcome, reason, rule, source, title }) =>
          `  ${outcome === 'blocked' ? '⊘' : '✗'} ${visibleLine(title)} — ${visibleLine(reason)} (${visibleLine(rule)}, ${visibleLine(source)})`,
      ),
    ];
  }

  return { turn };
}
