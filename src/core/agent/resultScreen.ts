import { screen, withWarning } from '../gate/injection/screen';
import { type Said, say } from '../say';
import type { ToolCall } from '../tools/call';
import { isInside } from '../tools/inside';

/** What a screened result is for the model, and what the person is told about it. */
export interface Screened {
  readonly text: string;
  /** Undefined when nothing was found; the text is then as it was, byte for byte. */
  readonly said: Said | undefined;
}

/** Looks through what calls give back for orders to the agent, and remembers what it found until the person speaks again. */
export interface ResultScreen {
  screened(call: ToolCall, text: string): Screened;
  /** Why what goes out gets the close look; empty while nothing was found. */
  readonly alarms: readonly Said[];
  userSpoke(): void;
}

/** Tools whose results are the workspace's own files when their path is inside it. */
const fileTools = new Set(['Read', 'Grep', 'Glob']);
/** Tools whose results are this program's own words, or the person's. */
const ownTools = new Set(['Write', 'Edit', 'NotebookEdit', 'TodoWrite', 'AskUserQuestion', 'KillShell']);

/**
 * @param workspace folders whose files are not screened when they are read: they are what the user works on.
 * @param realpath where a path really leads; undefined when it cannot be told.
 * @param mark random, new for each warning.
 */
export function createResultScreen(
  workspace: () => readonly string[],
  realpath: (path: string) => string | undefined,
  mark: () => string,
): ResultScreen {
  let alarms: readonly Said[] = [];

  function isOwn({ input, tool }: ToolCall): boolean {
    if (ownTools.has(tool)) return true;
    if (!fileTools.has(tool)) return false;
    const { file_path, path } = input as { file_path?: unknown; path?: unknown };
    const named = file_path ?? path;
    if (named === undefined) return true;
    const real = typeof named === 'string' ? realpath(named) : undefined;
    return real !== undefined && isInside(real, workspace());
  }

  return {
    screened(call, text) {
      const found = isOwn(call) ? [] : screen(text);
      const [first] = found;
      if (!first) return { text, said: undefined };
      alarms = [...alarms, say('something that {0} gave back tried to give the agent orders', call.tool)].slice(-3);
      return { text: withWarning(text, found, mark()), said: first.said };
    },
    get alarms() {
      return alarms;
    },
    userSpoke() {
      alarms = [];
    },
  };
}
