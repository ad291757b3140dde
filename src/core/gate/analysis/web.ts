import { say } from '../../say';
import type { ToolCall } from '../../tools/call';
import { judgeAddress } from './hosts';
import type { Report } from './report';

/** The tools that reach the web by themselves. */
export const webTools = new Set(['WebFetch', 'WebSearch']);

/** Characters of a question to a search engine; more could carry something away. */
const queryLimit = 500;
/** What looks like a key or a token: long and without words. */
const keyLike = /[A-Za-z0-9+/=_-]{32,}|-----BEGIN/;

export function judgeWeb(report: Report, { tool, input }: ToolCall): void {
  const { url, query } = (typeof input === 'object' && input !== null ? input : {}) as Readonly<
    Record<string, unknown>
  >;
  const from = {
    program: tool,
    span: undefined,
    certainty: 'certain',
    method: 'get',
    secret: false,
    unknown: false,
  } as const;
  report.beyondLooking();
  if (tool === 'WebFetch') {
    if (typeof url !== 'string' || url === '') report.doubt('tool.input', say('the call names no address'));
    else if (!/^https?:\/\//i.test(url)) report.doubt('network.address', say('{0} is no web address', url));
    else judgeAddress(report, url, from);
    return;
  }
  if (typeof query !== 'string' || query.trim() === '') {
    report.doubt('tool.input', say('the call asks nothing'));
    return;
  }
  report.effect('fetch', { type: 'unknown', what: 'a search engine' }, undefined, 'certain');
  const { past } = report.world;
  if (past.secret !== undefined)
    report.doubt(
      'secrets.session',
      say('a secret was read earlier ({0}), so that what goes out is looked at', past.secret),
    );
  else if (query.length > queryLimit || keyLike.test(query))
    report.doubt('network.query', say('the question could carry data to {0}', 'a search engine'));
}
