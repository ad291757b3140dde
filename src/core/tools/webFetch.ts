import { z } from 'zod';
import { readWebAddress, type WebAddress } from '../gate/analysis/network';
import type { WebAnswer } from '../ports';
import type { ToolCall, ToolResult } from './call';
import { decodePage } from './decodePage';
import { startOf } from './shortText';
import type { Tool, ToolContext } from './tool';
import { findDestination } from './webDestination';

const schema = z.strictObject({
  url: z.string().min(1).max(4_000).describe('http:// or https:// address.'),
  offset: z.number().int().positive().optional().describe('Character of the text to go on from.'),
});

/** Redirects within one host that are followed. */
const redirectLimit = 5;
/** Bytes of an answer that are read. */
const bodyLimit = 5_000_000;
/** Milliseconds for all of it, redirects included. */
const fetchMs = 30_000;
/** Characters of the answer to a failed request. */
const errorChars = 2_000;

export const webFetch: Tool<z.infer<typeof schema>> = {
  name: 'WebFetch',
  description:
    'Gets a page with a plain GET (no cookies, no login) and gives its readable text as Markdown; also plain text, JSON and PDF. A redirect to another host is not followed: its address is given back, for a call of its own.',
  schema,
  title: ({ url }) => url,
  async run({ call }, context) {
    const deadline = context.clock.monotonic() + fetchMs;
    let url = call.input.url;
    for (let hops = 0; ; hops += 1) {
      const found = await findDestination(url, context.web, context.signal);
      if (!found.ok) return failed(found.reason);
      const timeoutMs = Math.ceil(deadline - context.clock.monotonic());
      const answer =
        timeoutMs <= 0
          ? { ok: false as const, reason: 'it took too long' }
          : await context.web.get(
              { url: found.value.url, ip: found.value.ip, bytes: bodyLimit, timeoutMs },
              context.signal,
            );
      context.signal.throwIfAborted();
      if (!answer.ok) return failed(`${found.value.url} could not be fetched: ${answer.reason}`);
      const { location, status } = answer.value;
      if (status < 300 || status > 399 || location === undefined)
        return present(found.value.url, answer.value, call, context);
      const next = targetOf(location, found.value.url);
      if (next === undefined)
        return failed(
          `${found.value.url} leads on to ${JSON.stringify(startOf(location, 300))}, which is no address of the web.`,
        );
      if (!sameHost(found.value.address, next)) return leadsElsewhere(found.value.url, next);
      if (!context.asHarmless({ ...call, input: { url: next } }, call)) return leadsElsewhere(found.value.url, next);
      if (hops === redirectLimit)
        return failed(`${call.input.url} leads on and on (${redirectLimit + 1} redirects). It was given up.`);
      url = next;
    }
  },
};

function targetOf(location: string, from: string): string | undefined {
  try {
    const url = new URL(location, from);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** The same host over the same protocol, or the same over TLS on its usual port. */
function sameHost(from: WebAddress, next: string): boolean {
  const to = readWebAddress(next);
  if (!to || to.host !== from.host) return false;
  if (to.scheme === from.scheme) return to.port === from.port;
  return from.scheme === 'http' && to.scheme === 'https' && from.port === 80 && to.port === 443;
}

const leadsElsewhere = (from: string, next: string): ToolResult => ({
  text: `${from} leads on to ${JSON.stringify(startOf(next, 4_000))}, which was not followed: it is reviewed by itself. Call WebFetch with that address if the task needs it.`,
  isError: false,
});

const failed = (text: string): ToolResult => ({ text, isError: true });

async function present(
  url: string,
  answer: WebAnswer,
  call: ToolCall<z.infer<typeof schema>>,
  context: ToolContext,
): Promise<ToolResult> {
  const { cut, status } = answer;
  const content = await textOf(url, answer, context);
  context.signal.throwIfAborted();
  if (typeof content === 'string') return failed(`${url} (status ${status}): ${content}`);
  if (status < 200 || status > 299)
    return failed(`${url} answered with status ${status}.\n\n${startOf(content.text, errorChars)}`.trimEnd());
  const { offset = 0 } = call.input;
  if (offset >= content.text.length && offset > 0)
    return failed(`The text of ${url} has ${content.text.length} characters; there is nothing at ${offset}.`);
  const room = context.limits.outputChars - 1_000 - Math.min(url.length, 2_000);
  const page = startOf(content.text.slice(offset), room);
  const end = offset + page.length;
  const notes = [
    content.note,
    cut && `Only its first ${bodyLimit / 1_000_000} MB were read.`,
    end < content.text.length && `Characters ${offset} to ${end} of ${content.text.length}; go on with offset ${end}.`,
  ].filter((note) => typeof note === 'string');
  const head = [
    `${startOf(url, 2_000)}${content.title === '' ? '' : ` — ${startOf(content.title, 300)}`}`,
    ...notes.map((note) => `(${note})`),
  ];
  return { text: `${head.join('\n')}\n\n${page.trim() === '' ? '(no text)' : page}`, isError: false };
}

interface Content {
  readonly title: string;
  readonly text: string;
  readonly note: string | undefined;
}

/** @returns why there is no text in it, as text. */
async function textOf(url: string, answer: WebAnswer, { documents, signal }: ToolContext): Promise<Content | string> {
  const { body, contentType, cut } = answer;
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (body.length === 0) return { title: '', text: '', note: undefined };
  if (type === 'application/pdf' || startsWithPdf(body)) {
    if (cut) return `it is a PDF of more than ${bodyLimit / 1_000_000} MB.`;
    const read = await documents.pdf(body, signal);
    return read.ok
      ? { title: '', text: read.value.pages.join('\n\n'), note: `PDF, ${read.value.total} pages` }
      : read.reason;
  }
  const { text, note } = decodePage(body, contentType);
  if (isHtml(type) || (type === '' && /^\s*<(?:!doctype|html)\b/i.test(text))) {
    const page = await documents.page(text, url, signal);
    return page.ok ? { ...page.value, note } : page.reason;
  }
  if (!isText(type) || text.slice(0, 8_000).includes('\0'))
    return `it is ${type === '' ? 'no text' : startOf(type, 100)} (${body.length} bytes${cut ? ' and more' : ''}), which WebFetch does not show.`;
  return { title: '', text, note };
}

const startsWithPdf = (body: Uint8Array): boolean =>
  [0x25, 0x50, 0x44, 0x46, 0x2d].every((byte, at) => body[at] === byte);
const isHtml = (type: string): boolean => type === 'text/html' || type === 'application/xhtml+xml';
const isText = (type: string): boolean =>
  type === '' ||
  type.startsWith('text/') ||
  /^application\/(?:[\w.+-]*\+)?(?:json|xml|yaml|x-yaml|toml|javascript|ecmascript|x-sh|sql|graphql|ld\+json|jsonlines|x-ndjson)$/.test(
    type,
  );
