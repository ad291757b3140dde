import { say } from '../../../../../say';
import { type Guard, guarded } from '../containers/guarded';
import { asks, type Doing, listens, makes, runs } from '../doings';
import type { Family } from '../family';
import { reaches } from '../network/reaching';
import { tool } from '../tool';

const schema = runs(['javascript'], 'package.json', 'prisma/schema.prisma', 'prisma.config.ts');
const database = asks('the database of the project');

const changes = (commands: string): Guard => ({
  commands,
  kind: 'remote',
  rule: 'remote.changes',
  reason: say('it changes a database'),
});

/** Programs that look at a database or change it by the project's own files. */
export const others: readonly Family[] = [
  guarded(
    {
      programs: ['prisma'],
      match: [
        'prisma generate --no-engine --no-hints --generator client',
        'prisma validate',
        'prisma format --check',
        'prisma version',
        'prisma migrate status',
        'prisma studio --port 5555 --browser none',
      ],
      notMatch: [
        'prisma migrate reset',
        'prisma migrate deploy',
        'prisma migrate dev',
        'prisma db push',
        'prisma db execute --stdin',
        'prisma db pull --print',
        'prisma generate --schema /srv/x.prisma',
      ],
      commands: {
        generate: {
          options: { flag: '--no-engine --no-hints', value: '--generator' },
          does: [schema, makes('node_modules')],
        },
        'validate version': { does: [schema] },
        format: { options: { flag: '--check' }, does: [schema, makes('prisma')] },
        migrate: { commands: { status: { does: [schema, database] } } },
        studio: { options: { value: '--port --browser' }, does: [schema, listens] },
      },
    },
    [changes('migrate reset,migrate deploy,migrate dev,migrate resolve,db')],
  ),
  guarded(
    {
      programs: ['drizzle-kit'],
      match: ['drizzle-kit generate --name x', 'drizzle-kit check'],
      notMatch: [
        'drizzle-kit push',
        'drizzle-kit migrate',
        'drizzle-kit drop',
        'drizzle-kit studio',
        'drizzle-kit generate --config /srv/x.ts',
      ],
      commands: {
        generate: { options: { value: '--name' }, does: [runs(['javascript'], 'drizzle.config.ts'), makes('.')] },
        check: { does: [runs(['javascript'], 'drizzle.config.ts')] },
      },
    },
    [changes('push,migrate,drop')],
  ),
  guarded(
    {
      programs: ['alembic'],
      match: [
        'alembic current -v --verbose',
        'alembic history',
        'alembic heads',
        'alembic branches',
        'alembic show head',
        'alembic check',
        'alembic revision --autogenerate -m x --message y',
      ],
      notMatch: [
        'alembic upgrade head',
        'alembic downgrade -1',
        'alembic stamp head',
        'alembic -c /srv/x.ini current',
        'alembic revision --sql',
      ],
      commands: {
        'current history heads branches show check': {
          options: { flag: '-v --verbose' },
          does: [runs(['python'], 'alembic.ini', 'alembic/env.py'), database],
        },
        revision: {
          options: { flag: '--autogenerate', value: '-m --message' },
          does: [runs(['python'], 'alembic.ini', 'alembic/env.py'), makes('.')],
        },
      },
    },
    [changes('upgrade,downgrade,stamp')],
  ),
  guarded(
    {
      programs: ['knex', 'sequelize', 'sequelize-cli', 'typeorm', 'mikro-orm'],
      match: ['knex migrate:list', 'knex migrate:status', 'sequelize db:migrate:status', 'typeorm migration:show'],
      notMatch: [
        'knex migrate:latest',
        'sequelize db:migrate',
        'sequelize db:drop',
        'typeorm migration:run',
        'typeorm schema:drop',
        'knex seed:run',
      ],
      commands: {
        'migrate:list migrate:status db:migrate:status migration:show': {
          does: [runs(['javascript'], 'package.json'), database],
        },
      },
    },
    [
      changes(
        'migrate:latest,migrate:up,migrate:down,migrate:rollback,seed:run,db:migrate,db:migrate:undo,db:migrate:undo:all,db:seed,db:seed:all,db:create,migration:run,migration:revert',
      ),
      {
        commands: 'db:drop,schema:drop,migrate:fresh,schema:sync',
        kind: 'remote',
        rule: 'remote.destroys',
        reason: say('it loses data of a database'),
      },
    ],
  ),
  guarded(
    {
      programs: ['flyway', 'liquibase', 'dbmate', 'goose', 'atlas', 'sqlx', 'diesel', 'migrate'],
      match: ['flyway info', 'flyway validate', 'liquibase status', 'liquibase history', 'flyway version'],
      notMatch: [
        'flyway migrate',
        'flyway clean',
        'liquibase update',
        'liquibase dropAll',
        'dbmate up',
        'diesel migration run',
        'sqlx database drop',
        'flyway -url=jdbc:postgresql://db.example.com/x info',
      ],
      commands: { 'info validate status history': { operands: 'none', does: [database] }, version: {} },
    },
    [
      changes('migrate,update,up,repair,baseline,undo'),
      {
        commands: 'clean,dropAll,drop-all,drop',
        kind: 'remote',
        rule: 'remote.destroys',
        reason: say('it loses data of a database'),
      },
    ],
  ),
  tool({
    programs: ['pg_isready', 'mysqladmin', 'mariadb-admin'],
    match: ['pg_isready -q -h localhost -p 5432 -U me -d app -t 5', 'mysqladmin -u root ping', 'mysqladmin status'],
    notMatch: [
      'mysqladmin drop app',
      'mysqladmin create app',
      'mysqladmin shutdown',
      'pg_isready -h db.example.com',
      'mysqladmin -h db.example.com ping',
    ],
    options: { flag: '-q', value: '-h -p -U -u -d -t' },
    shape: /^(?:ping|status|version)$/,
    does: [hereOnly()],
  }),
  reaches({
    programs: [
      'mongosh',
      'mongo',
      'mongodump',
      'mongoexport',
      'influx',
      'clickhouse-client',
      'clickhouse',
      'duckdb',
      'cqlsh',
      'sqlcmd',
      'bq',
      'snowsql',
      'usql',
      'pgcli',
      'mycli',
      'litecli',
      'cypher-shell',
      'etcdctl',
      'kafkacat',
      'kcat',
      'sqlplus',
    ],
    own: /^--?(?:config|tlsCertificateKeyFile|key|cert|cacert|private-key-path)$/,
    fetches: true,
    match: ['mongosh --version', 'duckdb --version'],
    notMatch: [
      'mongosh --eval "db.dropDatabase()"',
      'mongosh',
      'duckdb app.db -c "select 1"',
      'clickhouse-client -q "select 1"',
    ],
  }),
  reaches({
    programs: [
      'dropdb',
      'createdb',
      'dropuser',
      'createuser',
      'pg_restore',
      'pg_basebackup',
      'pg_resetwal',
      'pg_upgrade',
      'reindexdb',
      'vacuumdb',
      'clusterdb',
      'initdb',
      'pg_ctl',
      'pgbench',
      'mongorestore',
      'mongoimport',
      'mysqlimport',
      'mariadb-import',
      'mysqlcheck',
      'mysqld',
      'mongod',
      'redis-server',
      'postgres',
    ],
    match: ['pg_restore --version', 'createdb --help'],
    notMatch: [
      'dropdb app',
      'createdb app',
      'pg_restore -d app x.dump',
      'mongorestore dump',
      'redis-server',
      'initdb -D data',
    ],
    check(shell, { span, program }) {
      shell.report.effect('remote', { type: 'unknown', what: 'a database' }, span, 'certain');
      shell.doubt('remote.changes', say('{0} changes a database', program), span);
    },
  }),
];

/** A server of this machine, or none named. */
function hereOnly(): Doing {
  return {
    name: 'here only',
    run: ({ shell, options, invocation, context }) => {
      shell.report.effect(
        'fetch',
        { type: 'host', host: 'localhost', port: undefined },
        invocation.span,
        context.certainty,
      );
      const host = options.findLast(({ name }) => name === '-h')?.value;
      if (
        host &&
        !/^(?:localhost|127\.0\.0\.1|::1|\/.*)$/.test(
          host.pieces.map((piece) => (piece.type === 'text' ? piece.text : '?')).join(''),
        )
      )
        shell.doubt('network.reach', say('{0} is not known to be a database of this machine', '?'), host.span);
    },
  };
}
