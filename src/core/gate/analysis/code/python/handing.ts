import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { knownStart, taintOf } from '../../shell/field';
import type { CodeText } from '../code';
import type { Reading } from './reading';
import { runText } from './runText';
import { constantText, type Value } from './value';

/** Names of files by their endings; other dotted words (`models.Book`) are no files. */
const files =
  /\.(?:csv|tsv|jsonl?|ya?ml|toml|ini|cfg|conf|txt|md|rst|html?|xml|svg|png|jpe?g|gif|bmp|ico|pdf|npy|npz|pkl|pickle|h5|hdf5|nc|fits|parquet|feather|xlsx?|db|sqlite3?|sql|log|zip|tar|t?gz|bz2|xz|whl|env|key|pem|crt|p12|pfx|py|ipynb|sh|js|ts|c|h|so|dat|bin|pt|pth|ckpt|onnx|joblib|model)$/i;

const rooted = /^\/[\w.~+@-]+(?:\/|$)/;
const system =
  /^\/(?:etc|home|root|usr|var|bin|sbin|lib|lib64|boot|dev|proc|sys|run|opt|srv|mnt|media|tmp|private|Users|Library|System|Volumes)(?:\/|$)/;
const url = /^[a-z][a-z0-9+.-]*:\/\/[^/\s]/i;

/** Calls that take addresses within a web site, not paths. */
const web =
  /^(?:get|post|put|patch|delete|head|options|trace|request|generic|path|re_path|url|reverse|resolve|route|add_url_rule|register|include|redirect|websocket|\w*RequestFactory|HttpRequest|\w*Request|\w*Redirect\w*|make_request|test_request_context|environ|create_environ|EnvironBuilder|parse\w*|match|set_cookie|Cookie|configure|Symbol|Route|Mount|Rule|assert\w*|Site)$/;

/** Calls that take an address as data. */
const data =
  /^(?:parse\w*|url\w*parse|urlsplit|urljoin|\w*Request|prepare\w*|assert\w*|validate\w*|clean\w*|\w*Validator(?:\(\))?|create|filter|exclude|get_or_create|update_or_create|update|replace|startswith|endswith|format|split|append|add|insert|extend|escape|quote|unquote|Url|URL|Link|configure|warn|skip|Mock|MagicMock|render\w*|Template|Context|mark_safe|format_html|safe|encode|decode|sub|match|search|findall|compile|Field|\w*Field|Column|issue|xfail|skipif|debug|info|warning|error|critical|log|print|write|set_cookie|add_header|set_header|setdefault|get_adapter|should_bypass_proxies|select_proxy|get_auth_from_url|get_netrc_auth|urldefragauth|requote_uri|proxy_bypass|mount|build_response|rebuild_auth|merge_environment_settings|Response|HttpResponse\w*|is_safe_url|url_has_allowed_host_and_scheme|iri_to_uri|uri_to_iri|urlize|URLValidator|dumps|loads|eq|f|check|test_\w+|test)$/;

/** Calls that open what they are given, so that an unknown name matters. */
const opening =
  /^(?:read_\w+|load|loads_from|load_\w+|save|save_\w+|savetxt|savez\w*|savefig|imread|imwrite|imsave|to_(?:csv|json|pickle|excel|parquet|hdf|html|sql|feather|netcdf|zarr)|genfromtxt|loadtxt|fromfile|tofile|memmap|open|open_\w+|unlink|delete_file|writeto|from_file|parse_file|fetch_\w+|download\w*|urlopen|copyfile|remove_file|extract\w*)$/;

/** Calls that run the Python they are given. */
const running =
  /^(?:makepyfile|makeconftest|inline_runsource\w*|runsource|run_cell|run_code|exec|execute_code|exec_code|python_eval|run_python)$/;

/** What makes a database read or write files, or run programs. */
const statement =
  /\b(?:attach\s+(?:database\s+)?['"]|vacuum\s+into|load_extension|readfile\s*\(|writefile\s*\(|to\s+program|from\s+program|into\s+(?:out|dump)file|load_file\s*\(|xp_cmdshell)/i;

/** What no formula has in it. */
const formula =
  /__|\b(?:exec|eval|open|getattr|compile|input|vars|globals|breakpoint|help)\s*\(|\b(?:os|sys|subprocess|builtins)\s*\./;

/** Looks at what a library is given: names of files, addresses, code. */
export function handOver(reading: Reading, callee: string, value: Value, span: Span, depth = 0): void {
  switch (value.kind) {
    case 'path':
      reading.hand(value.pieces, span);
      return;
    case 'text':
      handText(reading, callee, value, span);
      return;
    case 'object':
      if (value.as === 'text' && opening.test(lastName(callee)))
        reading.hand([{ type: 'unknown', what: value.of, as: 'any', ...value.taint }], span);
      return;
    case 'list':
      if (depth > 2) return;
      for (const item of value.items.slice(0, 200)) handOver(reading, callee, item, span, depth + 1);
      if (value.rest) handOver(reading, callee, value.rest, span, depth + 1);
      return;
    case 'dict':
      if (depth > 2) return;
      for (const item of [...value.entries.values()].slice(0, 200)) handOver(reading, callee, item, span, depth + 1);
      if (value.rest) handOver(reading, callee, value.rest, span, depth + 1);
      return;
    case 'any':
      for (const one of value.of) handOver(reading, callee, one, span, depth);
      return;
    default:
      return;
  }
}

function handText(reading: Reading, callee: string, value: Value & { kind: 'text' }, span: Span): void {
  const { pieces } = value;
  const name = lastName(callee);
  const whole = constantText(value);
  if (whole === undefined) {
    const start = knownStart(pieces);
    if (url.test(start)) connect(reading, name, pieces, span);
    else if (opening.test(name) || system.test(start) || /^(?:~|\.\.\/|\.\.$)/.test(start)) reading.hand(pieces, span);
    return;
  }
  if (running.test(name)) {
    runText(reading, value, 'exec', span);
    return;
  }
  if (statement.test(whole)) reading.doubt('code.dynamic', say('a database is told to use files'), span);
  if ((callee.startsWith('sympy') || /^(?:eval|query|evaluate)$/.test(name)) && formula.test(whole))
    reading.doubt('code.dynamic', say('a text with code in it is given to a library'), span);
  if (
    whole.length > 3 &&
    whole.includes('__') &&
    /__(?:import|builtins|globals|subclasses|code|loader|spec|class)__/.test(whole)
  )
    checkCode(reading, whole, span);
  if (whole.length > 400 || whole === '' || /[\n\r]/.test(whole)) return;
  if (/^[a-z][a-z0-9+.-]*:\/\/./i.test(whole)) {
    const local = /^(?:file:\/\/|sqlite(?:\+\w+)?:\/\/\/)(.*)$/i.exec(whole)?.[1];
    if (local === undefined) connect(reading, name, pieces, span);
    else if (local !== '' && local !== ':memory:') reading.hand([{ type: 'text', text: local }], span);
    return;
  }
  if (rooted.test(whole)) {
    if (
      system.test(whole)
        ? !/^(?:route|path|re_path|url|Rule)$/.test(name) || /\.\w+$/.test(whole)
        : !web.test(name) && files.test(whole)
    )
      reading.hand(pieces, span);
  } else if (
    (opening.test(name) && /^[\w./@+-]+$/.test(whole)) ||
    /^(?:~\w*\/|\.\.?\/)/.test(whole) ||
    (!/\s/.test(whole) && (files.test(whole) || /(?:^|\/)\.\w/.test(whole)))
  )
    reading.hand(pieces, span);
}

function connect(reading: Reading, name: string, pieces: CodeText, span: Span): void {
  // Objects that are made of an address do not go there by being made.
  if (
    data.test(name) ||
    (/^[A-Z]/.test(name) &&
      !/Client|Session|Connection|Driver|Engine|Browser|Crawler|Loader|Reader|Api|API|Server|Socket|Remote|Proxy|Hub|Store|Mongo|Redis/.test(
        name,
      ))
  )
    return;
  const sends = /^(?:post|put|patch|delete|send\w*|upload\w*|push\w*|publish\w*|request|create_engine|call|emit)$/.test(
    name,
  );
  reading.sink.connect(pieces, sends ? 'send' : 'get', taintOf(pieces), reading.at(span));
}

/** A text with code in it that a library may evaluate. */
function checkCode(reading: Reading, whole: string, span: Span): void {
  // Text that is written as a whole program (a test's source) is run, if at all, as a file of its own.
  if (/__(?:import|builtins|globals|subclasses|code|loader|spec)__/.test(whole))
    reading.doubt('code.dynamic', say('a text with code in it is given to a library'), span);
}

export function lastName(callee: string): string {
  const plain = callee.endsWith('()') ? callee.slice(0, -2) : callee;
  return plain.slice(plain.lastIndexOf('.') + 1);
}
