import type { Readable } from 'node:stream';
import { say } from '../../core/say';
import { exitCodes } from '../agent/exitCodes';
import { Unusable } from '../agent/unusable';

/** Characters of piped input; more does not fit into any model's context. */
const longest = 4_000_000;
/** Milliseconds to wait for the first byte where a prompt was given: many callers leave a pipe open and write nothing. */
const patience = 1_000;

/**
 * What the agent is told. A prompt alone, standard input alone, or both: then what was piped in stands below the prompt in a
 * fence, so that it is not taken for the person's words.
 */
export async function readPrompt(prompt: string | undefined, stdin: Readable & { isTTY?: boolean }): Promise<string> {
  if (stdin.isTTY) {
    if (prompt === undefined || prompt.trim() === '') throw nothingToDo();
    return prompt;
  }
  const piped = await readAll(stdin, prompt === undefined ? undefined : patience);
  if (prompt === undefined || prompt.trim() === '') {
    if (piped.trim() === '') throw nothingToDo();
    return piped;
  }
  if (piped.trim() === '') return prompt;
  return `${prompt}\n\nStandard input:\n${fenced(piped)}`;
}

const nothingToDo = (): Unusable =>
  new Unusable(say('there is nothing to do; give a prompt, or pipe one in'), exitCodes.usage);

function fenced(text: string): string {
  const longestRun = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** @param waitMs for the first chunk; undefined: as long as it takes. */
function readAll(stdin: Readable, waitMs: number | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const decoder = new TextDecoder();
    const end = (): void => {
      clearTimeout(timer);
      stdin.off('data', take).off('end', end).off('error', end);
      stdin.pause();
      resolve(text + decoder.decode());
    };
    const take = (chunk: Buffer | string): void => {
      clearTimeout(timer);
      text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
      if (text.length <= longest) return;
      stdin.destroy();
      reject(new Unusable(say('standard input is longer than {0} characters', longest), exitCodes.usage));
    };
    const timer = waitMs === undefined ? undefined : setTimeout(end, waitMs);
    stdin.on('data', take).once('end', end).once('error', end);
  });
}
