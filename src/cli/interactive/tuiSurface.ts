import {
  type Component,
  Container,
  Editor,
  Input,
  matchesKey,
  setCapabilities,
  type Terminal,
  Text,
  TuiMainScreen,
  truncateToWidth,
  visibleWidth,
} from '@earendil-works/pi-tui';
import { english, say } from '../../core/say';
import { BlockView } from './blockView';
import { ChoicePanel } from './choicePanel';
import type { Colours } from './colours';
import { createCompletion } from './completion';
import type { Footer, Handlers, Surface } from './surface';

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const spinMs = 120;

/** The drawn screen: the conversation, which scrolls with the terminal, and below it the box (or a question) and the footer. */
export function createTuiSurface(terminal: Terminal, colours: Colours, folder: string): Surface {
  // Links show where they lead: text that leads elsewhere is a way to deceive. Nothing draws pictures.
  setCapabilities({ images: null, trueColor: false, hyperlinks: false });
  const tui = new TuiMainScreen(terminal);
  const { bold, cyan, dim, red, yellow } = colours;
  const conversation = new Container();
  const activity = new Text('', 0, 0);
  const place = new Container();
  const foot = new FooterLine(colours);
  const selectList = {
    ...{ selectedPrefix: cyan, selectedText: bold, description: dim, scrollInfo: dim, noMatch: dim },
  };
  const editor = new Editor(tui, { borderColor: dim, selectList }, { paddingX: 1 });
  place.addChild(editor);
  for (const child of [conversation, activity, place, foot]) tui.addChild(child);
  tui.setFocus(editor);

  let handlers: Handlers | undefined;
  let spinning: ReturnType<typeof setInterval> | undefined;
  let doing: string | undefined;
  let frame = 0;
  let stopped = false;
  const draw = (): void => tui.requestRender();

  function drawActivity(): void {
    frame += 1;
    activity.setText(doing === undefined ? '' : `\n${cyan(spinner[frame % spinner.length] ?? '')} ${dim(doing)}`);
    draw();
  }

  /** Puts something in the place of the box until it is done. */
  function inPlace(component: Component): () => void {
    place.clear();
    place.addChild(component);
    tui.setFocus(component);
    draw();
    return () => {
      place.clear();
      place.addChild(editor);
      tui.setFocus(editor);
      draw();
    };
  }

  tui.addInputListener((data) => {
    foot.hint = undefined;
    if (matchesKey(data, 'shift+tab')) {
      handlers?.cycleMode();
      return { consume: true };
    }
    if (matchesKey(data, 'ctrl+c')) {
      handlers?.interrupt('ctrl+c');
      return { consume: true };
    }
    const inBox = place.children[0] === editor;
    if (matchesKey(data, 'ctrl+d') && inBox && editor.getText() === '') {
      handlers?.leave();
      return { consume: true };
    }
    if (matchesKey(data, 'escape') && inBox && doing !== undefined && !editor.isShowingAutocomplete()) {
      handlers?.interrupt('escape');
      return { consume: true };
    }
    return undefined;
  });
  editor.onSubmit = (text) => handlers?.submit(text);

  return {
    start(given, commands) {
      handlers = given;
      editor.setAutocompleteProvider(createCompletion(commands, folder));
      tui.start();
    },
    async stop(atOnce) {
      if (stopped) return;
      stopped = true;
      clearInterval(spinning);
      activity.setText('');
      place.clear();
      foot.gone = true;
      tui.renderNow();
      if (!atOnce) await terminal.drainInput(200, 20);
      tui.stop();
    },
    add(block) {
      const view = new BlockView(block, colours);
      conversation.addChild(view);
      draw();
      return {
        update(next) {
          view.update(next);
          draw();
        },
        remove() {
          conversation.removeChild(view);
          draw();
        },
      };
    },
    clear() {
      conversation.clear();
      tui.requestRender(true);
    },
    choose: (question, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(0);
        const answer = (index: number): void => {
          signal.removeEventListener('abort', close);
          panel.dispose();
          back();
          resolve(index);
        };
        const close = (): void => answer(0);
        const panel: ChoicePanel = new ChoicePanel(question, colours, answer, draw);
        const back = inPlace(panel);
        signal.addEventListener('abort', close, { once: true });
        return undefined;
      }),
    askText: (title, initial, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(undefined);
        const input = new Input();
        input.setValue(initial);
        const box = new TitledInput(title, input, colours);
        const answer = (text: string | undefined): void => {
          signal.removeEventListener('abort', close);
          back();
          resolve(text);
        };
        const close = (): void => answer(undefined);
        input.onSubmit = (text) => answer(text);
        input.onEscape = close;
        const back = inPlace(box);
        signal.addEventListener('abort', close, { once: true });
        return undefined;
      }),
    footer(next) {
      foot.footer = next;
      editor.borderColor = next.mode === 'skip' ? red : next.mode === 'auto' ? cyan : dim;
      draw();
    },
    activity(text) {
      doing = text;
      clearInterval(spinning);
      if (text !== undefined) spinning = setInterval(drawActivity, spinMs);
      drawActivity();
    },
    hint(text) {
      foot.hint = yellow(text);
      draw();
    },
    get draft() {
      return editor.getExpandedText();
    },
    setDraft(text) {
      editor.setText(text);
      draw();
    },
    addHistory: (text) => editor.addToHistory(text),
  };
}

/** Mode, model, context, cost, folder: what fits, the least important left out first. */
class FooterLine implements Component {
  readonly #colours: Colours;
  footer: Footer | undefined;
  hint: string | undefined;
  gone = false;

  constructor(colours: Colours) {
    this.#colours = colours;
  }

  invalidate(): void {}

  render(width: number): string[] {
    // At the end one empty line stays, on which the shell goes on.
    if (this.gone || !this.footer) return [''];
    if (this.hint !== undefined) return [truncateToWidth(` ${this.hint}`, width)];
    const { bold, cyan, dim, red } = this.#colours;
    const { context, cost, folder, mode, modeLabel, model } = this.footer;
    const marked = mode === 'skip' ? red(bold(`⚠ ${modeLabel}`)) : mode === 'auto' ? cyan(modeLabel) : modeLabel;
    const parts = [
      model,
      ...(context > 0 ? [english(say('{0} tokens', compact(context)))] : []),
      ...(cost === undefined ? [] : [cost]),
      folder,
    ];
    let line = ` ${marked}`;
    for (const part of parts) {
      const longer = `${line}${dim(` · ${part}`)}`;
      if (visibleWidth(longer) <= width) line = longer;
    }
    const keys = english(say('Shift+Tab: mode · /help'));
    const room = width - visibleWidth(line) - visibleWidth(keys) - 2;
    return [truncateToWidth(room > 0 ? `${line}${' '.repeat(room)}${dim(keys)}` : line, width)];
  }
}

const compact = (count: number): string => (count < 1000 ? String(count) : `${(count / 1000).toFixed(1)}k`);

class TitledInput implements Component {
  readonly #title: string;
  readonly #input: Input;
  readonly #colours: Colours;

  constructor(title: string, input: Input, colours: Colours) {
    this.#title = title;
    this.#input = input;
    this.#colours = colours;
  }

  get focused(): boolean {
    return this.#input.focused;
  }

  set focused(focused: boolean) {
    this.#input.focused = focused;
  }

  invalidate(): void {
    this.#input.invalidate();
  }

  handleInput(data: string): void {
    this.#input.handleInput(data);
  }

  render(width: number): string[] {
    return ['', truncateToWidth(this.#colours.bold(this.#title), width), ...this.#input.render(width)];
  }
}
