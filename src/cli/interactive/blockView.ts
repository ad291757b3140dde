import {
  type Component,
  Markdown,
  type MarkdownTheme,
  truncateToWidth,
  wrapTextWithAnsi,
} from '@earendil-works/pi-tui';
import { assertNever } from '../../core/assertNever';
import type { Colours, Style } from './colours';
import type { Block, CallState } from './surface';

/** Draws one block. Lines are kept until the block or the width changes. */
export class BlockView implements Component {
  readonly #colours: Colours;
  #block: Block;
  #markdown: Markdown | undefined;
  #kept: { readonly width: number; readonly lines: string[] } | undefined;

  constructor(block: Block, colours: Colours) {
    this.#colours = colours;
    this.#block = block;
  }

  update(block: Block): void {
    this.#block = block;
    this.#kept = undefined;
    if (block.type === 'assistant') this.#markdown?.setText(block.text);
  }

  invalidate(): void {
    this.#kept = undefined;
    this.#markdown?.invalidate();
  }

  render(width: number): string[] {
    if (this.#kept?.width !== width) this.#kept = { width, lines: this.#draw(width) };
    return this.#kept.lines;
  }

  #draw(width: number): string[] {
    const block = this.#block;
    const { bold, cyan, dim } = this.#colours;
    switch (block.type) {
      case 'user':
        return ['', ...hanging(bold(block.text), cyan('❯ '), '  ', width)];
      case 'assistant':
        this.#markdown ??= new Markdown(block.text, 0, 0, markdownTheme(this.#colours), undefined, {
          renderLatex: false,
        });
        return ['', ...this.#markdown.render(width)];
      case 'call':
        return ['', ...this.#call(block, width)];
      case 'notice': {
        const [mark, style] = this.#level(block.level);
        return ['', ...hanging(style(block.text), style(`${mark} `), '  ', width)];
      }
      case 'verbatim':
        return ['', ...block.text.split('\n').flatMap((line) => hanging(line, dim('│ '), dim('│ '), width))];
      default:
        return assertNever(block);
    }
  }

  #call({ decision, output, state, title }: Extract<Block, { type: 'call' }>, width: number): string[] {
    const { bold, dim } = this.#colours;
    const [mark, style] = this.#state(state);
    return [
      ...hanging(bold(title), style(`${mark} `), '  ', width),
      ...(decision === undefined
        ? []
        : hanging(state === 'refused' ? style(decision) : dim(decision), '  ', '  ', width)),
      ...output.map((line) => truncateToWidth(dim(`  ┆ ${line}`), width)),
    ];
  }

  #state(state: CallState): readonly [string, Style] {
    const { cyan, dim, green, red, yellow } = this.#colours;
    switch (state) {
      case 'waiting':
        return ['○', dim];
      case 'running':
        return ['◌', cyan];
      case 'done':
        return ['●', green];
      case 'failed':
        return ['✗', red];
      case 'refused':
        return ['⊘', yellow];
      case 'stopped':
        return ['■', dim];
      default:
        return assertNever(state);
    }
  }

  #level(level: 'info' | 'warning' | 'error'): readonly [string, Style] {
    const { dim, red, yellow } = this.#colours;
    return level === 'info' ? ['·', dim] : level === 'warning' ? ['!', yellow] : ['✗', red];
  }
}

/** Wrapped below its first word. */
function hanging(text: string, first: string, rest: string, width: number): string[] {
  return text
    .split('\n')
    .flatMap((line) => wrapTextWithAnsi(line, Math.max(4, width - 2)))
    .map((line, index) => (index === 0 ? first : rest) + line);
}

export function markdownTheme({ blue, bold, cyan, dim, italic, strike, underline }: Colours): MarkdownTheme {
  return {
    ...{ heading: (text) => bold(cyan(text)), link: blue, linkUrl: dim, code: cyan, codeBlock: (text) => text },
    ...{ codeBlockBorder: dim, quote: italic, quoteBorder: dim, hr: dim, listBullet: cyan },
    ...{ bold, italic, strikethrough: strike, underline },
  };
}
