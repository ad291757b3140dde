import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as z from 'zod/mini';
import { say } from '../../core/say';
import { exitCodes } from '../agent/exitCodes';
import { Unusable } from '../agent/unusable';

const textBlock = z.object({ type: z.literal('text'), text: z.string() });
const line = z.object({
  type: z.literal('user'),
  message: z.object({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(textBlock).check(z.minLength(1))]),
  }),
});

/** The person's messages, one JSON object a line. A line that is none ends the program: what follows may rest on it. */
export async function* readMessages(stdin: Readable): AsyncGenerator<string> {
  let at = 0;
  for await (const text of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    at += 1;
    if (text.trim() === '') continue;
    const parsed = line.safeParse(asJson(text));
    if (!parsed.success)
      throw new Unusable(
        say(
          'standard input, line {0}: it must be {1}',
          at,
          '{"type":"user","message":{"role":"user","content":"…"}}, with a text or a list of text blocks',
        ),
        exitCodes.usage,
      );
    const { content } = parsed.data.message;
    yield typeof content === 'string' ? content : content.map((block) => block.text).join('\n');
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
