import { say } from '../../../../../say';
import { judgeRead } from '../../../scope';
import type { Invocation } from '../../command';
import { constantOf, describeField, type Field, textPiece } from '../../field';
import { judgeField } from '../../paths';
import { type Context, type Shell, someFlow } from '../../shell';
import type { ShellState } from '../../state';
import { asks } from '../doings';
import type { Family } from '../family';
import { judgeSecrets } from '../network/reaching';
import { givenTaint } from '../network/sent';

/** The command line of a cloud: what its operations are called tells whether they only ask. */
interface Cloud {
  readonly programs: readonly string[];
  /** Whether the words of an operation only ask. */
  readonly asks: (words: readonly string[], operation: string) => boolean;
  /** Asks nobody. */
  readonly local: RegExp;
  /** Words by which something secret comes out. */
  readonly reveals: RegExp;
  /** Every start of it tells its maker that it is used. */
  readonly telemetry?: true;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

/** Words in the name of an option that is no question: it names files, servers or identities, or lets out what is hidden. */
const strange =
  /^(?:files?|path|paths|dir|directory|folder|out|outfile|log|http|plugin|exec|script|url|uri|endpoint|bundle|proxy|token|credentials?|impersonate|input|debug|decrypt|decryption|password|identity|config|configuration|expand|invoke|values?|auth|private|raw|reveal|show|secrets|verify|ssl|tls|insecure)$/;
/** What such an option may look like all the same. */
const harmless =
  /^--(?:next-token|starting-token|page-token|queue-url|show-details|show-urns|expand-filters|log-group-names?|log-stream-names?|log-group-identifiers?|configuration-set-name|output-format)$/;

function isStrange(option: string): boolean {
  return (
    !harmless.test(option) &&
    option
      .replace(/^-+/, '')
      .split('-')
      .some((word) => strange.test(word))
  );
}

/** Nothing but words before it, and none behind which anything may stand that is run. */
function isHelp(text: string, program: string): boolean {
  if (/^(?:--version|--help|version|help(?: [a-z0-9-]+){0,3})$/.test(text)) return true;
  const words = /^((?:[a-z0-9:-]+ ){1,4})(?:--help|help)$/.exec(text)?.[1];
  if (words === undefined || (text.endsWith(' help') && program !== 'aws')) return false;
  return !/^exec |(?:^| )(?:run|exec|ssh|shell|console|local|dev|rsync)(?:[: ]|$)/.test(words);
}

/** Options that may stand before the words of an operation, with a value. */
const leading = /^--(?:profile|region|output|project|color|format|subscription|app|query)$/;

/** A program told by how its operations are called. */
export function cloud(data: Cloud): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge(shell, invocation, state, context) {
      const { args, span, program } = invocation;
      const { words, options } = readWords(args);
      const operation = words.join(' ');
      const name = `${program} ${operation}`.trim();
      const only = args.map((field) => constantOf(field) ?? '?').join(' ');
      if (data.telemetry) shell.report.effect('fetch', { type: 'program', name: program }, span, 'possible');
      if (isHelp(only, program)) return someFlow;
      const flow = { ...someFlow, secret: givenTaint(invocation, context).secret, network: true };
      const local = data.local.test(operation);
      if (!local && data.reveals.test(operation)) {
        shell.report.beyondLooking();
        shell.report.holdsSecret(name);
        shell.doubt('secrets.store', say('{0} puts out a credential', name), span);
        return { ...flow, secret: true };
      }
      if (!local && !data.asks(words, operation)) {
        judgeChange(shell, operation, name, invocation, state, context);
        return flow;
      }
      for (const field of options) judgeOption(shell, field, name, state, context);
      if (/(?:^| )get-/.test(operation)) judgeOutput(shell, options, name);
      if (!local) asks(program).run({ shell, invocation, name, options: [], operands: args, state, context });
      return local ? { ...flow, network: false } : flow;
    },
  };
}

/** Words up to the first option that follows one, and the options. */
function readWords(args: readonly Field[]): { readonly words: readonly string[]; readonly options: readonly Field[] } {
  const words: string[] = [];
  const options: Field[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    const text = field && constantOf(field);
    const value = args[index + 1];
    if (words.length === 0 && field && value && text !== undefined && leading.test(text)) {
      options.push(field, value);
      index += 1;
      continue;
    }
    if (text === undefined || text.startsWith('-')) return { words, options: [...options, ...args.slice(index)] };
    words.push(text);
  }
  return { words, options };
}

/** An option of a question, or its value: data, unless it names a file, another server or another identity. */
function judgeOption(shell: Shell, field: Field, name: string, state: ShellState, context: Context): void {
  const text = constantOf(field) ?? describeField(field);
  const option = text.startsWith('-') ? (text.split('=', 1)[0] ?? '') : '';
  const plainOption = option === '' || !isStrange(option);
  const value = option === '' ? text : text.includes('=') ? text.slice(option.length + 1) : '';
  const file = /^(?:fileb?:\/\/|@)(.*)$/s.exec(value);
  if (file) {
    const path: Field = { ...field, pieces: [textPiece(file[1] ?? '')] };
    const found = judgeField(shell, path, state, context, (each, from) => judgeRead(shell.report, each, from));
    if (found.some((secrecy) => secrecy !== undefined))
      shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', name), field.span);
  }
  if (!plainOption || file || /^https?:\/\//.test(value) || !/^-{0,2}[a-z][\w-]*$|^-[a-zA-Z]$|^$/.test(option))
    shell.doubt('command.option', say('what {1} means to {0} is not known', name, text), field.span);
}

/** A word behind the value of an option may be a file that the answer is written to. */
function judgeOutput(shell: Shell, options: readonly Field[], name: string): void {
  const bare = options.map((field) => !describeField(field).startsWith('-'));
  // An option in the plural takes several: `--names a b`.
  for (const [index, field] of options.entries())
    if (bare[index] && bare[index - 1] && !isPlural(options, index))
      shell.doubt(
        'command.operands',
        say('what {1} means to {0} is not known', name, describeField(field)),
        field.span,
      );
}

function isPlural(options: readonly Field[], index: number): boolean {
  for (let at = index; at >= 0; at -= 1) {
    const text = describeField(options[at] ?? { pieces: [] });
    if (text.startsWith('-')) return /s$/.test(text);
  }
  return false;
}

function judgeChange(
  shell: Shell,
  operation: string,
  name: string,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): void {
  const { span, program } = invocation;
  shell.report.effect('remote', { type: 'unknown', what: program }, span, context.certainty);
  judgeSecrets(shell, invocation, ownOptions, state, context);
  if (loses.test(operation)) shell.doubt('remote.destroys', say('{0} loses something at {1}', name, program), span);
  else shell.doubt('command.remote', say('{0} changes {1}', name, program), span);
}

const ownOptions =
  /^--(?:profile|key-file|cred-file|account-key|sas-token|credential-file-override|ca-bundle|cert|private-key|identity-file)$/;

const loses =
  /(?:^|[ -])(?:delete|remove|rm|rb|destroy|terminate|purge|deregister|revoke|empty|drop|reset|cancel|wipe)(?:$|[ :-])|:(?:destroy|delete|remove|reset)\b/;
