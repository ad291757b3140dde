/** What a text of SQL does: looks only, changes data, loses data beyond what a condition picks, or nobody knows. */
export type SqlEffect = 'reads' | 'writes' | 'destroys' | 'unknown';

/** Texts longer than this are not read. */
const lengthLimit = 20_000;

/**
 * Works out what statements do, in a way that holds for every common dialect: whatever two dialects read in two ways (comments,
 * quotes, escapes) is unknown.
 * @param dialect `sqlite` knows PRAGMA and brackets around names.
 */
export function judgeSql(sql: string, dialect: 'sqlite' | 'any' = 'any'): SqlEffect {
  if (sql.length > lengthLimit) return 'unknown';
  const statements = statementsOf(sql, dialect);
  if (!statements) return 'unknown';
  let worst: SqlEffect = 'reads';
  for (const tokens of statements) {
    const one = judgeStatement(tokens, dialect);
    if (rank[one] > rank[worst]) worst = one;
  }
  return statements.length === 0 ? 'unknown' : worst;
}

const rank: Record<SqlEffect, number> = { reads: 0, writes: 1, unknown: 2, destroys: 3 };

/** Words in small letters, `'` for a text, `"` for a quoted name, and single characters. */
type Tokens = readonly string[];

function statementsOf(sql: string, dialect: 'sqlite' | 'any'): readonly Tokens[] | undefined {
  const statements: string[][] = [];
  let tokens: string[] = [];
  // The last branch takes what stands alone; a quote that is never closed ends up there.
  const pattern =
    /\s+|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\*[\s\S]*|'(?:[^'\\]|'')*'|"(?:[^"\\]|"")*"|`[^`\\]*`|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|[\s\S]/g;
  for (const [token] of sql.matchAll(pattern)) {
    const first = token[0] ?? '';
    if (/\s/.test(first)) continue;
    if (token.startsWith('--') && token.length > 1) {
      // Some dialects want a blank after the dashes.
      if (token.length > 2 && !/\s/.test(token[2] ?? '')) return undefined;
    } else if (token.startsWith('/*')) {
      // Comments that run (`/*!`), that nest, or that are never closed.
      if (/^\/\*[!+]/.test(token) || token.indexOf('/*', 2) >= 0 || !/^.{2,}\*\/$/s.test(token)) return undefined;
    } else if (token === ';') {
      if (tokens.length > 0) statements.push(tokens);
      tokens = [];
    } else if (token.length > 1 && (first === "'" || first === '"' || first === '`'))
      tokens.push(first === "'" ? "'" : '"');
    else if (first === '[' && dialect === 'sqlite') return undefined;
    else if (/['"`\\#$@]/.test(first) || first < ' ') return undefined;
    else tokens.push(token.toLowerCase());
  }
  if (tokens.length > 0) statements.push(tokens);
  return statements;
}

/** Words that make a statement more than a question wherever they stand outside quotes. */
const acting =
  /^(?:insert|update|delete|merge|drop|alter|create|truncate|grant|revoke|into|outfile|dumpfile|call|exec|execute|copy|attach|detach|vacuum|reindex|load|import|lock|unlock|do|set|rename|upsert|refresh|perform|prepare|declare|handler|install|uninstall|kill|shutdown|flush|reset|purge|listen|notify|unlisten|cluster|reassign|security|share)$/;

/** Functions that only compute; a name before a bracket that is not here may do anything. */
const functions = new Set(
  `abs age all any array array_agg array_length array_to_string avg bit_and bit_length bit_or bool_and bool_or btrim cast ceil ceiling
  char char_length character_length chr coalesce concat concat_ws convert cos count cume_dist curdate current_catalog current_database
  current_date current_schema current_schemas current_setting current_time current_timestamp current_user curtime database date date_add date_format
  date_part date_sub date_trunc datediff datetime day dayname dayofmonth dayofweek dayofyear dense_rank every exists exp extract
  filter first_value floor format format_type from_unixtime generate_series glob greatest group_concat hex hour if ifnull iif in inet_ntoa
  initcap instr interval isnull jaro json json_agg json_array json_array_elements json_array_length json_each json_extract json_extract_path
  json_extract_path_text json_group_array json_group_object json_object json_object_keys json_quote json_tree json_type json_valid
  jsonb_agg jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_build_object jsonb_each jsonb_each_text
  jsonb_extract_path_text jsonb_object_keys jsonb_pretty jsonb_typeof json_build_object julianday lag last_day last_value lead least
  left length like ln localtime localtimestamp log log10 lower lpad ltrim make_date make_interval max md5 median min minute mod month
  monthname now nth_value ntile nullif octet_length over partition percent_rank percentile_cont percentile_disc pi position pow power
  printf quarter quote quote_ident radians random rank regexp_match regexp_matches regexp_replace regexp_split_to_array
  regexp_split_to_table repeat replace reverse right round row row_number row_to_json rpad rtrim schema second sign sin sqlite_version
  sqrt stddev stddev_pop stddev_samp str_to_date strftime string_agg string_to_array strpos substr substring substring_index sum
  sysdate table_schema tan time time_to_sec timediff timestamp timestampdiff timezone to_char to_date to_json to_jsonb to_number
  to_timestamp total translate trim trunc typeof unicode unixepoch unix_timestamp unnest upper user utc_timestamp uuid values var_pop
  variance version week weekday width_bucket within year yearweek
  obj_description col_description pg_column_size pg_database_size pg_get_constraintdef pg_get_expr pg_get_functiondef pg_get_indexdef
  pg_get_viewdef pg_get_triggerdef pg_indexes_size pg_relation_size pg_size_pretty pg_table_is_visible pg_table_size
  pg_total_relation_size pg_typeof to_regclass pragma_table_info pragma_index_list pragma_index_info pragma_table_list
  pragma_foreign_key_list and or not on using as where from select when then else by distinct with union except intersect having
  between is limit offset end numeric decimal varchar integer int`.split(/\s+/),
);

/** Settings of SQLite that are only asked for; most take a value that sets them. */
const pragmas =
  /^(?:table_info|table_xinfo|table_list|index_list|index_info|index_xinfo|foreign_key_list|foreign_key_check|database_list|collation_list|function_list|module_list|pragma_list|compile_options|integrity_check|quick_check)$/;
const plainPragmas =
  /^(?:user_version|schema_version|application_id|encoding|page_size|page_count|freelist_count|journal_mode|foreign_keys|synchronous|cache_size|auto_vacuum|data_version)$/;

/** What may stand between EXPLAIN and the statement. A bracket may also open the statement, which then reads. */
const explaining =
  /^(?:query|plan|analyze|verbose|buffers|costs|settings|generic_plan|timing|summary|wal|memory|format|text|json|yaml|xml|tree|traditional|extended|partitions|on|off|true|false|=|,|\(|\))$/;

function judgeStatement(tokens: Tokens, dialect: 'sqlite' | 'any'): SqlEffect {
  const [first = '', second = ''] = tokens;
  switch (first) {
    case 'select':
    case 'values':
    case 'with':
    case 'table':
    case '(':
      return judgeQuestion(tokens, first === 'with');
    case 'show':
      return tokens.some((token) => acting.test(token) && token !== 'create') ? 'unknown' : judgeCalls(tokens);
    case 'describe':
    case 'desc':
      return tokens.slice(1).every((token) => /^[\w".]+$/.test(token)) ? 'reads' : 'unknown';
    case 'explain': {
      const start = tokens.findIndex((token, index) => index > 0 && !explaining.test(token));
      return start < 0 ? 'unknown' : judgeStatement(tokens.slice(start), dialect);
    }
    case 'pragma':
      return dialect === 'sqlite' && judgePragma(tokens.slice(1)) ? 'reads' : 'unknown';
    case 'begin':
    case 'commit':
    case 'end':
    case 'rollback':
      return tokens.every((token) => /^(?:begin|commit|end|rollback|transaction|work|read|only)$/.test(token))
        ? 'reads'
        : 'unknown';
    case 'drop':
    case 'truncate':
      return 'destroys';
    case 'delete':
    case 'update':
      return tokens.includes('where') ? 'writes' : 'destroys';
    case 'alter':
      return tokens.includes('drop') ? 'destroys' : judgeWriting(tokens);
    case 'insert':
    case 'create':
      return second === 'extension' || second === 'function' || second === 'trigger' ? 'unknown' : judgeWriting(tokens);
    default:
      return 'unknown';
  }
}

function judgeQuestion(tokens: Tokens, withParts: boolean): SqlEffect {
  let found: SqlEffect = judgeCalls(tokens);
  for (const [index, token] of tokens.entries()) {
    if (!acting.test(token)) continue;
    // A column may be called so: `t.update`, `"set"` is quoted anyway.
    if (tokens[index - 1] === '.') continue;
    const destroys = withParts && (token === 'delete' || token === 'update') && !tokens.includes('where');
    found = destroys ? 'destroys' : rank[found] < rank.unknown ? 'unknown' : found;
  }
  return found;
}

function judgeCalls(tokens: Tokens): SqlEffect {
  for (const [index, token] of tokens.entries()) {
    if (token !== '(') continue;
    const name = tokens[index - 1];
    if (name === undefined || !/^[a-z_\u0080-\uffff"]/.test(name)) continue;
    // `with recent as (…)`, `with t(a, b) as (…)`, `join x using (…)`, `from a (…)`: only a name that is called matters.
    if (functions.has(name)) continue;
    if (isTableList(tokens, index)) continue;
    return 'unknown';
  }
  return 'reads';
}

/** `with name (columns) as`: a list of names and nothing else. */
function isTableList(tokens: Tokens, open: number): boolean {
  const close = tokens.indexOf(')', open);
  const before = tokens[open - 2];
  return (
    close > 0 &&
    tokens[close + 1] === 'as' &&
    (before === 'with' || before === 'recursive' || before === ',') &&
    tokens.slice(open + 1, close).every((token) => /^[\w",]+$/.test(token))
  );
}

/** A change is only told as one when it does nothing beside. */
function judgeWriting(tokens: Tokens): SqlEffect {
  return tokens.some((token) =>
    /^(?:outfile|dumpfile|load_extension|writefile|readfile|program|execute|exec)$/.test(token),
  )
    ? 'unknown'
    : 'writes';
}

function judgePragma(tokens: Tokens): boolean {
  const named = tokens[1] === '.' ? tokens.slice(2) : tokens;
  const [name = '', ...rest] = named;
  if (plainPragmas.test(name)) return rest.length === 0;
  if (!pragmas.test(name)) return false;
  return (
    rest.length === 0 ||
    (rest[0] === '(' && rest.at(-1) === ')' && rest.slice(1, -1).every((token) => /^[\w"'.]+$/.test(token)))
  );
}
