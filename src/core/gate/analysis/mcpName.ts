import { type Said, say } from '../../say';

/** What the name of a tool says that it does. Only names that say nothing else count (rule R34). */
export interface McpName {
  readonly tool: string;
  /** Words of the name in small letters. */
  readonly words: readonly string[];
  readonly kind: 'looks' | 'writes' | 'removes' | 'unknown';
  /** Its server works on a database. */
  readonly database: boolean;
  readonly doubts: readonly { readonly rule: string; readonly reason: Said }[];
}

/** Names of our own tools, which another server must not answer to (rule R33). */
const builtIn =
  /^(?:bash|read|write|edit|multiedit|glob|grep|ls|webfetch|websearch|todowrite|todoread|task|agent|notebookedit|notebookread|exitplanmode)$/i;

const looking = new Set(
  'get list ls search find read fetch query describe show view count status lookup check info inspect browse head tail stat exists resolve explain diff log blame tree schema tables columns navigate snapshot screenshot'.split(
    ' ',
  ),
);

/** Words that say that something is done, or that it is done to what is not for everybody's eyes. */
const acting =
  /^(?:add|alter|append|apply|approve|archive|assign|build|call|cancel|change|click|clone|close|comment|commit|configure|connect|copy|create|delete|deploy|disable|download|drop|edit|enable|eval|evaluate|exec|execute|export|fill|fork|grant|import|insert|install|invite|invoke|join|kill|launch|login|logout|make|merge|mkdir|modify|move|mutate|open|patch|pay|post|press|print|publish|pull|purge|push|put|react|reboot|register|rename|replace|reply|reset|resize|restart|restore|resume|retry|revert|revoke|rm|rotate|run|save|schedule|send|set|share|shell|sign|start|stop|store|submit|subscribe|suspend|sync|terminate|touch|transfer|trigger|truncate|type|uninstall|unlink|update|upload|upsert|use|wipe|write)(?:s|d|ed|ing)?$/;
const removing = /^(?:delete|remove|rm|unlink|trash|erase)$/;
const writing = /^(?:write|create|edit|append|insert|replace|patch|make|touch|save|update)$/;
const filesOf = /^(?:file|files|directory|folder|dir|mkdir)$/;
const confidential =
  /^(?:secrets?|credentials?|passwords?|passwd|passphrases?|tokens?|keys?|apikeys?|vault|env|environ|environment|cookies?|sessions?|keychain|otp|totp|mfa|wallet|clipboard|history|mail|mails|emails?|gmail|inbox|dms?|contacts|sms)$/;
/** A page of a browser under control; any other picture may show all that is on the screen. */
const browser = /^(?:browser|playwright|puppeteer|chrome|chromium|devtools|page|cypress|selenium|webdriver)$/;
const databases =
  /^(?:postgres|postgresql|pg|mysql|mariadb|sqlite|sql|mssql|db|database|databases|supabase|neon|bigquery|snowflake|redshift|clickhouse|duckdb|cockroach|planetscale|turso|libsql|dbhub|oracle|athena|trino|presto|rows|row|table)$/;

export function readMcpName(server: string, tool: string): McpName {
  const doubts: { rule: string; reason: Said }[] = [];
  const words = wordsOf(tool);
  const servers = wordsOf(server);
  if (!/^[A-Za-z0-9][\w.:/-]{0,127}$/.test(tool) || !/^[A-Za-z0-9][\w.:/@ -]{0,127}$/.test(server))
    doubts.push({ rule: 'mcp.name', reason: say('the name {0} could be taken for another', `${server}: ${tool}`) });
  if (builtIn.test(tool))
    doubts.push({ rule: 'mcp.name', reason: say('{0} is the name of a tool of the agent itself', tool) });
  // `git_diff` of the server `git`, `web_search_exa` of `exa`, `browser_navigate`.
  const own = [...words];
  const belongs = (word: string | undefined): boolean =>
    word !== undefined && own.length > 1 && (servers.includes(word) || word === 'browser');
  while (belongs(own[0])) own.shift();
  while (belongs(own.at(-1))) own.pop();
  const kind = kindOf(own);
  if (kind === 'unknown' || kind === 'removes')
    doubts.push({ rule: 'mcp.unknown', reason: say('what {0} of {1} does is not known', tool, server) });
  const screen =
    words.some((word) => /^(?:screenshot|snapshot)$/.test(word)) &&
    ![...words, ...servers].some((word) => browser.test(word));
  if (kind === 'looks' && (screen || [...words, ...servers].some((word) => confidential.test(word))))
    doubts.push({
      rule: 'mcp.confidential',
      reason: say('what {0} of {1} shows may be secret or private', tool, server),
    });
  return { tool, words: own, kind, database: [...words, ...servers].some((word) => databases.test(word)), doubts };
}

function kindOf(words: readonly string[]): McpName['kind'] {
  if (words.some((word) => filesOf.test(word)) && words.some((word) => removing.test(word))) return 'removes';
  const [first = '', ...rest] = words;
  if (
    writing.test(first) &&
    rest.length > 0 &&
    rest.every((word) => filesOf.test(word) || word === 'text' || word === 'to' || word === 'in')
  )
    return rest.some((word) => filesOf.test(word)) ? 'writes' : 'unknown';
  // `find_and_replace` does two things, whatever the second is called.
  if (words.some((word) => /^(?:and|or|then|with|if)$/.test(word))) return 'unknown';
  // Told by its first word, or by its last where the thing comes first: `issues_list`.
  if (first === 'resolve' && !rest.some((word) => resolved.test(word))) return 'unknown';
  if ((first === 'log' && rest.length > 0) || (first === 'check' && /^(?:in|out)$/.test(rest[0] ?? '')))
    return 'unknown';
  if (looking.has(first)) return rest.every((word) => !acting.test(word) || things.test(word)) ? 'looks' : 'unknown';
  const last = rest.at(-1);
  return last !== undefined && looking.has(last) && words.every((word) => !acting.test(word) || /s$/.test(word))
    ? 'looks'
    : 'unknown';
}

/** What is looked up by another name; an issue or a thread that is resolved is changed. */
const resolved = /^(?:library|libraries|id|ids|name|names|path|symbol|ref|url|domain|host|package|version|type)$/;

/** Words that are things as often as deeds: `get_pull_request`, `list_commits`. */
const things =
  /^(?:commits?|comments?|pulls?|posts?|builds?|forks?|types?|exports?|imports?|calls?|changes|runs?|stores?|merges|deploys)$/;

/** `getFileContents`, `get-file-contents`, `get_file_contents`. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
