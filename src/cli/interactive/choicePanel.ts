import { type Component, matchesKey, truncateToWidth, wrapTextWithAnsi } from '@earendil-works/pi-tui';
import { english, say } from '../../core/say';
import type { Colours } from './colours';
import type { Choosing } from './surface';

/** Milliseconds without a key before a question that came by itself can be answered: a key in flight can only be a no. */
const quietMs = 1_000;

/**
 * A question in the place of the box: the call, and the answers below it. The first answer, a no, is chosen; Enter takes what is
 * chosen, digits and arrows only choose. Until the keyboard was quiet for a moment nothing but Escape counts.
 */
export class ChoicePanel implements Component {
  readonly #question: Choosing;
  readonly #colours: Colours;
  readonly #answer: (index: number) => void;
  readonly #redraw: () => void;
  #chosen = 0;
  #open: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(question: Choosing, colours: Colours, answer: (index: number) => void, redraw: () => void) {
    this.#question = question;
    this.#colours = colours;
    this.#answer = answer;
    this.#redraw = redraw;
    this.#open = !question.unasked;
    if (question.unasked) this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#open = true;
      this.#redraw();
    }, quietMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  invalidate(): void {}

  handleInput(data: string): void {
    if (matchesKey(data, 'escape')) {
      this.#answer(0);
      return;
    }
    if (!this.#open) {
      this.#wait();
      return;
    }
    const { length } = this.#question.choices;
    if (matchesKey(data, 'enter')) this.#answer(this.#chosen);
    else if (matchesKey(data, 'up')) this.#chosen = (this.#chosen + length - 1) % length;
    else if (matchesKey(data, 'down') || matchesKey(data, 'tab')) this.#chosen = (this.#chosen + 1) % length;
    else if (/^[1-9]$/.test(data) && Number(data) <= length) this.#chosen = Number(data) - 1;
    this.#redraw();
  }

  render(width: number): string[] {
    const { bold, cyan, dim, reverse, yellow } = this.#colours;
    const { choices, detail, title } = this.#question;
    const inner = Math.max(10, width - 4);
    const boxed = (text: string): string => `${yellow('│')} ${truncateToWidth(text, width - 2)}`;
    const hint = this.#open
      ? english(say('↑↓ or a digit choose, Enter answers, Esc denies'))
      : english(say('A moment: keys that were meant for something else do not count'));
    return [
      '',
      yellow(`╭${'─'.repeat(Math.max(0, width - 1))}`),
      ...wrapTextWithAnsi(bold(title), inner).map(boxed),
      ...(detail === '' ? [] : ['', ...detail.split('\n').flatMap((line) => wrapped(line, inner))].map(boxed)),
      boxed(''),
      ...choices.map((choice, index) => {
        const line = ` ${index + 1}. ${choice} `;
        if (!this.#open) return boxed(dim(`  ${line}`));
        return boxed(index === this.#chosen ? `${cyan('❯')} ${reverse(line)}` : `  ${line}`);
      }),
      boxed(dim(hint)),
      yellow(`╰${'─'.repeat(Math.max(0, width - 1))}`),
    ];
  }
}

/** Wrapped, never cut: all of the call is on the screen. */
function wrapped(line: string, width: number): readonly string[] {
  return line === '' ? [''] : wrapTextWithAnsi(line, width);
}
