import { say } from '../../say';
import type { Certainty, Span } from '../effect';
import { builtInHosts } from '../hostEntry';
import { isMetadataHost, readWebAddress, type WebAddress, whereIs } from './network';
import type { Report } from './report';
import { describeField, type Piece, type Taint, taintOf, textPiece } from './shell/field';

/** How and with what somebody goes to an address. */
export interface Errand {
  /** `get` covers everything that only asks: GET, HEAD, OPTIONS. */
  readonly method: 'get' | 'send';
  /** What goes along. */
  readonly carried: Taint;
  readonly span: Span | undefined;
  readonly certainty: Certainty;
  /** Who goes, for messages. */
  readonly program: string;
  /** More goes along than the address: credentials, headers that steer, checks that are switched off. */
  readonly more?: boolean;
  /** Goes on to wherever the answer points, without asking anybody again. */
  readonly follows?: boolean;
}

/** A host that may be asked: all of it, or the paths that fit. */
interface KnownHost {
  readonly host: string;
  readonly path?: RegExp;
}

/**
 * Hosts that serve the official documentation of a language, a tool or a platform, or facts about packages. None of them serves
 * what a stranger puts there under a path of the stranger's choice, save where `path` says what is left out; none shows anybody
 * but its owner what was asked. Add nothing where people publish pages: that is how data leaves (rule R26).
 */
const documentationHosts: readonly KnownHost[] = [
  // Languages and their libraries.
  { host: 'docs.python.org' },
  { host: 'peps.python.org' },
  { host: 'packaging.python.org' },
  { host: 'developer.mozilla.org' },
  { host: 'nodejs.org' },
  { host: 'www.typescriptlang.org' },
  { host: 'typescriptlang.org' },
  { host: 'go.dev' },
  // Asked for any other module, it goes to the server that the path names.
  {
    host: 'pkg.go.dev',
    path: /^\/(?:std|[a-z]+(?:\/[a-z0-9]+){0,4}|golang\.org\/x\/[a-z]+(?:\/[a-z0-9]+){0,4})(?:@[\w.-]+)?$/,
  },
  { host: 'doc.rust-lang.org' },
  { host: 'docs.rs' },
  { host: 'docs.ruby-lang.org' },
  { host: 'www.php.net', path: /^\/manual\// },
  { host: 'docs.oracle.com', path: /^\/(?:en\/)?(?:java|javase|javaee)\// },
  { host: 'en.cppreference.com' },
  { host: 'kotlinlang.org', path: /^\/(?:docs|api)\// },
  { host: 'docs.swift.org' },
  // Platforms and editors. Questions and answers come from anybody.
  { host: 'learn.microsoft.com', path: /^\/(?!(?:[a-z]{2}(?:-[a-z]{2,4})?\/)?(?:answers|users)(?:\/|$))/i },
  { host: 'code.visualstudio.com', path: /^\/(?:docs|api|updates|blogs)(?:\/|$)/ },
  { host: 'kubernetes.io' },
  { host: 'docs.docker.com' },
  { host: 'docs.github.com' },
  { host: 'docs.gitlab.com' },
  { host: 'git-scm.com', path: /^\/(?:docs|book)(?:\/|$)/ },
  { host: 'docs.aws.amazon.com' },
  { host: 'cloud.google.com', path: /^\/[\w-]+(?:\/[\w-]+)*\/docs(?:\/|$)/ },
  { host: 'www.postgresql.org', path: /^\/docs\// },
  { host: 'www.sqlite.org' },
  { host: 'sqlite.org' },
  { host: 'dev.mysql.com', path: /^\/doc\// },
  { host: 'redis.io', path: /^\/(?:docs|commands)(?:\/|$)/ },
  // Frameworks and tools of the project's work.
  { host: 'docs.djangoproject.com' },
  { host: 'docs.pytest.org' },
  { host: 'numpy.org', path: /^\/doc\// },
  { host: 'pandas.pydata.org', path: /^\/(?:pandas-)?docs\// },
  { host: 'react.dev' },
  { host: 'vuejs.org' },
  { host: 'angular.dev' },
  { host: 'svelte.dev', path: /^\/(?:docs|tutorial)(?:\/|$)/ },
  { host: 'nextjs.org', path: /^\/docs(?:\/|$)/ },
  { host: 'vite.dev' },
  { host: 'vitest.dev' },
  { host: 'jestjs.io' },
  { host: 'eslint.org' },
  { host: 'webpack.js.org' },
  { host: 'docs.npmjs.com' },
  { host: 'tailwindcss.com', path: /^\/docs(?:\/|$)/ },
  // What a registry says of a package, never the package.
  {
    host: 'registry.npmjs.org',
    path: /^\/(?:@[a-z0-9][\w.-]{0,80}(?:\/|%2f))?[a-z0-9][\w.-]{0,80}(?:\/(?!-)[\w.-]{1,40})?$/i,
  },
  {
    host: 'pypi.org',
    path: /^\/(?:pypi\/[\w.-]{1,80}(?:\/[\w.-]{1,40})?\/json|simple\/[\w.-]{1,80}\/?|project\/[\w.-]{1,80}(?:\/[\w.-]{1,40})?\/?)$/,
  },
  { host: 'crates.io', path: /^\/(?:api\/v1\/)?crates\/[\w-]{1,80}(?:\/[\w.+-]{1,40})?$/ },
];

/** The hosts of a place, each list worked out once. */
const knownOf = new WeakMap<readonly string[], readonly KnownHost[]>();

function knownHosts(names: readonly string[] | undefined): readonly KnownHost[] {
  if (!names) return documentationHosts;
  const found = knownOf.get(names);
  if (found) return found;
  const known = names.flatMap((name) => (name === builtInHosts ? documentationHosts : [{ host: name }]));
  knownOf.set(names, known);
  return known;
}

/** Ports of this machine behind which something obeys: debuggers, containers, clusters, administration, agents. */
const ruling = new Set([
  // Containers and clusters.
  2375, 2376, 2377, 4243, 2379, 2380, 6443, 8001, 10248, 10249, 10250, 10255, 10256, 10257, 10259, 16443,
  // Debuggers and browsers under control.
  5037, 5005, 5678, 5858, 6000, 9222, 9223, 9229, 9230, 9515, 4444, 41000,
  // Administration: Caddy, Consul, Nomad, Vault, tunnels, message queues, remote management, mail.
  2019, 8500, 4646, 8200, 4040, 4041, 15672, 5985, 5986, 10000, 8125, 1080, 3128,
  // Databases and queues, which do not speak HTTP.
  1433, 1521, 3306, 5432, 5433, 5672, 6379, 6380, 9042, 9092, 11211, 27017, 27018, 33060,
]);

/**
 * The one judgement of a place on the web (rules R26 and R29), for shell programs, the web tools and MCP alike: reports the
 * effect, and a doubt or harm unless going there is in scope.
 * @param to the address with its scheme; what is not known of it only stands in its path or query.
 * @returns where it goes, as far as that can be told.
 */
export function judgeHost(
  report: Report,
  to: string | readonly Piece[],
  errand: Errand,
): 'loopback' | 'known' | 'elsewhere' {
  const known = knownHosts(report.world.place.hosts);
  const pieces = typeof to === 'string' ? [textPiece(to)] : to;
  const shown = describeField({ pieces });
  const { span, certainty, method } = errand;
  const taint = taintOf(pieces);
  const secret = taint.secret || errand.carried.secret;
  const { text, complete } = knownText(pieces);
  const address = readWebAddress(text);
  const settled = address && (complete || /^https?:\/\/[^/?#]*[/?#]/i.test(text));
  report.effect(
    method === 'send' ? 'send' : 'fetch',
    address && settled ? { type: 'host', host: address.host, port: address.port } : { type: 'unknown', what: shown },
    span,
    certainty,
  );
  if (/^https?:[^?#]*(?:\0|%00)/i.test(text))
    report.harm('network.disguised', say('{0} is made to look like another address', shown), span);
  if (!address || !settled) {
    if (isMetadataHost(/^[a-z]+:\/\/(?:[^/@]*@)?\[?([\w.:-]+?)\]?(?::\d+)?(?:[/?#]|$)/i.exec(text)?.[1] ?? ''))
      report.harm('network.metadata', say('{0} gives out the credentials of the machine', shown), span);
    if (secret) report.harm('secrets.sent', say('{0} sends a secret out of the machine', errand.program), span);
    report.doubt('network.address', say('which host {0} stands for cannot be told', shown), span);
    return 'elsewhere';
  }
  const where = whereIs(address.host);
  if (where === 'metadata' || namesMetadata(address))
    report.harm('network.metadata', say('{0} gives out the credentials of the machine', address.host), span);
  judgeSpelling(report, address, known, span);
  if (where === 'loopback') {
    judgeLoopback(report, address, { ...errand, carried: { ...errand.carried, secret } });
    return 'loopback';
  }
  if (secret) report.harm('secrets.sent', say('{0} sends a secret out of the machine', errand.program), span);
  if (where === 'unspecified')
    report.doubt('network.private', say('{0} stands for every address of this machine', address.host), span);
  else if (where === 'private') report.doubt('network.private', say('{0} is in a private network', address.host), span);
  else if (isKnown(address, known) && method === 'get' && address.scheme === 'https' && address.port === 443) {
    judgeKnown(report, address, complete, errand);
    return 'known';
  } else
    report.doubt(
      'network.reach',
      method === 'send'
        ? say('{0} sends something to {1}', errand.program, address.host)
        : say('{0} reaches out to {1}', errand.program, address.host),
      span,
    );
  return 'elsewhere';
}

/** The text up to the first unknown. A pattern that matches no file stands for itself. */
function knownText(pieces: readonly Piece[]): { readonly text: string; readonly complete: boolean } {
  let text = '';
  for (const piece of pieces) {
    if (piece.type === 'unknown') return { text, complete: false };
    // A name of a file that happens to match could be another address: none has a host in it.
    text += piece.type === 'text' ? piece.text : piece.pattern;
  }
  return { text, complete: true };
}

function judgeSpelling(report: Report, address: WebAddress, known: readonly KnownHost[], span: Span | undefined): void {
  if (address.user !== '') {
    const name = address.user.split(':', 1)[0]?.toLowerCase() ?? '';
    if (
      known.some(({ host }) => host === name) ||
      /^(?:www\.)?(?:github|google|microsoft|anthropic|npmjs)\.\w+$/.test(name)
    )
      report.harm('network.disguised', say('{0} is made to look like {1}', address.host, name), span);
    report.doubt('network.user', say('a name or password stands before the host {0}', address.host), span);
  }
  if (address.written !== address.host && !sameSix(address))
    report.doubt('network.spelling', say('{0} is another way to write {1}', address.written, address.host), span);
  if (/(?:^|\.)xn--/.test(address.host))
    report.doubt('network.spelling', say('{0} may look like another name when it is shown', address.host), span);
  if (address.host.endsWith('.')) report.doubt('network.spelling', say('{0} ends in a dot', address.host), span);
}

function sameSix({ host, written }: WebAddress): boolean {
  return host === '::1' && written === '::1';
}

/** An address of a metadata service handed to a server that may go there itself. */
function namesMetadata({ path, query }: WebAddress): boolean {
  return /(?:[/=:@]|%2f|%3d|%40|^)(?:169\.254\.169\.254|metadata\.google\.internal|2852039166|0xa9fea9fe)\b/i.test(
    `${path}?${query}`,
  );
}

function judgeLoopback(report: Report, { port, path, query }: WebAddress, errand: Errand): void {
  const { span, program } = errand;
  if (ruling.has(port) || (port < 1024 && port !== 80 && port !== 443))
    report.doubt('network.port', say('what listens on port {0} may rule over the machine', port), span);
  if (errand.carried.secret)
    report.doubt('secrets.sent', say('{0} hands a secret to a program of this machine', program), span);
  if (namesOther(path, query))
    report.doubt('network.redirect', say('the server may go on to the address that it is given'), span);
  if (errand.method === 'send' && !report.world.past.serves && !report.analysis().serves)
    report.doubt(
      'network.loopback',
      say('no server that this session started is known to listen on port {0}', port),
      span,
    );
}

/** Another address within an address. */
function namesOther(path: string, query: string): boolean {
  return /:\/\/|%3a%2f%2f|=\/\/|=%2f%2f/i.test(`${path}?${query}`) || path.includes('//');
}

function isKnown({ host, path }: WebAddress, known: readonly KnownHost[]): boolean {
  // `..` leads out of a path that is known, however it is written.
  if (/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return false;
  return known.some((each) => each.host === host && (!each.path || each.path.test(path === '' ? '/' : path)));
}

const queryLimit = 200;
const pathLimit = 300;

function judgeKnown(report: Report, address: WebAddress, complete: boolean, errand: Errand): void {
  const { span, program } = errand;
  const { past } = report.world;
  if (past.secret !== undefined)
    report.doubt(
      'secrets.session',
      say('a secret was read earlier ({0}), so that what goes out is looked at', past.secret),
      span,
    );
  if (!complete)
    report.doubt('network.unknown', say('what {0} sends to {1} is not known in full', program, address.host), span);
  if (errand.more)
    report.doubt('network.reach', say('{0} sends more than an address to {1}', program, address.host), span);
  if (namesOther(address.path, address.query) && errand.follows)
    report.doubt('network.redirect', say('the server may go on to the address that it is given'), span);
  if (
    address.query.length > queryLimit ||
    address.path.length > pathLimit ||
    looksEncoded(address.path) ||
    looksEncoded(address.query)
  )
    report.doubt('network.payload', say('the address {0} may carry data', address.host), span);
}

/** Whether a text holds what nobody writes by hand: base 64, hexadecimal, a run of escapes. */
export function looksEncoded(text: string): boolean {
  if (/(?:%[0-9a-f]{2}[^%]?){12}/i.test(text)) return true;
  for (const [run] of text.matchAll(/[A-Za-z0-9+]{20,}/g)) {
    if (/^[0-9a-f]{24,}$/i.test(run)) return true;
    if (/^[A-Z2-7]{24,}$/.test(run)) return true;
    const digits = run.replace(/\D/g, '').length;
    if (digits >= 2 && /[a-z]/.test(run) && /[A-Z]/.test(run)) return true;
    if (run.length > 60) return true;
    // Camel case has a capital in every few letters, encoded text has them side by side.
    if ((run.match(/[A-Z]{2}[a-z][A-Z]|[a-z][A-Z][a-z][A-Z]/g)?.length ?? 0) >= 2) return true;
  }
  return false;
}

/** Shapes of keys and tokens that services give out, and private keys. */
const keys =
  /(?<![A-Za-z0-9])(?:sk-[A-Za-z0-9_-]{16,}|[spr]k_(?:live|test)_\w{10,}|gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|pypi-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|npm_[A-Za-z0-9]{30,}|hf_[A-Za-z0-9]{30,}|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|eyJ[\w-]{10,}\.[\w-]{5,})|-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/;

export function holdsKey(text: string): boolean {
  return keys.test(text);
}
