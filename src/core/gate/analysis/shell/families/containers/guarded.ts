import { type Said, say } from '../../../../../say';
import type { EffectKind } from '../../../../effect';
import type { Invocation } from '../../command';
import { constantOf } from '../../field';
import { type Context, type Shell, someFlow } from '../../shell';
import type { ShellState } from '../../state';
import type { Family } from '../family';
import { judgeSecrets } from '../network/reaching';
import { type Tool, tool } from '../tool';

/** Sub-commands that are never decided here, and why. */
export interface Guard {
  /** Each as its words, separated by commas: `rm,image rm`. An asterisk stands for every sub-command. */
  readonly commands: string;
  readonly kind: EffectKind;
  readonly rule: string;
  readonly reason: Said;
  /** It sends what it is given: a secret file among its words is given away. */
  readonly sends?: boolean;
  /** Puts out a secret. */
  readonly reveals?: boolean;
  check?(shell: Shell, invocation: Invocation, state: ShellState, context: Context): void;
}

/** Options that name what a program needs for itself, so that a secret file there is used and not sent. */
const ownOptions =
  /^--?(?:kubeconfig|config|env-file|ca-?cert|certificate-authority|cert|client-certificate|client-key|key|key-file|tls(?:cacert|cert|key)|tlscacert|i|identity|password-file|vault-password-file|private-key|state|var-file|profile|credential-file-override|from-env-file|backend-config|service-account)$/;

/** A program of which only what the table says is decided, and of which more is known to be doubtful or harmful. */
export function guarded(data: Tool, guards: readonly Guard[]): Family {
  const family = tool(data);
  const table = new Map(guards.flatMap((guard) => guard.commands.split(',').map((words) => [words, guard] as const)));
  return around(family, table);
}

function around(family: Family, table: ReadonlyMap<string, Guard>): Family {
  return {
    programs: family.programs,
    match: family.match,
    notMatch: family.notMatch,
    judge(shell, invocation, state, context) {
      if (isHelp(invocation)) return someFlow;
      const guard = findGuard(invocation, table);
      if (guard) judgeGuard(shell, guard, invocation, state, context);
      judgeInput(shell, invocation);
      const flow = family.judge(shell, invocation, state, context);
      return guard?.reveals ? { ...flow, secret: true } : flow;
    },
    without: () =>
      (family.without?.() ?? []).map(({ entry, family: less }) => ({ entry, family: around(less, table) })),
  };
}

/** `-f -`: what is obeyed comes on standard input. */
function judgeInput(shell: Shell, { args, program }: Invocation): void {
  for (const [index, field] of args.entries()) {
    const text = constantOf(field) ?? '';
    const before = constantOf(args[index - 1] ?? field) ?? '';
    if (/^(?:-f-|--file(?:name)?=-)$/.test(text) || (text === '-' && /^(?:-f|--file|--filename|-i)$/.test(before)))
      shell.doubt('shell.unknown-input', say('{0} runs what it is given, which is not known', program), field.span);
  }
}

/** Options before the sub-command that take a value. */
const withValue =
  /^-(?:n|f|p|H|-namespace|-context|-cluster|-kube-context|-file|-project-name|-profile|-stack|-host|-env-file|-project-directory)$/;

/** `x image rename --help`: only words before it, and none behind which anything may stand that is run. */
function isHelp({ args }: Invocation): boolean {
  const texts = args.map(constantOf);
  if (texts.at(-1) !== '--help' || texts.length > 4) return false;
  const words = texts.slice(0, -1);
  return (
    words.every((word) => word !== undefined && /^[a-z][a-z-]*$/.test(word)) &&
    !words
      .slice(0, -1)
      .some((word) => /^(?:run|exec|create|debug|attach|ssh|local|invoke|plugin|config)$/.test(word ?? ''))
  );
}

function findGuard({ args }: Invocation, table: ReadonlyMap<string, Guard>): Guard | undefined {
  const words: string[] = [];
  for (const [index, field] of args.entries()) {
    const text = constantOf(field);
    const before = args[index - 1];
    if (words.length === 0 && (text?.startsWith('-') || (before && withValue.test(constantOf(before) ?? '')))) continue;
    if (text === undefined || text.startsWith('-') || words.length === 4) break;
    words.push(text);
  }
  for (let count = words.length; count > 0; count -= 1) {
    const guard = table.get(words.slice(0, count).join(' '));
    if (guard) return guard;
  }
  return words.length > 0 ? table.get('*') : undefined;
}

function judgeGuard(shell: Shell, guard: Guard, invocation: Invocation, state: ShellState, context: Context): void {
  const { kind, rule, reason, sends, reveals } = guard;
  const { span, program } = invocation;
  shell.report.effect(kind, { type: 'unknown', what: program }, span, context.certainty);
  if (sends) judgeSecrets(shell, invocation, ownOptions, state, context);
  if (reveals) {
    shell.report.beyondLooking();
    shell.report.holdsSecret(program);
  }
  guard.check?.(shell, invocation, state, context);
  shell.doubt(rule, reason, span);
}
