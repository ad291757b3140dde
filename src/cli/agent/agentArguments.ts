import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Mode, modes } from '../../core/gate/modes';
import { english, type Said, say } from '../../core/say';

export const outputFormats = ['text', 'json', 'stream-json'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** The command line of the agent, in print mode or interactive. */
export interface AgentArguments {
  readonly type: 'agent';
  /** What to do; undefined: it comes on standard input, or is typed. */
  readonly prompt: string | undefined;
  readonly print: boolean;
  readonly outputFormat: OutputFormat;
  readonly inputFormat: 'text' | 'stream-json';
  /** Undefined: the user's setting. */
  readonly mode: Mode | undefined;
  /** The flag that asked for the mode, for messages. */
  readonly modeFlag: string | undefined;
  readonly model: string | undefined;
  /** `last`: the session of this folder that was used last; `pick`: the person chooses. */
  readonly session: 'new' | 'last' | 'pick' | { readonly id: string };
  readonly addDirs: readonly string[];
  /** A file, or JSON itself. */
  readonly settings: string | undefined;
  readonly maxTurns: number | undefined;
  /** US dollars. */
  readonly maxCost: number | undefined;
  readonly allowedTools: readonly string[];
  readonly disallowedTools: readonly string[];
  readonly plain: boolean;
  readonly demo: boolean;
}

type Parsed = AgentArguments | { readonly type: 'error'; readonly message: string };

const options = {
  print: { type: 'boolean', short: 'p', default: false },
  'output-format': { type: 'string' },
  'input-format': { type: 'string' },
  'permission-mode': { type: 'string' },
  'enable-auto-mode': { type: 'boolean', default: false },
  'dangerously-skip-permissions': { type: 'boolean', default: false },
  model: { type: 'string' },
  continue: { type: 'boolean', short: 'c', default: false },
  resume: { type: 'string', short: 'r' },
  'add-dir': { type: 'string', multiple: true, default: [] as string[] },
  settings: { type: 'string' },
  'max-turns': { type: 'string' },
  'max-cost': { type: 'string' },
  'allowed-tools': { type: 'string', multiple: true, default: [] as string[] },
  'disallowed-tools': { type: 'string', multiple: true, default: [] as string[] },
  plain: { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Every flag, for shell completion. */
export const agentFlags: readonly string[] = [...Object.keys(options), 'help', 'version'].map((name) => `--${name}`);

/** Claude Code's spellings of ours. */
const spellings: Readonly<Record<string, string>> = {
  '--allowedTools': '--allowed-tools',
  '--disallowedTools': '--disallowed-tools',
};
const modeNames: Readonly<Record<string, Mode>> = {
  ...Object.fromEntries(modes.map((mode) => [mode, mode])),
  default: 'normal',
  bypassPermissions: 'skip',
};

export function parseAgentArguments(args: readonly string[]): Parsed {
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: prepared(args), options, allowPositionals: true });
  } catch (error) {
    // Its messages name the option and say what is wrong with it.
    return failed(say('{0}', error instanceof Error ? error.message : String(error)));
  }
  const { positionals, values } = parsed;
  const { demo, plain, print, settings } = values;
  const outputFormat = values['output-format'] ?? 'text';
  const inputFormat = values['input-format'] ?? 'text';
  if (!isOneOf(outputFormat, outputFormats))
    return failed(say('--output-format must be text, json or stream-json; it is {0}', outputFormat));
  if (!isOneOf(inputFormat, ['text', 'stream-json']))
    return failed(say('--input-format must be text or stream-json; it is {0}', inputFormat));
  if (!print && (values['output-format'] !== undefined || values['input-format'] !== undefined))
    return failed(say('--output-format and --input-format go with --print'));
  if (inputFormat === 'stream-json' && outputFormat !== 'stream-json')
    return failed(
      say('--input-format stream-json needs --output-format stream-json, so that answers can be told apart'),
    );
  if (inputFormat === 'stream-json' && positionals.length > 0)
    return failed(say('with --input-format stream-json the messages come on standard input; give no prompt'));
  if (positionals.length > 1)
    return failed(say('there is more than one prompt; quote it as one word: {0}', positionals.join(' | ')));
  const wanted = wantedMode(values);
  if ('message' in wanted) return wanted;
  const maxTurns = amount(values['max-turns'], /^[1-9]\d{0,5}$/);
  if (maxTurns === null) return failed(say('--max-turns must be a whole number from 1 to 999999'));
  const maxCost = amount(values['max-cost'], /^(?:\d{1,6})(?:\.\d{1,6})?$/);
  if (maxCost === null || maxCost === 0)
    return failed(say('--max-cost must be an amount in US dollars above 0, such as 2.50'));
  const session = sessionOf(values, print);
  if (typeof session === 'object' && 'message' in session) return session;
  if (values.model?.trim() === '') return failed(say('--model must be the name of a model'));
  return {
    ...{ type: 'agent', prompt: positionals[0], print, outputFormat, inputFormat, ...wanted, session, settings },
    ...{ model: values.model, addDirs: values['add-dir'], maxTurns, maxCost, plain, demo },
    allowedTools: values['allowed-tools'].flatMap(splitRules),
    disallowedTools: values['disallowed-tools'].flatMap(splitRules),
  };
}

/** `--resume` takes an id or nothing; an option without a value is none for `parseArgs`. */
function prepared(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.flatMap((word, at) => {
    if (end >= 0 && at > end) return [word];
    if (word === '--resume' || word === '-r') {
      const next = args[at + 1];
      return next !== undefined && isSessionId(next) ? ['--resume'] : ['--resume='];
    }
    const [flag = '', ...value] = word.split('=');
    const ours = spellings[flag];
    return [ours === undefined ? word : [ours, ...value].join('=')];
  });
}

const isSessionId = (text: string): boolean => /^[0-9a-f]{6,32}$/.test(text);

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

function wantedMode(values: Values): Pick<AgentArguments, 'mode' | 'modeFlag'> | { type: 'error'; message: string } {
  const named = values['permission-mode'];
  const mode = named === undefined ? undefined : modeNames[named];
  if (named !== undefined && mode === undefined)
    return failed(say('--permission-mode must be normal, auto or skip; it is {0}', named));
  const asked: (readonly [Mode, string])[] = [
    ...(mode === undefined ? [] : [[mode, '--permission-mode'] as const]),
    ...(values['enable-auto-mode'] ? [['auto', '--enable-auto-mode'] as const] : []),
    ...(values['dangerously-skip-permissions'] ? [['skip', '--dangerously-skip-permissions'] as const] : []),
  ];
  if (new Set(asked.map(([each]) => each)).size > 1)
    return failed(say('{0} ask for different modes; give one of them', asked.map(([, flag]) => flag).join(', ')));
  return { mode: asked[0]?.[0], modeFlag: asked[0]?.[1] };
}

function sessionOf(values: Values, print: boolean): AgentArguments['session'] | { type: 'error'; message: string } {
  const { continue: last, resume } = values;
  if (last && resume !== undefined) return failed(say('give either --continue or --resume, not both'));
  if (last) return 'last';
  if (resume === undefined) return 'new';
  if (isSessionId(resume)) return { id: resume };
  if (resume !== '') return failed(say('{0} is no session id; it has 6 to 32 hexadecimal digits', resume));
  if (print) return failed(say('--resume needs the id of a session with --print; --continue takes the last one'));
  return 'pick';
}

/** @returns null when it is no such number. */
function amount(text: string | undefined, shape: RegExp): number | undefined | null {
  if (text === undefined) return undefined;
  return shape.test(text) ? Number(text) : null;
}

/** `Bash(git log:*),Read Edit(src/**)`: rules apart by commas or blanks, but not inside parentheses. */
export function splitRules(text: string): readonly string[] {
  const rules: string[] = [];
  let depth = 0;
  let rule = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && /[\s,]/.test(character)) {
      rules.push(rule);
      rule = '';
    } else rule += character;
  }
  return [...rules, rule].filter((each) => each !== '');
}

const isOneOf = <T extends string>(text: string, known: readonly T[]): text is T => known.some((each) => each === text);

function failed(said: Said): { readonly type: 'error'; readonly message: string } {
  return { type: 'error', message: english(said) };
}
