/** Recalls earlier messages with Up and Down, as a shell does. What was being typed is kept and comes back at the end. */
export interface PromptHistory {
  add(text: string): void;
  /** The message before the one shown, or undefined at the oldest. `current` is what the box holds. */
  older(current: string): string | undefined;
  /** The message after the one shown, at last what was being typed; undefined when nothing is being recalled. */
  newer(): string | undefined;
  /** The person edited or sent the text: recalling starts over from the newest. */
  rest(): void;
  clear(): void;
}

/** Messages kept; more than anyone recalls by hand. */
const maxEntries = 200;

export function createPromptHistory(): PromptHistory {
  let entries: readonly string[] = [];
  let shown: number | undefined;
  let typed = '';

  return {
    add(text) {
      if (text.trim() !== '' && text !== entries.at(-1)) entries = [...entries, text].slice(-maxEntries);
      shown = undefined;
    },
    older(current) {
      const next = (shown ?? entries.length) - 1;
      const entry = entries[next];
      if (entry === undefined) return undefined;
      if (shown === undefined) typed = current;
      shown = next;
      return entry;
    },
    newer() {
      if (shown === undefined) return undefined;
      const next = shown + 1;
      shown = next < entries.length ? next : undefined;
      return shown === undefined ? typed : entries[next];
    },
    rest() {
      shown = undefined;
    },
    clear() {
      entries = [];
      shown = undefined;
    },
  };
}
