import { say } from '../../say';
import type { ToolCall } from '../../tools/call';
import { holdsKey, judgeHost, looksEncoded } from './hosts';
import { findBlemishes } from './hygiene';
import type { Report } from './report';
import { judgeRead } from './scope';
import { clean } from './shell/field';

/** The tools that look at the web by themselves, without a shell. */
export const webTools = new Set(['WebFetch', 'WebSearch']);

/** Characters of a search that are plainly a question. */
const questionLimit = 500;

/** What a web tool's call would do. Its whole input is the effect, so effects carry no span. */
export function judgeWeb(report: Report, call: ToolCall): void {
  const input = typeof call.input === 'object' && call.input !== null ? (call.input as Record<string, unknown>) : {};
  if (call.tool === 'WebFetch') judgeFetch(report, input);
  else judgeSearch(report, input);
}

const fetchKeys = new Set(['url', 'prompt', 'offset']);
const searchKeys = new Set(['query', 'allowed_domains', 'blocked_domains']);

function judgeFetch(report: Report, input: Readonly<Record<string, unknown>>): void {
  const { url } = input;
  if (typeof url !== 'string' || url === '') {
    report.doubt('tool.input', say('the call names no address'));
    return;
  }
  checkKeys(report, input, fetchKeys);
  for (const { rule, reason } of findBlemishes(url)) report.doubt(rule, reason);
  const file = /^file:(?:\/\/(?:localhost)?)?(\/.*)$/i.exec(url)?.[1];
  if (file !== undefined) {
    judgeRead(report, decoded(file), { span: undefined, certainty: 'certain' });
    report.doubt('network.scheme', say('{0} is a file of this machine and no page of the web', url));
    return;
  }
  judgeHost(report, url, {
    method: 'get',
    carried: { ...clean, secret: holdsKey(url) },
    span: undefined,
    certainty: 'certain',
    program: 'WebFetch',
    // The tool judges each address that it is sent on to.
    follows: false,
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function judgeSearch(report: Report, input: Readonly<Record<string, unknown>>): void {
  const { query } = input;
  if (typeof query !== 'string' || query === '') {
    report.doubt('tool.input', say('the call asks nothing'));
    return;
  }
  checkKeys(report, input, searchKeys);
  report.effect('fetch', { type: 'unknown', what: 'a search of the web' }, undefined, 'certain');
  for (const { rule, reason } of findBlemishes(query)) report.doubt(rule, reason);
  if (holdsKey(query)) report.harm('secrets.sent', say('the search holds what looks like a key'));
  const { past } = report.world;
  if (past.secret !== undefined)
    report.doubt(
      'secrets.session',
      say('a secret was read earlier ({0}), so that what goes out is looked at', past.secret),
    );
  if (query.length > questionLimit || looksEncoded(query))
    report.doubt('network.payload', say('the search is longer than a question, or holds encoded data'));
}

function checkKeys(report: Report, input: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): void {
  for (const key of Object.keys(input))
    if (!known.has(key)) report.doubt('tool.input', say('what {0} means to this tool is not known', key));
}
