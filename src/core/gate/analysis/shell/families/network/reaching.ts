import { say } from '../../../../../say';
import { isMetadataHost, parseDestination } from '../../../network';
import type { Invocation } from '../../command';
import { constantOf, type Field } from '../../field';
import { type Context, type Shell, someFlow } from '../../shell';
import type { ShellState } from '../../state';
import type { Family } from '../family';
import { givenTaint, namesSecret } from './sent';

/** Programs that reach out of the machine in ways that are never decided here, only told and watched for secrets. */
interface Reaching {
  readonly programs: readonly string[];
  /** Options whose value says who asks, so that it is no data: `-i key`. */
  readonly own?: RegExp;
  /** What comes back is put out. */
  readonly fetches?: boolean;
  /** Every start of it tells its maker that it is used. */
  readonly telemetry?: true;
  /** What is allowed all the same. */
  readonly harmless?: RegExp;
  readonly match?: readonly string[];
  readonly notMatch: readonly string[];
  /** Anything more that is known of it. */
  check?(shell: Shell, invocation: Invocation, state: ShellState, context: Context): void;
}

export function reaches(data: Reaching): Family {
  return {
    programs: data.programs,
    match: data.match ?? [],
    notMatch: data.notMatch,
    judge(shell, invocation, state, context) {
      const { args, span } = invocation;
      const text = args.map((field) => constantOf(field) ?? '\u0001').join(' ');
      if (data.telemetry) shell.report.effect('fetch', { type: 'program', name: invocation.program }, span, 'possible');
      if (/^--(?:version|help)$/.test(text) || data.harmless?.test(text)) return someFlow;
      judgeDestinations(shell, args, data.fetches ? 'fetch' : 'send', span, context);
      judgeSecrets(shell, invocation, data.own, state, context);
      data.check?.(shell, invocation, state, context);
      shell.doubt('network.reach', say('{0} reaches out of the machine', invocation.program), span);
      return { ...someFlow, secret: givenTaint(invocation, context).secret, network: data.fetches === true };
    },
  };
}

/** Secrets among what it is given: words, files that they name, standard input. */
export function judgeSecrets(
  shell: Shell,
  invocation: Invocation,
  own: RegExp | undefined,
  state: ShellState,
  context: Context,
): void {
  const { args, span, program } = invocation;
  const data = own ? args.filter((_, index) => !own.test(textOf(args[index - 1]))) : args;
  if (givenTaint(invocation, context).secret || namesSecret(shell, data, state)) {
    shell.report.holdsSecret(program);
    shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
  }
}

function textOf(field: Field | undefined): string {
  return (field && constantOf(field)) ?? '';
}

/** Reports every word that is a destination. @returns whether there was one. */
export function judgeDestinations(
  shell: Shell,
  fields: readonly Field[],
  kind: 'fetch' | 'send',
  span: Invocation['span'],
  context: Context,
): boolean {
  let any = false;
  for (const field of fields) {
    const text = constantOf(field);
    if (text === undefined || text.startsWith('-')) continue;
    const destination = parseDestination(text);
    if (!destination) continue;
    any = true;
    shell.report.effect(kind, { type: 'host', ...destination }, field.span, context.certainty);
    if (isMetadataHost(destination.host))
      shell.report.harm(
        'network.metadata',
        say('{0} gives out the credentials of the machine', destination.host),
        field.span,
      );
  }
  if (!any) shell.report.effect(kind, { type: 'unknown', what: 'the network' }, span, context.certainty);
  return any;
}
