import { english, say } from '../core/say';

export const usage = `claude-auto: what would a tool call do, and would Auto mode let it run?

Usage:
  claude-auto auto-mode check [options] -- COMMAND...   judge a shell command
  claude-auto auto-mode check [options] --input JSON    judge a call of another tool
  claude-auto auto-mode check --jsonl                   judge calls from standard input, one JSON object a line

Options of check:
  --tool NAME        tool that is called (Bash)
  --input JSON       the tool's input as a JSON object
  --cwd FOLDER       folder the call runs in (the present one)
  --workspace FOLDER workspace folder; may be given several times (the folder of --cwd)
  --home FOLDER      home folder (yours)
  --virtual          look at no file: judge by the text alone
  --json             print one JSON object instead of text
Exit status of a single check: 0 allow, 10 unsure, 11 block.

Other:
  --help             print this text
  --version          print the version

Nothing is run and nothing leaves this machine.
`;

export interface CheckArguments {
  readonly type: 'check';
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly cwd: string | undefined;
  readonly workspace: readonly string[];
  readonly home: string | undefined;
  readonly virtual: boolean;
  readonly json: boolean;
}

export type Arguments =
  | { readonly type: 'help' }
  | { readonly type: 'version' }
  | { readonly type: 'lines' }
  | { readonly type: 'error'; readonly message: string }
  | CheckArguments;

const valued = new Set(['--tool', '--input', '--cwd', '--workspace', '--home']);
const flags = new Set(['--virtual', '--json', '--jsonl']);

/** Reads the words of the command line; what is not understood is an error that says what is. */
export function parseArguments(args: readonly string[]): Arguments {
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h' || args[0] === 'help') return { type: 'help' };
  if (args[0] === '--version' || args[0] === '-V') return { type: 'version' };
  if (args[0] !== 'auto-mode' || args[1] !== 'check')
    return failed('{0} is not known; what there is so far is: claude-auto auto-mode check', args.slice(0, 2).join(' '));
  const end = args.indexOf('--', 2);
  const options = args.slice(2, end < 0 ? undefined : end);
  const command = end < 0 ? [] : args.slice(end + 1);
  const values = new Map<string, string[]>();
  const given = new Set<string>();
  for (let index = 0; index < options.length; index += 1) {
    const [name = '', ...rest] = (options[index] ?? '').split('=');
    if (name === '--help' || name === '-h') return { type: 'help' };
    if (flags.has(name) && rest.length === 0) given.add(name);
    else if (valued.has(name)) {
      const value = rest.length > 0 ? rest.join('=') : options[(index += 1)];
      if (value === undefined) return failed('{0} needs a value', name);
      values.set(name, [...(values.get(name) ?? []), value]);
    } else if (name.startsWith('-')) return failed('the option {0} is not known', name);
    else return failed('{0} stands where an option was expected; put the command after --', name);
  }
  if (given.has('--jsonl')) {
    const extra = [...values.keys()][0] ?? (given.size > 1 ? '--json' : undefined);
    if (extra !== undefined) return failed('{0} cannot be used with --jsonl: each line brings its own', extra);
    return command.length > 0 ? failed('--jsonl takes no command; calls come on standard input') : { type: 'lines' };
  }
  return check(values, given, command);
}

function check(
  values: ReadonlyMap<string, readonly string[]>,
  given: ReadonlySet<string>,
  command: readonly string[],
): Arguments {
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  const tool = last('--tool') ?? 'Bash';
  const text = last('--input');
  let input: unknown;
  if (text !== undefined) {
    if (command.length > 0) return failed('give either --input or a command after --, not both');
    try {
      input = JSON.parse(text);
    } catch {
      return failed('--input is not JSON: {0}', text);
    }
    if (typeof input !== 'object' || input === null || Array.isArray(input))
      return failed('--input must be a JSON object');
  } else {
    if (command.length === 0) return failed('there is no command; put it after --, quoted as one word');
    if (tool !== 'Bash') return failed('{0} takes no command; use --input', tool);
    input = { command: command.join(' ') };
  }
  for (const folder of [...(values.get('--workspace') ?? []), ...(values.get('--home') ?? [])])
    if (!folder.startsWith('/')) return failed('{0} is not an absolute path', folder);
  return {
    type: 'check',
    tool,
    input: input as Readonly<Record<string, unknown>>,
    cwd: last('--cwd'),
    workspace: values.get('--workspace') ?? [],
    home: last('--home'),
    virtual: given.has('--virtual'),
    json: given.has('--json'),
  };
}

function failed(template: string, ...args: (string | number)[]): Arguments {
  return { type: 'error', message: english(say(template, ...args)) };
}
