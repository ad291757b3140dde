import { say } from '../../../../../say';
import type { Span } from '../../../../effect';
import type { Reading } from '../reading';
import { constant, known, object, type Value } from '../value';

/** Modules of the runtime by what they are called here. */
const builtins: Readonly<Record<string, string>> = {
  fs: 'fs',
  'fs/promises': 'fs',
  child_process: 'child_process',
  path: 'path',
  'path/posix': 'path',
  'path/win32': 'path',
  os: 'os',
  url: 'url',
  util: 'util',
  'util/types': 'util',
  http: 'http',
  https: 'https',
  http2: 'http2',
  net: 'net',
  tls: 'tls',
  dgram: 'dgram',
  dns: 'dns',
  'dns/promises': 'dns',
  vm: 'vm',
  v8: 'v8',
  worker_threads: 'worker_threads',
  cluster: 'cluster',
  inspector: 'inspector',
  'inspector/promises': 'inspector',
  repl: 'repl',
  wasi: 'wasi',
  module: 'Module',
  process: 'process',
  console: 'console',
  timers: 'timers',
  'timers/promises': 'sleep',
  buffer: 'buffer',
};

/** Modules of the runtime that only calculate or hold objects. */
const plain =
  /^(?:assert(?:\/strict)?|events|stream(?:\/\w+)?|crypto|zlib|querystring|string_decoder|punycode|perf_hooks|async_hooks|readline(?:\/promises)?|tty|test(?:\/reporters)?|constants|diagnostics_channel|domain|sys|trace_events|sqlite|sea|bun:\w+)$/;

/** Libraries that do what modules of the runtime do. */
const libraries: Readonly<Record<string, string>> = {
  'fs-extra': 'fs',
  'graceful-fs': 'fs',
  jsonfile: 'fs',
  'mz/fs': 'fs',
  'mz/child_process': 'child_process',
  'cross-spawn': 'child_process',
  execa: 'execa',
  zx: 'zx',
  'zx/globals': 'zx',
  shelljs: 'shelljs',
  rimraf: 'rimraf',
  del: 'del',
  globby: 'globs',
  glob: 'globs',
  'fast-glob': 'globs',
  tinyglobby: 'globs',
  tmp: 'tmp',
  'tmp-promise': 'tmp',
  tempy: 'tempy',
  bun: 'Bun',
  pathe: 'path',
  upath: 'path',
};

const requesting =
  /^(?:axios|got|node-fetch|cross-fetch|isomorphic-fetch|undici|superagent|needle|ky|ky-universal|request|request-promise(?:-native)?|phin|bent|wretch|ofetch|node-libcurl|make-fetch-happen|centra|urllib|download|download-git-repo|nodegit)$/;
const reaching =
  /^(?:ws|socket\.io-client|sockjs-client|nodemailer|ssh2|ssh2-sftp-client|node-ssh|simple-ssh|basic-ftp|ftp|aws-sdk|@aws-sdk\/.+|googleapis|@google-cloud\/.+|@azure\/.+|pg|pg-promise|postgres|mysql|mysql2(?:\/promise)?|mariadb|mongodb|mongoose|redis|ioredis|tedious|mssql|oracledb|cassandra-driver|neo4j-driver|@elastic\/.+|@opensearch-project\/.+|influx|amqplib|kafkajs|mqtt|nats|bull|bullmq|openai|@anthropic-ai\/.+|stripe|twilio|@sendgrid\/.+|@slack\/.+|slack|@octokit\/.+|octokit|discord\.js|telegraf|node-telegram-bot-api|firebase-admin|firebase(?:\/.+)?|@supabase\/.+|dockerode|@kubernetes\/.+|puppeteer(?:-core|-extra)?|playwright(?:-core)?|@notionhq\/.+|imap|imapflow|telnet-client|snmp-native|modbus-serial|net-snmp|simple-git)$/;
const reachingNative =
  /^(?:ffi-napi|ffi|ref-napi|node-pty|vm2|isolated-vm|keytar|sudo-prompt|node-gyp-build|bindings|koffi|robotjs|node-cmd|shell-exec|safe-eval|static-eval|expr-eval|node-serialize|serialize-to-js|funcster|cryo|eval|require-from-string|import-fresh|decache|jiti|tsx\/.+|esm|proxyquire|rewire|node-windows|edge-js|java|python-shell|npm|open|node-notifier|ps-list|fkill|tree-kill|ps-tree|forever-monitor|pm2|nodemon|concurrently|npm-run-all|dax(?:-sh)?|ejs|pug|jade|nunjucks|eta|dot|lodash\.template|better-sqlite3|crontab)$/;

/** What loading a module gives. */
export function moduleValue(reading: Reading, name: string, span: Span): Value {
  const plainName = name.replace(/^node:/, '');
  const builtin = Object.hasOwn(builtins, plainName) ? builtins[plainName] : undefined;
  if (builtin !== undefined) return known(builtin);
  if (plain.test(plainName) || (name.startsWith('node:') && !/^node:(?:internal|_)/.test(name)))
    return plainName === 'crypto' ? known('crypto') : object(`module ${plainName}`);
  if (/^(?:https?|data|blob):/i.test(name)) {
    reading.doubt('code.dynamic', say('the code loads code from {0}', name.slice(0, 80)), span);
    if (/^https?:/i.test(name)) reading.connect(constant(name), 'get', { secret: false, network: false }, span);
    return object('a downloaded module');
  }
  if (/^(?:npm|jsr):/.test(name))
    reading.doubt('code.unknown-call', say('{0} may be fetched before it runs', name), span);
  if (/\.node$/.test(name)) reading.doubt('code.native', say('{0} is machine code', name), span);
  if (/^(?:internal\/|_http|_tls|_stream_wrap)/.test(plainName))
    reading.doubt('code.native', say('{0} is machine code', name), span);
  if (/^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(name)) {
    const path = name.replace(/^file:\/\//, '');
    reading.module(path === '.' || path === '..' ? `${path}/` : path, span);
    if (path.startsWith('/') || path.startsWith('../../..')) reading.look(constant(path), span);
    return object(`module ${name.slice(0, 60)}`);
  }
  const bare = name.replace(/^npm:(@?[^@]+)@.*$/, '$1').replace(/^npm:/, '');
  if (Object.hasOwn(libraries, bare)) return known(libraries[bare] ?? bare);
  if (requesting.test(bare) || reaching.test(bare)) return known(`lib:${bare}`);
  if (reachingNative.test(bare)) return known(`native:${bare}`);
  reading.module(name, span);
  return object(`module ${name.slice(0, 60)}`);
}

/** Modules that `node -e` has as names without loading them. */
export function builtinNamed(name: string): Value | undefined {
  if (Object.hasOwn(builtins, name) && !/^(?:console|process|module|url|test|timers|repl|buffer)$/.test(name))
    return known(builtins[name] ?? name);
  return undefined;
}

export function isRequesting(name: string): boolean {
  return requesting.test(name);
}
