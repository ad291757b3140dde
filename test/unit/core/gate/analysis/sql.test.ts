import { strict as assert } from 'node:assert';
import { judgeSql } from '../../../../../src/core/gate/analysis/shell/families/databases/sql';

suite('statements of SQL', () => {
  const reads = [
    'select 1',
    "SELECT count(*), max(at) FROM users WHERE name LIKE 'a;b' -- note\n;",
    'with recent as (select * from t order by at desc limit 5) select * from recent',
    'with recent(a, b) as (select 1, 2) select * from recent',
    'select t.update, "drop" from t',
    "select 'it''s; drop table x'",
    'explain select * from t',
    'explain (analyze, buffers) select 1',
    'show tables',
    'describe users',
    'begin; select 1; commit',
    'values (1), (2)',
    'select /* a comment */ a from b join c using (d)',
    'select row_number() over (partition by a order by b) from t',
  ];
  for (const sql of reads) test(sql, () => assert.equal(judgeSql(sql), 'reads'));

  const others: readonly (readonly [string, string])[] = [
    ['insert into t values (1)', 'writes'],
    ['update t set a = 1 where b = 2', 'writes'],
    ['create table t (a int)', 'writes'],
    ['update t set a = 1', 'destroys'],
    ['delete from t', 'destroys'],
    ['drop table t', 'destroys'],
    ['truncate t', 'destroys'],
    ['alter table t drop column a', 'destroys'],
    ['select 1; drop table t', 'destroys'],
    ['with d as (delete from t returning *) select * from d', 'destroys'],
    ['explain analyze delete from t', 'destroys'],
    ['explain analyze create table x as select 1', 'writes'],
    ['explain', 'unknown'],
    ['explain analyze call x()', 'unknown'],
    ['select * into x from t', 'unknown'],
    ["select a from t into outfile '/tmp/x'", 'unknown'],
    ["select pg_read_file('/etc/hosts')", 'unknown'],
    ["select load_extension('x')", 'unknown'],
    ["select set_config('a', 'b', false)", 'unknown'],
    ["select '\\'; drop table t; --'", 'unknown'],
    ['select 1 --x', 'unknown'],
    ['select 1 /*! into outfile */', 'unknown'],
    ['select 1 /* /* */ drop table t */', 'unknown'],
    ['select 1 /* never closed', 'unknown'],
    ["select 'never closed", 'unknown'],
    ['select $$ x $$', 'unknown'],
    ['select 1 # x', 'unknown'],
    ['select `a` from t', 'reads'],
    ['call x()', 'unknown'],
    ["copy t to program 'sh'", 'unknown'],
    ['do $$ begin end $$', 'unknown'],
    ['select for_update from t', 'reads'],
    ['select 1 from t for update', 'unknown'],
    ['', 'unknown'],
    ['select [a] from t', 'reads'],
  ];
  for (const [sql, effect] of others) test(`${sql} (${effect})`, () => assert.equal(judgeSql(sql), effect));

  test('SQLite has settings of its own', () => {
    assert.equal(judgeSql('pragma table_info(users)', 'sqlite'), 'reads');
    assert.equal(judgeSql('pragma main.user_version', 'sqlite'), 'reads');
    assert.equal(judgeSql('pragma user_version = 5', 'sqlite'), 'unknown');
    assert.equal(judgeSql('pragma journal_mode(delete)', 'sqlite'), 'unknown');
    assert.equal(judgeSql('pragma writable_schema = 1', 'sqlite'), 'unknown');
    assert.equal(judgeSql('select [a] from t', 'sqlite'), 'unknown');
    assert.equal(judgeSql('pragma table_info(users)'), 'unknown');
  });
});
