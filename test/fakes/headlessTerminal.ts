import type { Terminal as TuiTerminal } from '@earendil-works/pi-tui';
import xterm from '@xterm/headless';

/** A terminal emulator without a window: what is drawn can be read, and keys can be typed. */
export interface HeadlessTerminal extends TuiTerminal {
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** What a person sees now, without the blanks at the ends. */
  screen(): Promise<string>;
  /** Everything, scrolled back to the beginning. */
  everything(): Promise<string>;
  /** Waits until the screen shows something. Rejects with the screen when it does not come. */
  shows(what: RegExp, timeoutMs?: number): Promise<string>;
  /** Bytes that were written. */
  readonly raw: string;
}

export const keys = {
  enter: '\r',
  escape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  tab: '\t',
  shiftTab: '\u001b[Z',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
  altEnter: '\u001b\r',
} as const;

export function createHeadlessTerminal(columns = 100, rows = 40): HeadlessTerminal {
  const emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
  let onInput: (data: string) => void = () => {};
  let onResize: () => void = () => {};
  let raw = '';
  const write = (data: string): void => {
    raw += data;
    emulator.write(data);
  };
  const settled = (): Promise<void> => new Promise((resolve) => emulator.write('', resolve));
  const lines = (from: number, to: number): string => {
    const all: string[] = [];
    for (let at = from; at < to; at += 1) all.push(emulator.buffer.active.getLine(at)?.translateToString(true) ?? '');
    return all.join('\n').trimEnd();
  };

  async function screen(): Promise<string> {
    await settled();
    const { viewportY } = emulator.buffer.active;
    return lines(viewportY, viewportY + emulator.rows);
  }

  return {
    start(input, resized) {
      onInput = input;
      onResize = resized;
    },
    stop() {
      onInput = () => {};
    },
    drainInput: async () => {},
    write,
    get columns() {
      return emulator.cols;
    },
    get rows() {
      return emulator.rows;
    },
    kittyProtocolActive: false,
    moveBy: (count) => write(count > 0 ? `\u001b[${count}B` : count < 0 ? `\u001b[${-count}A` : ''),
    hideCursor: () => write('\u001b[?25l'),
    showCursor: () => write('\u001b[?25h'),
    clearLine: () => write('\u001b[K'),
    clearFromCursor: () => write('\u001b[J'),
    clearScreen: () => write('\u001b[2J\u001b[H'),
    setTitle() {},
    setProgress() {},
    type(text) {
      // As a terminal sends them: an escape sequence at once, text key by key.
      if (text.startsWith('\u001b')) onInput(text);
      else for (const key of text) onInput(key);
    },
    resize(wide, high) {
      emulator.resize(wide, high);
      onResize();
    },
    screen,
    async everything() {
      await settled();
      return lines(0, emulator.buffer.active.length);
    },
    async shows(what, timeoutMs = 5_000) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const text = await screen();
        if (what.test(text)) return text;
        if (Date.now() > until) throw new Error(`${String(what)} is not on the screen:\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    get raw() {
      return raw;
    },
  };
}
