import { createInterface, type Interface } from 'node:readline';
import { english, say } from '../../core/say';
import type { World } from '../agent/world';
import type { Block, Footer, Handlers, Surface } from './surface';

/** Milliseconds after a question in which a line is not an answer to it. */
const deafMs = 300;

/**
 * Plain lines, for screen readers, dumb terminals and logs: each thing is said once, in words, when it is known; nothing is
 * redrawn, coloured or animated. Questions are answered by number; an empty line denies.
 */
export function createPlainSurface({ stdin, stdout }: Pick<World, 'stdin' | 'stdout'>): Surface {
  let handlers: Handlers | undefined;
  let lines: Interface | undefined;
  let waiting: ((line: string | undefined) => void) | undefined;
  let told: Footer | undefined;
  let closed = false;
  /** A question is coming: what a person types at this moment is not an answer to it, and no message. */
  let deaf = false;
  /** Said once it is whole: the block that is streamed. */
  let unsaid: { block: Block } | undefined;

  const write = (text: string): unknown => stdout.write(`${text}\n`);
  const prompt = (): void => {
    lines?.prompt(true);
  };

  function finish(): void {
    if (!unsaid) return;
    write(`Agent: ${unsaid.block.type === 'assistant' ? unsaid.block.text.trim() : ''}`);
    unsaid = undefined;
  }

  function tell(block: Block): void {
    switch (block.type) {
      case 'user':
        return;
      case 'assistant':
        return;
      case 'call': {
        const words = { waiting: undefined, running: 'Allowed', done: 'Done', failed: 'Failed' };
        const label = { ...words, refused: 'Not run', stopped: 'Stopped' }[block.state];
        if (label === undefined) return;
        const why = block.state === 'running' || block.state === 'refused' ? block.decision : undefined;
        write(`${label}: ${block.title}${why === undefined ? '' : `. ${why}`}`);
        for (const line of block.output) write(`  ${line}`);
        return;
      }
      case 'notice':
        write(`${block.level === 'info' ? 'Note' : block.level === 'warning' ? 'Warning' : 'Error'}: ${block.text}`);
        return;
      case 'verbatim':
        write(block.text);
    }
  }

  function nextLine(signal: AbortSignal): Promise<string | undefined> {
    if (closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const answer = (line: string | undefined): void => {
        signal.removeEventListener('abort', close);
        waiting = undefined;
        resolve(line);
      };
      const close = (): void => answer(undefined);
      waiting = answer;
      signal.addEventListener('abort', close, { once: true });
    });
  }

  return {
    start(given) {
      handlers = given;
      lines = createInterface({ input: stdin, output: stdout, terminal: stdin.isTTY === true, prompt: '> ' });
      lines.on('line', (line) => {
        if (waiting) waiting(line);
        else if (!deaf) handlers?.submit(line);
      });
      lines.on('SIGINT', () => handlers?.interrupt('ctrl+c'));
      lines.on('close', () => {
        closed = true;
        waiting?.(undefined);
        handlers?.ended();
      });
      prompt();
    },
    async stop() {
      finish();
      handlers = undefined;
      lines?.close();
    },
    add(block) {
      finish();
      if (block.type === 'assistant') {
        const mine = { block: block as Block };
        unsaid = mine;
        return {
          update(next) {
            mine.block = next;
          },
          remove() {
            if (unsaid === mine) unsaid = undefined;
          },
        };
      }
      tell(block);
      let last: Block = block;
      return {
        update(next) {
          const same = next.type === 'call' && last.type === 'call' && next.state === last.state;
          last = next;
          if (!same) tell(next);
        },
        remove() {},
      };
    },
    clear: () => write(''),
    async choose({ choices, detail, title }, signal) {
      finish();
      write(`Question: ${title}`);
      if (detail !== '') write(detail);
      for (const [index, choice] of choices.entries()) write(`${index + 1}. ${choice}`);
      deaf = stdin.isTTY === true;
      if (deaf) await new Promise((wait) => setTimeout(wait, deafMs));
      deaf = false;
      stdout.write(english(say('Type a number and press Enter; an empty line is 1: ')));
      const line = await nextLine(signal);
      const index = /^[1-9]$/.test(line?.trim() ?? '') ? Number(line) - 1 : 0;
      return index < choices.length ? index : 0;
    },
    async askText(title, initial, signal) {
      finish();
      stdout.write(`${title}${initial === '' ? '' : ` [${initial}]`}: `);
      const line = await nextLine(signal);
      return line === '' && initial !== '' ? initial : line;
    },
    footer(next) {
      if (told && (told.mode !== next.mode || told.model !== next.model))
        write(`Mode: ${next.modeLabel}, ${next.model}`);
      if (!told) write(`Mode: ${next.modeLabel}, model: ${next.model}, folder: ${next.folder}`);
      told = next;
    },
    activity(text) {
      if (text !== undefined) return;
      finish();
      prompt();
    },
    hint: write,
    draft: '',
    setDraft() {},
    addHistory() {},
  };
}
