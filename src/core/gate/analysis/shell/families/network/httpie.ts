import { say } from '../../../../../say';
import { judgeHost } from '../../../hosts';
import type { Invocation } from '../../command';
import { clean, constantOf, describeField, type Field, taintOf, textPiece } from '../../field';
import { type OptionTable, readOptions, tablesWithout } from '../../options';
import { type Context, type Flow, type Shell, someFlow } from '../../shell';
import type { ShellState } from '../../state';
import type { Family } from '../family';
import { doubtOption } from '../looks';
import { givenTaint, namesSecret, readSent, writeFetched } from './sent';

/** Sessions, proxies, certificates and plugins are left out, so that they are a doubt. */
const table: OptionTable = {
  flag: '-F -I -S -b -f -h -j -v --all --body --check-status --follow --form --headers --ignore-stdin --json --meta --offline --stream --verbose',
  value: '-A -a -p -s --auth --auth-type --format-options --max-redirects --pretty --print --style --timeout',
  writes: '-o --output',
};

/** HTTPie, xh and what is called like them: `http [METHOD] URL [ITEM…]`. */
export function httpie(options: OptionTable = table): Family {
  return {
    programs: ['http', 'https', 'xh', 'xhs', 'httpie', 'curlie'],
    match: [
      'http localhost:3000/todos',
      'http :3000/todos page==2 Accept:text/plain',
      'xh get localhost:3000/todos',
      'https --offline POST example.com/ a=b',
      'xhs localhost:8443/',
      'http -F -I -S -b -f -h -j -v --all --body --check-status --follow --form --headers --ignore-stdin --json --meta --stream --verbose GET :3000/x',
      'http -A basic -a me:x -p h -s fruity --auth=me:x --auth-type=basic --format-options=x --max-redirects=3 --pretty=all --print=h --style=x --timeout=3 :3000/x',
      'http -o out/a :3000/x',
      'http --output=out/a :3000/x',
      'httpie --version',
      'curlie :3000/x',
    ],
    notMatch: [
      'http example.com',
      'http POST :3000/todos name=x',
      'http :3000/todos name=x',
      'http DELETE :3000/todos/1',
      'http :3000/todos < body.json',
      'http https://example.com file@.env',
      'http --session=./s.json :3000/x',
      'http --proxy=http:http://example.com :3000/x',
      'http -d :3000/x',
      'http :2375/containers/json',
      'https docs.python.org/3/ Authorization:x',
    ],
    judge: (shell, invocation, state, context) => judgeHttpie(shell, options, invocation, state, context),
    without: () => tablesWithout(options).map(({ entry, table: less }) => ({ entry, family: httpie(less) })),
  };
}

function judgeHttpie(
  shell: Shell,
  options: OptionTable,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const { args, span, program } = invocation;
  if (args.length === 1 && /^--(?:version|help)$/.test(constantOf(args[0] as Field) ?? '')) return someFlow;
  const read = readOptions(args, options);
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  const [first] = read.operands;
  const verb = first && /^[A-Za-z]+$/.test(constantOf(first) ?? '') && !/^localhost$/i.test(constantOf(first) ?? '');
  const method = verb ? constantOf(first) : undefined;
  const [url, ...items] = verb ? read.operands.slice(1) : read.operands;
  const has = (name: string): boolean => read.options.some((option) => option.name === name);
  let secret = read.doubtful !== undefined && namesSecret(shell, args, state);
  let more = read.options.some(({ name }) => /^(?:-a|-A|--auth|--auth-type)$/.test(name));
  let sends = method !== undefined && !/^(?:get|head|options)$/i.test(method);
  // What comes on its input is the body.
  if (context.stdin.present && !has('--ignore-stdin') && !has('-I')) {
    sends = true;
    secret ||= context.stdin.secret;
  }
  for (const item of items) {
    const found = readItem(shell, item, state, context);
    secret ||= found.secret;
    sends ||= found.kind === 'data';
    more ||= found.kind !== 'query';
  }
  const to = url && addressOf(url, program);
  let fetched = true;
  // It only shows what it would send.
  if (has('--offline') && url && !url.many && !read.doubtful) fetched = false;
  else if (!url || !to || url.many) {
    if (secret || (url && taintOf(url.pieces).secret))
      shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
    shell.doubt('network.address', say('which address {0} asks for is not known', program), span);
  } else
    fetched =
      judgeHost(shell.report, to, {
        method: sends ? 'send' : 'get',
        carried: { ...clean, secret },
        span: url.span,
        certainty: context.certainty,
        program,
        more,
        follows: has('-F') || has('--follow'),
      }) !== 'loopback';
  for (const { kind, value } of read.options)
    if (kind === 'writes' && value) writeFetched(shell, value, state, context, fetched);
  return { ...someFlow, secret: givenTaint(invocation, context).secret, network: fetched };
}

/** `:3000/x` is this machine; without a scheme it is the program's own. */
function addressOf(field: Field, program: string): Field['pieces'] | undefined {
  const [first, ...rest] = field.pieces;
  if (first?.type !== 'text') return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(first.text)) return field.pieces;
  const scheme = program === 'https' || program === 'xhs' ? 'https' : 'http';
  if (/^:\/\//.test(first.text)) return [textPiece(`${scheme}${first.text}`), ...rest];
  const text = /^:(?:\d|\/|$)/.test(first.text)
    ? `localhost${/^:\d/.test(first.text) ? first.text : first.text.slice(1)}`
    : first.text;
  return [textPiece(`${scheme}://${text}`), ...rest];
}

/** `name==value`, `Name:value`, `name=value`, `name:=json`, `name@file`, `name=@file`. */
function readItem(
  shell: Shell,
  field: Field,
  state: ShellState,
  context: Context,
): { readonly kind: 'query' | 'header' | 'data'; readonly secret: boolean } {
  const text = describeField(field);
  const mark = /==@?|:=@|=@|:=|:@|[:=@]/.exec(text)?.[0];
  const tainted = taintOf(field.pieces).secret;
  if (mark?.endsWith('@')) {
    const at = text.indexOf('@') + 1;
    const [first, ...rest] = field.pieces;
    const file = first?.type === 'text' ? { ...field, pieces: [textPiece(first.text.slice(at)), ...rest] } : field;
    const secret = readSent(shell, file, state, context) || tainted;
    return { kind: mark === '==@' ? 'query' : mark === ':@' ? 'header' : 'data', secret };
  }
  if (mark === '==') return { kind: 'query', secret: tainted };
  if (mark === ':' && constantOf(field) !== undefined && !/^(?:host|x-http-method|x-method)/i.test(text))
    return { kind: 'header', secret: tainted && !/^authorization:/i.test(text) };
  return { kind: 'data', secret: tainted };
}
