import { l10n, type Memento } from 'vscode';
import type { McpAsk, McpMemory } from '../core/mcp/mcpPorts';
import type { ToolPins } from '../core/mcp/toolPins';
import type { showModal } from './dialogs';
import { localize } from './localize';

interface Ports {
  readonly show: typeof showModal;
  /** Opens a text read-only. */
  open(title: string, text: string): Promise<void>;
  /** Resolves once a key in flight can no longer reach the dialog, or `signal` aborts. */
  quiet(signal: AbortSignal): Promise<void>;
}

/** Lines and characters that a dialog shows whole. */
const linesShown = 20;
const charactersShown = 2_000;

/** Asks in modal dialogs, one at a time. The first button has the focus and is the no. */
export function createMcpAsk({ open, quiet, show }: Ports): McpAsk {
  let last: Promise<unknown> = Promise.resolve();

  async function conduct(question: Parameters<McpAsk>[0], signal: AbortSignal): Promise<boolean> {
    const { about, exact, variables } = question;
    await quiet(signal);
    if (signal.aborted) return false;
    const title = localize(question.title);
    const long = exact.length > charactersShown || exact.split('\n').length > linesShown;
    if (long) await open(title, exact);
    const detail = [
      long ? l10n.t('All of it is in the editor behind this dialog.') : exact,
      ...(variables.length > 0 ? ['', l10n.t('It gets these variables of yours: {0}', variables.join(', '))] : []),
      '',
      about === 'server'
        ? l10n.t(
            'It comes from the files of this workspace and would run with your rights, outside of the gate; what the agent asks of it goes through the gate. When anything in it changes you are asked again.',
          )
        : l10n.t('Until you agree the agent cannot use these tools.'),
    ].join('\n');
    const no = about === 'server' ? l10n.t('Do Not Start') : l10n.t('Leave Out');
    const yes = about === 'server' ? l10n.t('Start This Server') : l10n.t('Use These Tools');
    return (await show(title, detail, [no, yes])) === yes && !signal.aborted;
  }

  return (question, signal) => {
    const answered = last.then(() => conduct(question, signal));
    last = answered.catch(() => false);
    return answered;
  };
}

interface Kept {
  readonly agreed: Readonly<Record<string, string>>;
  readonly pins: Readonly<Record<string, ToolPins>>;
}

const nothing: Kept = { agreed: {}, pins: {} };

/** What the person agreed to in a workspace, kept outside of it. @param workspace the path of its first folder. */
export function createMcpMemory(memento: Memento, workspace: string): McpMemory {
  const key = `mcp.agreed:${workspace}`;
  const kept = (): Kept => ({ ...nothing, ...memento.get<Partial<Kept>>(key) });
  const put = <T>(record: Readonly<Record<string, T>>, name: string, value: T | undefined): Record<string, T> => {
    const { [name]: _old, ...others } = record;
    return value === undefined ? others : { ...others, [name]: value };
  };
  const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
    Object.hasOwn(record, name) ? record[name] : undefined;
  return {
    agreed: (server) => own(kept().agreed, server),
    agree: (server, hash) => void memento.update(key, { ...kept(), agreed: put(kept().agreed, server, hash) }),
    pins: (server) => own(kept().pins, server),
    pin: (server, pins) => void memento.update(key, { ...kept(), pins: put(kept().pins, server, pins) }),
  };
}
