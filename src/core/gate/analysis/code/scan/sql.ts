const statement =
  /^(?:select|insert|update|delete|create|alter|drop|with|begin|commit|rollback|start|end|grant|revoke|truncate|comment|set|explain|values|merge|replace|use|show|describe|pragma|analyze|vacuum|reindex|savepoint|release|lock|unlock|declare|do|if|return|raise|perform|refresh|upsert)\b/i;
/** What clients and servers of databases do beyond data. */
const beyond =
  /^\s*\\|\bcopy\b[\s\S]*\b(?:program|from\s+'|to\s+')|\b(?:xp_cmdshell|sp_oacreate|sp_execute_external_script|load_file|into\s+(?:outfile|dumpfile)|load\s+data|pg_read_file|pg_ls_dir|lo_export|lo_import|dblink|load_extension|attach\s+database|sys_exec|sys_eval|utl_http|utl_file|dbms_\w+|language\s+'?(?:plpython\w*|plperlu|plsh|c)\b|create\s+(?:or\s+replace\s+)?extension|system\s|writefile|readfile|\.(?:shell|system|import|output|open|load)\b)|^\s*\.\w/im;

/** Whether a text is nothing but statements of SQL; a file of them does nothing by itself. */
export function isPlainSql(code: string): boolean {
  const statements = code
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return (
    statements.length > 0 &&
    !code.includes('{') &&
    statement.test(statements[0] ?? '') &&
    /\b(?:from|into|table|set|index|view|values|select|begin|commit|database|schema|function|type|on|pragma)\b/i.test(
      code,
    ) &&
    !beyond.test(code)
  );
}
