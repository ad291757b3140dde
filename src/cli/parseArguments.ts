import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Mode, modes } from '../core/gate/modes';
import { english, type Said, say } from '../core/say';
import { type AgentArguments, parseAgentArguments } from './agent/agentArguments';
import type { AutoModeCommand } from './autoMode/runAutoMode';
import { autoModeCommands, type Shell, shells } from './completion';

export const usage = `claude-auto: a coding agent whose every tool call is reviewed before it runs

Usage:
  claude-auto [options] [PROMPT]                        work interactively
  claude-auto --print [options] [PROMPT]                do one task, print the answer and end
  claude-auto auto-mode COMMAND …                       see below

Options:
  -p, --print                      print mode: nobody is asked, what would be asked is refused
  --output-format FORMAT           text, json or stream-json (with --print; text)
  --input-format FORMAT            text or stream-json: messages on standard input, one JSON object a line
  --permission-mode MODE           normal, auto or skip (your setting; normal)
  --enable-auto-mode               the same as --permission-mode auto
  --dangerously-skip-permissions   the same as --permission-mode skip; must be confirmed once, refused as root outside a container
  --model NAME                     model (your setting)
  -c, --continue                   go on with the last session of this folder
  -r, --resume [ID]                go on with a session; without an id, choose one
  --add-dir FOLDER                 another folder in bounds; may be given several times
  --settings FILE|JSON             settings over those of your file
  --allowed-tools RULES            allow rules, such as "Bash(npm test:*),Edit(src/**)"; may be given several times
  --disallowed-tools RULES         deny rules
  --max-turns N                    end after N requests to the model
  --max-cost USD                   end when this much is spent, by list price
  --plain                          plain lines without colour, drawing or animation, for screen readers
  --demo                           the built-in offline demo model answers; its words are scripted
  --help, --version

Exit codes: 0 done, 1 internal, 2 usage, 3 not available, 4 request failed, 5 nobody to ask, 6 no verdicts,
7 limit of turns, 8 limit of cost, 130 and 143 stopped by a signal.

Commands:
  claude-auto auto-mode check [options] -- COMMAND...   judge a shell command
  claude-auto auto-mode check [options] --input JSON    judge a call of another tool
  claude-auto auto-mode check --jsonl                   judge calls from standard input, one JSON object a line
  claude-auto auto-mode replay [options] LOG...         decide recorded calls again and print what changes
  claude-auto auto-mode shadow LOG...                   print what Auto would have done with what Normal decided
  claude-auto auto-mode verify-log LOG...               tell whether a log of decisions is whole
  claude-auto auto-mode export [--csv] LOG...           print recorded decisions
  claude-auto auto-mode defaults                        print the classifier's built-in rules
  claude-auto auto-mode config [options]                print what is in force here, and where it comes from
  claude-auto auto-mode critique [options]              ask the model what it thinks of your own rules
  claude-auto auto-mode doctor [options]                look at everything the program stands on
  claude-auto completion bash|zsh|fish                  print a script for shell completion

Options of check:
  --tool NAME        tool that is called (Bash)
  --input JSON       the tool's input as a JSON object
  --cwd FOLDER       folder the call runs in (the present one)
  --workspace FOLDER workspace folder; may be given several times (the folder of --cwd)
  --home FOLDER      home folder (yours)
  --virtual          look at no file: judge by the text alone
  --json             print one JSON object instead of text
Exit status of a single check: 0 allow, 10 unsure, 11 block.

Options of replay:
  --rules FILE       rules to decide by, as in a settings file: {"permissions": {"allow": [], "ask": [], "deny": []}}
  --mode MODE        decide as in normal, auto or skip (the mode of each call)
  --workspace FOLDER workspace folder; may be given several times (the folder of each call)
  --json             print one JSON object a call
A LOG is a file ending in .audit.jsonl; the parts that were put aside beside it are read as well.

The API key is read from ANTHROPIC_API_KEY. Settings: $XDG_CONFIG_HOME/gatehouse/settings.json.
An independent project, not made or endorsed by Anthropic.
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

export interface ReplayArguments {
  readonly type: 'replay';
  readonly logs: readonly string[];
  readonly rules: string | undefined;
  readonly mode: Mode | undefined;
  readonly workspace: readonly string[];
  readonly home: string | undefined;
  readonly json: boolean;
}

export interface LogArguments {
  readonly type: 'shadow' | 'verify-log' | 'export';
  readonly logs: readonly string[];
  readonly csv: boolean;
}

export type Arguments =
  | { readonly type: 'help' }
  | { readonly type: 'version' }
  | { readonly type: 'lines' }
  | { readonly type: 'defaults' }
  | { readonly type: 'completion'; readonly shell: Shell }
  | { readonly type: 'auto-mode'; readonly command: AutoModeCommand; readonly options: readonly string[] }
  | { readonly type: 'error'; readonly message: string }
  | AgentArguments
  | CheckArguments
  | ReplayArguments
  | LogArguments;

const options = {
  tool: { type: 'string', default: 'Bash' },
  input: { type: 'string' },
  cwd: { type: 'string' },
  workspace: { type: 'string', multiple: true, default: [] as string[] },
  home: { type: 'string' },
  virtual: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  jsonl: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Reads the words of the command line; what is not understood is an error that says what is. */
export function parseArguments(args: readonly string[]): Arguments {
  const [first, second, ...rest] = args;
  if (first === 'auto-mode' && (second === undefined || second === '--help' || second === '-h'))
    return { type: 'help' };
  if (first === 'completion') {
    const shell = shells.find((each) => each === second);
    return shell && rest.length === 0
      ? { type: 'completion', shell }
      : failed(say('completion needs the name of a shell: {0}', shells.join(', ')));
  }
  if (first !== 'auto-mode') {
    const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
    if (own.includes('--help') || own.includes('-h')) return { type: 'help' };
    if (own.includes('--version') || own.includes('-V')) return { type: 'version' };
    return parseAgentArguments(args);
  }
  if (first === 'auto-mode' && second !== undefined && Object.hasOwn(logCommands, second))
    return logs(second as keyof typeof logCommands, rest);
  if (second === 'defaults' && rest.length === 0) return { type: 'defaults' };
  if (second === 'config' || second === 'critique' || second === 'doctor')
    return { type: 'auto-mode', command: second, options: rest };
  if (second !== 'check')
    return failed(
      say('{0} is not known; there are: auto-mode {1}', args.slice(0, 2).join(' '), autoModeCommands.join(', ')),
    );
  const separator = rest.indexOf('--');
  const own = separator < 0 ? rest : rest.slice(0, separator);
  const command = separator < 0 ? [] : rest.slice(separator + 1);
  let values: Values;
  try {
    values = parseArgs({ args: own, options }).values;
  } catch (error) {
    // Its messages name the option and say what is wrong with it.
    return failed(say('{0}', error instanceof Error ? error.message : String(error)));
  }
  if (values.help) return { type: 'help' };
  if (!values.jsonl) return check(values, command);
  if (own.length > 1) return failed(say('--jsonl takes no other option: each line brings its own'));
  if (command.length > 0) return failed(say('--jsonl takes no command; calls come on standard input'));
  return { type: 'lines' };
}

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

function check(values: Values, command: readonly string[]): Arguments {
  const { cwd, home, input: text, json, tool, virtual, workspace } = values;
  let input: unknown = { command: command.join(' ') };
  if (text === undefined) {
    if (command.length === 0) return failed(say('there is no command; put it after --, quoted as one word'));
    if (tool !== 'Bash') return failed(say('{0} takes no command; use --input', tool));
  } else {
    if (command.length > 0) return failed(say('give either --input or a command after --, not both'));
    try {
      input = JSON.parse(text);
    } catch {
      return failed(say('--input is not JSON: {0}', text));
    }
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return failed(say('--input must be a JSON object'));
  }
  const relative = [...workspace, ...(home === undefined ? [] : [home])].find((folder) => !folder.startsWith('/'));
  if (relative !== undefined) return failed(say('{0} is not an absolute path', relative));
  return { type: 'check', tool, input: { ...input }, cwd, workspace, home, virtual, json };
}

const logOptions = {
  rules: { type: 'string' },
  mode: { type: 'string' },
  workspace: { type: 'string', multiple: true, default: [] as string[] },
  home: { type: 'string' },
  json: { type: 'boolean', default: false },
  csv: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Options that each command takes. */
const logCommands = {
  replay: ['rules', 'mode', 'workspace', 'home', 'json', 'help'],
  shadow: ['help'],
  'verify-log': ['help'],
  export: ['csv', 'help'],
} as const;

function logs(command: keyof typeof logCommands, args: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parseArgs<{ options: typeof logOptions; allowPositionals: true }>>;
  const taken = Object.fromEntries(
    Object.entries(logOptions).filter(([name]) => logCommands[command].some((each) => each === name)),
  ) as typeof logOptions;
  try {
    parsed = parseArgs({ args: [...args], options: taken, allowPositionals: true });
  } catch (error) {
    return failed(say('{0}', error instanceof Error ? error.message : String(error)));
  }
  const { positionals, values } = parsed;
  if (values.help) return { type: 'help' };
  if (positionals.length === 0) return failed(say('there is no log; name a file that ends in .audit.jsonl'));
  const { csv = false, home, json = false, mode, rules, workspace = [] } = values;
  if (command !== 'replay') return { type: command, logs: positionals, csv };
  if (mode !== undefined && !isMode(mode)) return failed(say('{0} is no mode; it must be normal, auto or skip', mode));
  const relative = [...workspace, ...(home === undefined ? [] : [home])].find((folder) => !folder.startsWith('/'));
  if (relative !== undefined) return failed(say('{0} is not an absolute path', relative));
  return { type: 'replay', logs: positionals, rules, mode, workspace, home, json };
}

const isMode = (text: string): text is Mode => modes.some((mode) => mode === text);

function failed(said: Said): Arguments {
  return { type: 'error', message: english(said) };
}
