import { say } from '../../say';
import type { Certainty, Span } from '../effect';
import { isMetadataHost } from './network';
import type { Report } from './report';

/** How a destination is used. */
export interface Reaching {
  readonly program: string;
  readonly span: Span | undefined;
  readonly certainty: Certainty;
  /** `get` asks for something; `send` carries data along or changes something there. */
  readonly method: 'get' | 'send';
  /** Something secret goes along. */
  readonly secret: boolean;
  /** Part of the address, or of what is sent, is not known. */
  readonly unknown: boolean;
  /** It goes wherever the other end sends it. */
  readonly follows?: boolean;
}

/**
 * Hosts that serve official documentation and nothing that strangers put there (rule R26: whole hosts where anyone can publish are
 * no documentation). GET over https only, and only while the session holds no secret.
 */
const documentation = new Set([
  'docs.python.org',
  'peps.python.org',
  'packaging.python.org',
  'docs.djangoproject.com',
  'numpy.org',
  'pandas.pydata.org',
  'docs.pytest.org',
  'developer.mozilla.org',
  'nodejs.org',
  'www.typescriptlang.org',
  'react.dev',
  'vuejs.org',
  'nextjs.org',
  'docs.npmjs.com',
  'doc.rust-lang.org',
  'docs.rs',
  'go.dev',
  'pkg.go.dev',
  'docs.oracle.com',
  'kotlinlang.org',
  'docs.ruby-lang.org',
  'www.php.net',
  'learn.microsoft.com',
  'code.visualstudio.com',
  'docs.github.com',
  'docs.gitlab.com',
  'git-scm.com',
  'docs.docker.com',
  'kubernetes.io',
  'docs.aws.amazon.com',
  'cloud.google.com',
  'www.postgresql.org',
  'sqlite.org',
  'www.sqlite.org',
  'redis.io',
  'docs.anthropic.com',
  'www.w3.org',
  'datatracker.ietf.org',
  'www.rfc-editor.org',
  'man7.org',
  'www.gnu.org',
]);

/** Ports where asking is enough to do harm: Docker, debuggers, Kubernetes, editors and agents, administration (rule R29). */
const dangerousPorts = new Set([
  22, 23, 25, 111, 135, 139, 445, 2375, 2376, 2379, 2380, 4243, 5858, 5037, 6443, 6666, 7000, 8001, 8472, 9222, 9229,
  9230, 10250, 10255, 27017, 6379, 11211, 3306, 5432,
]);

/** Characters of a query that may ask; more could carry something away. */
const queryLimit = 200;

/** Whether a host is this machine: names and addresses in any notation, as the URL parser canonicalises them. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|[\w-]+\.localhost|127(?:\.\d{1,3}){3}|::1|::ffff:7f\w\w:\w+)$/i.test(host.replace(/\.$/, ''));
}

function isPrivate(host: string): boolean {
  return (
    /^(?:0\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(host) ||
    /^(?:::|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(host) ||
    /\.(?:local|internal|lan|corp|home|intranet)$/i.test(host) ||
    !host.includes('.')
  );
}

/**
 * Judges a place on the network (rules R26 to R29) and reports the effect.
 * @param address a URL, or a host with or without a port; the known part of it where not all is known.
 */
export function judgeAddress(report: Report, address: string, reaching: Reaching): void {
  const { program, span, certainty, method } = reaching;
  const url = parseAddress(address);
  if (!url) {
    report.effect(method === 'send' ? 'send' : 'fetch', { type: 'unknown', what: address }, span, certainty);
    if (reaching.secret) report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
    report.doubt('network.reach', say('where {0} reaches is not known', program), span);
    return;
  }
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port === '' ? undefined : Number(url.port);
  report.effect(method === 'send' ? 'send' : 'fetch', { type: 'host', host, port }, span, certainty);
  if (isMetadataHost(host)) {
    report.harm('network.metadata', say('{0} gives out the credentials of the machine', host), span);
    return;
  }
  const here = isLoopback(host);
  if (reaching.secret && !here) {
    report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
    return;
  }
  if (url.username !== '' || url.password !== '')
    report.doubt('network.credentials', say('the address carries a name or a password'), span);
  if (reaching.unknown && !here) {
    report.doubt('network.unknown', say('what {0} sends to {1} is not known in full', program, host), span);
    return;
  }
  if (here) judgeLoopback(report, url, port, reaching);
  else judgeElsewhere(report, url, host, reaching);
}

function judgeLoopback(
  report: Report,
  url: URL,
  port: number | undefined,
  { program, span, method, secret, unknown }: Reaching,
): void {
  const { past } = report.world;
  if (port !== undefined && dangerousPorts.has(port))
    report.doubt(
      'network.loopback',
      say('port {0} of this machine may be a debugger, a daemon or a database', port),
      span,
    );
  else if (
    /^\/(?:v\d+\.\d+\/|v\d+\/)?(?:containers|images|exec|api\/v1|json\/version|devtools|debug\/|shutdown|admin|actuator)/.test(
      url.pathname,
    )
  )
    report.doubt('network.loopback', say('{0} of this machine may administer something', url.pathname), span);
  else if (method === 'send' && !past.serves)
    report.doubt(
      'network.loopback',
      say('{0} sends something to a server that this session did not start', program),
      span,
    );
  else if (secret || (unknown && method === 'send'))
    report.doubt('network.loopback', say('what {0} sends to this machine may be secret', program), span);
}

function judgeElsewhere(report: Report, url: URL, host: string, { program, span, method, follows }: Reaching): void {
  const { past } = report.world;
  if (isPrivate(host)) {
    report.doubt('network.private', say('{0} is an address of a private network', host), span);
    return;
  }
  const known = documentation.has(host) && url.protocol === 'https:' && (url.port === '' || url.port === '443');
  if (!known || method === 'send' || follows) {
    report.doubt('network.reach', say('{0} reaches out to {1}', program, host), span);
    return;
  }
  if (past.secret !== undefined)
    report.doubt(
      'secrets.session',
      say('a secret was read earlier ({0}), so that what goes out is looked at', past.secret),
      span,
    );
  else if (url.search.length > queryLimit || carriesData(url))
    report.doubt('network.query', say('the address could carry data to {0}', host), span);
}

/** Long runs of letters and digits without words in them are data, not a question. */
function carriesData(url: URL): boolean {
  return /[A-Za-z0-9+/=_-]{48,}/.test(
    decodeURIComponentSafely(url.pathname + url.search)
      .replaceAll('/', ' ')
      .replaceAll('-', ' '),
  );
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads an address as a browser would (WHATWG), so that check and connection agree; undefined where it is none. */
export function parseAddress(address: string): URL | undefined {
  // A NUL or a blank is where two parsers part.
  if (/[\0-\x20\x7f\\]/.test(address)) return undefined;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  try {
    const url = new URL(text);
    return /^(?:https?|wss?|ftp):$/.test(url.protocol) && url.hostname !== '' ? url : undefined;
  } catch {
    return undefined;
  }
}
