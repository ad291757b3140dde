import { say } from '../../../../../say';
import { whereIs } from '../../../network';
import type { Invocation } from '../../command';
import { constantOf, type Field } from '../../field';
import { type OptionTable, type ReadOption, readOptions, tablesWithout } from '../../options';
import { type Context, type Shell, someFlow } from '../../shell';
import { writeEach } from '../../touch';
import type { Family } from '../family';
import { doubtOption } from '../looks';
import { givenTaint } from '../network/sent';
import { judgeSql, type SqlEffect } from './sql';

/** The client of a database server. */
interface Client {
  readonly programs: readonly string[];
  readonly options: OptionTable;
  /** Options that name the server. */
  readonly host: string;
  /** Options that hold statements. */
  readonly statement: string;
  /** Works out what a statement does. */
  readonly judge: (text: string) => SqlEffect;
  /** Operands are words of one statement: `redis-cli get x`. */
  readonly words?: boolean;
  /** It only reads, whatever it is given: a dump. */
  readonly reads?: boolean;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

function client(data: Client): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge(shell, invocation, state, context) {
      const { args, span, program } = invocation;
      if (args.length === 1 && /^(?:--version|--help|-V|-\?)$/.test(constantOf(args[0] as Field) ?? ''))
        return someFlow;
      const read = readOptions(args, data.options, { longWithOneDash: false, stopAtOperand: data.words === true });
      if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
      for (const { kind, value } of read.options)
        if (kind === 'writes' && value) writeEach(shell, [value], state, context, 'replace');
      judgeServer(shell, data, invocation, read.options, data.words ? [] : read.operands, context);
      if (givenTaint({ ...invocation }, { ...context, stdin: someFlow }).secret)
        shell.doubt('secrets.sent', say('{0} hands a secret to a database', program), span);
      const names = data.statement.split(' ');
      const statements: readonly (string | undefined)[] = [
        ...read.options.flatMap(({ name, value }) => (names.includes(name) && value ? [constantOf(value)] : [])),
        ...(data.words && read.operands.length > 0
          ? [
              read.operands.every((field) => constantOf(field) !== undefined)
                ? read.operands.map(constantOf).join(' ')
                : undefined,
            ]
          : []),
      ];
      const all = statements.length === 0 && context.stdin.present ? [context.stdin.text] : statements;
      if (!data.reads)
        for (const text of all) judgeEffect(shell, text === undefined ? 'unknown' : data.judge(text), invocation);
      return { ...someFlow, network: false };
    },
    without: () =>
      tablesWithout(data.options).map(({ entry, table }) => ({ entry, family: client({ ...data, options: table }) })),
  };
}

function judgeEffect(shell: Shell, effect: SqlEffect, { span }: Invocation): void {
  if (effect === 'reads') return;
  shell.report.effect('remote', { type: 'unknown', what: 'a database' }, span, 'certain');
  if (effect === 'destroys') shell.doubt('remote.destroys', say('the statements lose data of a database'), span);
  else if (effect === 'writes') shell.doubt('remote.changes', say('the statements change a database'), span);
  else shell.doubt('command.unknown', say('what the statements do is not known here'), span);
}

/** Only a server of this machine is in scope, by name, by address, by its socket, or when none is named. */
function judgeServer(
  shell: Shell,
  { host }: Client,
  { span }: Invocation,
  options: readonly ReadOption[],
  operands: readonly Field[],
  context: Context,
): void {
  const names = host.split(' ');
  const servers = options.flatMap(({ name, value }) =>
    names.includes(name) && value && (!/^--?d/.test(name) || isAddress(value)) ? [value] : [],
  );
  const addresses = operands.filter(isAddress);
  const named = [...servers, ...addresses];
  for (const field of named) {
    const server = serverOf(constantOf(field));
    shell.report.effect(
      'fetch',
      server === undefined ? { type: 'unknown', what: 'a database' } : { type: 'host', host: server, port: undefined },
      field.span,
      context.certainty,
    );
    if (server === undefined || !isHere(server))
      shell.doubt('network.reach', say('{0} is not known to be a database of this machine', server ?? '?'), field.span);
  }
  if (named.length === 0)
    shell.report.effect('fetch', { type: 'host', host: 'localhost', port: undefined }, span, context.certainty);
}

function isAddress(field: Field): boolean {
  return /:\/\/|=/.test(constantOf(field) ?? '://');
}

function serverOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const settings = /(?:^|\s)host(?:addr)?\s*=\s*'?([^\s']*)/.exec(text);
  if (settings) return /(?:host(?:addr)?\s*=.*){2}|service\s*=/s.test(text) ? undefined : settings[1];
  const address = /^[a-z][\w+.-]*:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#,]*)(?::\d+)?(?:[/?#](.*))?$/i.exec(text);
  // Settings behind the address can name another server.
  if (address)
    return /host|service/i.test(address[2] ?? '')
      ? undefined
      : (address[1] ?? '').replace(/^\[|\]$/g, '') || 'localhost';
  if (text.includes('=')) return /service\s*=/.test(text) ? undefined : 'localhost';
  return text.includes(',') ? undefined : text;
}

function isHere(server: string): boolean {
  return server === '' || server.startsWith('/') || whereIs(server) === 'loopback';
}

/** Commands of psql that list things; the others run programs, read and write files, or connect elsewhere. */
const psqlLists =
  /^\\(?:d[a-zA-Z]{0,3}[S+]{0,2}|l\+?|z|conninfo|encoding|x|t|a|timing|sf\+?|sv\+?)(?:\s+[\w.*"$]+)?\s*;?\s*$/;

function judgePsql(text: string): SqlEffect {
  return text.trimStart().startsWith('\\') ? (psqlLists.test(text.trim()) ? 'reads' : 'unknown') : judgeSql(text);
}

/** `\G` ends a statement of mysql and shows what it finds upright. */
function judgeMysql(text: string): SqlEffect {
  return judgeSql(text.replace(/\\[gG]\s*$/, ';'));
}

const redisReads =
  /^(?:get|mget|getrange|strlen|exists|ttl|pttl|type|keys|scan|hget|hgetall|hkeys|hvals|hlen|hmget|hexists|hscan|lrange|llen|lindex|smembers|scard|sismember|sscan|zrange|zrevrange|zcard|zscore|zrank|zcount|zscan|xlen|xrange|xrevrange|dbsize|ping|time|echo|info|memory usage|object encoding|cluster info|cluster nodes|client list|slowlog get|command count|lastsave|randomkey|dump)(?:\s|$)/i;

function judgeRedis(text: string): SqlEffect {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.every((line) => redisReads.test(line.trim()))) return 'reads';
  if (lines.some((line) => /^\s*(?:flushall|flushdb|shutdown|debug|script\s+flush)\b/i.test(line))) return 'destroys';
  return lines.every((line) =>
    /^\s*(?:set|del|expire|incr|decr|hset|lpush|rpush|sadd|zadd|unlink|rename)\b/i.test(line),
  )
    ? 'writes'
    : 'unknown';
}

export const clients: readonly Family[] = [
  client({
    programs: ['psql'],
    host: '-h --host -d --dbname',
    statement: '-c --command',
    judge: judgePsql,
    options: {
      flag: '-1 -A -E -H -S -W -X -a -b -e -l -n -q -s -t -w -x -z --csv --echo-all --expanded --html --list --no-align --no-password --no-psqlrc --password --quiet --single-transaction --tuples-only',
      value: '-F -P -R -T -U -c -d -h -p --command --dbname --field-separator --host --port --pset --username',
    },
    match: [
      'psql -c "select count(*) from users" app',
      'psql -1 -A -E -H -S -W -X -a -b -e -n -q -s -t -w -x -z -F , -P pager=off -R x -T x -U me -d app -h localhost -p 5432 -c "\\dt"',
      'psql -l; psql --list',
      'psql --csv --echo-all --expanded --html --no-align --no-password --no-psqlrc --password --quiet --single-transaction --tuples-only --command "select 1" --dbname app --field-separator , --host 127.0.0.1 --port 5432 --pset x=y --username me',
      'psql postgresql://me:x@localhost:5432/app -c "\\d users"',
      'psql "host=localhost dbname=app" -c "select 1"',
      'psql app <<< "select now();"',
    ],
    notMatch: [
      'psql -h db.example.com -c "select 1"',
      'psql postgresql://me:x@db.example.com/app -c "select 1"',
      'psql "postgresql:///app?host=db.example.com" -c "select 1"',
      'psql -c "drop table users"',
      'psql -c "insert into t values (1)"',
      'psql -c "select 1; delete from users"',
      'psql -c "copy t to program \'sh\'"',
      'psql -c "select pg_read_file(\'/etc/passwd\')"',
      'psql -c "\\! ls"',
      'psql -c "\\copy t to \'/tmp/x\'"',
      'psql -f x.sql',
      'psql -o /tmp/x -c "select 1"',
      'psql -v x=1 app',
      'psql app < x.sql',
      'psql "$DATABASE_URL" -c "select 1"',
      'psql --host=10.0.0.5 -c "select 1"',
      'psql -d service=prod -c "select 1"',
    ],
  }),
  client({
    programs: ['mysql', 'mariadb'],
    host: '-h --host',
    statement: '-e --execute',
    judge: judgeMysql,
    options: {
      flag: '-A -B -C -E -H -N -X -f -n -q -r -s -t -v -w --batch --column-names --html --no-auto-rehash --raw --silent --skip-column-names --table --verbose --vertical',
      value: '-D -P -S -e -h -u --database --default-character-set --execute --host --port --protocol --socket --user',
      optional: '-p --password',
    },
    match: [
      'mysql -u root -psecret app -e "select * from users limit 5"',
      'mysql -A -B -C -E -H -N -X -f -n -q -r -s -t -v -w -D app -P 3306 -S /run/mysqld/mysqld.sock -h 127.0.0.1 -u me -p -e "show tables"',
      'mariadb --batch --column-names --html --no-auto-rehash --raw --silent --skip-column-names --table --verbose --vertical --database app --default-character-set utf8 --execute "describe users" --host localhost --port 3306 --protocol tcp --socket x --user me --password=x',
      'mysql -e "select 1\\G" app',
    ],
    notMatch: [
      'mysql -h db.example.com -e "select 1"',
      'mysql -e "drop database app"',
      'mysql -e "select * from t into outfile \'/tmp/x\'"',
      'mysql -e "select load_file(\'/etc/passwd\')"',
      'mysql -e "\\! ls"',
      'mysql -e "system ls"',
      'mysql -e "select 1 /*!50000 into outfile \'x\' */"',
      'mysql --defaults-file=x -e "select 1"',
      'mysql app < x.sql',
      'mysql --init-command="drop table t" -e "select 1"',
    ],
  }),
  client({
    programs: ['redis-cli', 'valkey-cli', 'keydb-cli'],
    host: '-h -u',
    statement: '',
    judge: judgeRedis,
    words: true,
    options: {
      flag: '-3 -c --bigkeys --csv --json --no-auth-warning --no-raw --raw --scan --stat',
      value: '-a -h -n -p -r -s -u --count --pattern --user --pass',
    },
    match: [
      'redis-cli ping',
      'redis-cli -3 -c --csv --json --no-auth-warning --no-raw --raw -a x -h 127.0.0.1 -n 1 -p 6379 -r 1 -u redis://localhost:6379 --user x --pass x get a',
      'redis-cli --scan --pattern "a:*" --count 5',
      'redis-cli --bigkeys; redis-cli --stat; redis-cli -s /run/redis.sock info',
      'redis-cli hgetall user:1',
    ],
    notMatch: [
      'redis-cli flushall',
      'redis-cli -h cache.example.com get a',
      'redis-cli set a b',
      'redis-cli config set dir /x',
      'redis-cli --eval x.lua',
      'redis-cli --rdb x',
      'redis-cli eval "return 1" 0',
      'redis-cli < commands.txt',
      'redis-cli -u redis://cache.example.com:6379 get a',
    ],
  }),
  client({
    programs: ['pg_dump', 'pg_dumpall', 'mysqldump', 'mariadb-dump'],
    host: '-h --host -d --dbname',
    statement: '',
    judge: () => 'reads',
    reads: true,
    options: {
      flag: '-C -O -a -c -s -v -w -x --clean --column-inserts --create --data-only --if-exists --inserts --no-acl --no-data --no-owner --no-privileges --quick --routines --schema-only --single-transaction --skip-comments --triggers --verbose',
      value:
        '-F -N -P -S -T -U -Z -d -h -n -p -t -u --compress --dbname --exclude-table --format --host --port --schema --table --user --username',
      writes: '-f -r --file --result-file',
    },
    match: [
      'pg_dump -C -O -a -c -s -v -w -x -F c -N x -T x -U me -Z 9 -d app -h localhost -n x -p 5432 -t x -f out/dump.sql',
      'pg_dump --clean --column-inserts --create --data-only --if-exists --inserts --no-acl --no-owner --no-privileges --schema-only --verbose --compress 9 --dbname app --exclude-table x --format c --host localhost --port 5432 --schema x --table x --username me --file out/dump.sql',
      'mysqldump --no-data --quick --routines --single-transaction --skip-comments --triggers -P 3306 -S x -u me --user me --result-file=out/x.sql app',
      'mysqldump -r out/x.sql app',
    ],
    notMatch: [
      'pg_dump -h db.example.com app',
      'pg_dump -f /srv/x.sql app',
      'mysqldump --tab=/tmp/x app',
      'pg_dumpall -h db.example.com',
    ],
  }),
];
