import { say } from '../../../say';
import { type Invocation, runWords } from './command';
import type { Field } from './field';
import { type OptionTable, readOptions } from './options';
import { type Context, type Flow, noFlow, type Shell, someFlow } from './shell';
import { copyState, type ShellState } from './state';
import { applyWrapperSetting } from './wrapperSettings';
import { runListed } from './xargs';

/** A program that starts another one (rule R9). */
interface Wrapper {
  readonly programs: readonly string[];
  readonly options: OptionTable;
  /** Words before the command: a duration, a priority, a lock file. */
  readonly before?: number;
  /** Words of the form `NAME=value` before the command set its environment. */
  readonly assigns?: boolean;
  /** Raises rights. */
  readonly privilege?: boolean;
  /** The wrapped command outlives the call, runs elsewhere, or the wrapper writes files: never allowed by itself. */
  readonly doubtful?: boolean;
  /** Digits alone are an option: `nice -10`. */
  readonly digits?: boolean;
}

const wrappers: readonly Wrapper[] = [
  {
    programs: ['env'],
    options: { flag: '-i -0 -v --ignore-environment --null --debug', value: '-u -C --unset --chdir' },
    assigns: true,
  },
  { programs: ['nice'], options: { value: '-n --adjustment' }, digits: true },
  { programs: ['nohup'], options: {} },
  {
    programs: ['timeout', 'gtimeout'],
    options: { flag: '-v --preserve-status --foreground --verbose', value: '-k -s --kill-after --signal' },
    before: 1,
  },
  { programs: ['stdbuf', 'gstdbuf'], options: { value: '-i -o -e --input --output --error' } },
  { programs: ['setsid'], options: { flag: '-c -f -w --ctty --fork --wait' } },
  { programs: ['ionice'], options: { flag: '-t', value: '-c -n --class --classdata' } },
  { programs: ['chrt'], options: { flag: '-o -b -i -f -r -v -a' }, before: 1 },
  { programs: ['taskset'], options: { flag: '-a -c' }, before: 1 },
  { programs: ['unbuffer'], options: { flag: '-p' } },
  { programs: ['time', 'gtime'], options: { flag: '-p -v --portability --verbose', value: '-f --format' } },
  { programs: ['command'], options: { flag: '-p -v -V' } },
  { programs: ['builtin'], options: {} },
  { programs: ['exec'], options: { flag: '-c -l', value: '-a' } },
  { programs: ['caffeinate'], options: { flag: '-d -i -m -s -u', value: '-t -w' } },
  {
    programs: ['sudo', 'doas'],
    options: {
      flag: '-A -b -E -e -H -i -K -k -l -n -P -S -s -V -v -B -N --preserve-env --login --non-interactive --stdin --set-home --shell --background',
      value: '-u -g -C -c -D -h -p -r -R -t -T -U -a --user --group --chdir --host --prompt --close-from --role --type',
    },
    assigns: true,
    privilege: true,
  },
  {
    programs: ['flock'],
    options: { flag: '-e -x -s -n -u -o -F --exclusive --shared --nonblock --close', value: '-w -E --timeout' },
    before: 1,
    doubtful: true,
  },
  { programs: ['chroot'], options: { value: '--userspec --groups' }, before: 1, privilege: true },
  {
    programs: ['strace', 'ltrace'],
    options: { flag: '-f -ff -c -q -qq -v -y -t -tt -T -r -C', value: '-e -o -s -p -u -P' },
    doubtful: true,
  },
  {
    programs: ['systemd-run'],
    options: {
      flag: '--user --scope --pty --wait --collect -t -G -P -q',
      value: '--unit --property -p -u --on-calendar --on-active --setenv -E',
    },
    doubtful: true,
  },
  { programs: ['busybox', 'toybox'], options: {}, doubtful: true },
  {
    programs: ['parallel'],
    options: { flag: '-k -0 --keep-order --null --dry-run --will-cite', value: '-j -n -N -I --jobs -a' },
    doubtful: true,
  },
  { programs: ['watch'], options: { flag: '-d -t -b -e -g -c -x', value: '-n' }, doubtful: true },
  {
    programs: ['direnv', 'dotenv', 'mise', 'asdf', 'nix-shell', 'bundle', 'rbenv', 'pyenv'],
    options: {},
    before: 1,
    doubtful: true,
  },
  {
    programs: [
      'proxychains',
      'proxychains4',
      'torsocks',
      'firejail',
      'unshare',
      'nsenter',
      'setarch',
      'setpriv',
      'runuser',
      'cpulimit',
      'catchsegv',
      'valgrind',
      'faketime',
      'dbus-run-session',
      'xvfb-run',
    ],
    options: {},
    doubtful: true,
  },
  {
    programs: ['xargs', 'gxargs'],
    options: {
      flag: '-0 -r -t -x -p -o --null --no-run-if-empty --verbose --exit --open-tty --interactive',
      value: '-a -d -E -I -L -n -P -s --arg-file --delimiter --max-args --max-lines --max-procs --max-chars --replace',
      optional: '-i -l -e',
    },
  },
];

const byProgram = new Map(
  wrappers.flatMap((wrapper) => wrapper.programs.map((program) => [program, wrapper] as const)),
);

/** Opens a wrapper and runs what it wraps. @returns undefined when the program is none. */
export function openWrapper(
  shell: Shell,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow | undefined {
  const wrapper = byProgram.get(invocation.program);
  if (!wrapper) return undefined;
  const { program, args, span, node } = invocation;
  const read = readOptions(args, wrapper.options, { stopAtOperand: true, digits: wrapper.digits === true });
  const has = (...names: readonly string[]): boolean => read.options.some(({ name }) => names.includes(name));
  if (program === 'command' && has('-v', '-V')) return someFlow;
  if (wrapper.privilege) {
    shell.report.effect('privilege', { type: 'program', name: program }, span, context.certainty);
    shell.doubt('command.privilege', say('{0} runs with the rights of another user', program), span);
  }
  if (wrapper.doubtful)
    shell.doubt('command.wrapper', say('what {0} does besides running a command is not known', program), span);
  if (read.doubtful) {
    shell.report.opaque();
    shell.doubt(
      'command.option',
      say('an option of {0} is not known, so that it is not clear what it runs', program),
      read.doubtful.span,
    );
  }
  const sameShell = program === 'exec' || program === 'command' || program === 'builtin';
  const inner = sameShell ? state : copyState(state);
  let rest: readonly Field[] = read.operands.slice(wrapper.before ?? 0);
  if (wrapper.assigns) rest = applyWrapperSetting(shell, program, read, rest, inner, context);
  const through = [...context.through, program];
  if (rest.length === 0) return withoutCommand(shell, invocation, read.operands, context);
  if (program === 'xargs' || program === 'gxargs')
    return runListed(shell, read, rest, invocation, inner, { ...context, through });
  // A new process does not see the functions of this shell, and `command` and `builtin` pass them over.
  const isolated: ShellState = { ...inner, functions: new Map() };
  const flow = runWords(shell, rest, node, span, isolated, { ...context, through });
  if (program === 'command' || program === 'builtin') {
    state.cwd = isolated.cwd;
    state.cwdUnlessMoved = isolated.cwdUnlessMoved;
    state.positional = isolated.positional;
    state.expansionChanged ||= isolated.expansionChanged;
  }
  return flow;
}

function withoutCommand(
  shell: Shell,
  { program, span }: Invocation,
  operands: readonly Field[],
  context: Context,
): Flow {
  if (program === 'env') {
    shell.report.beyondLooking();
    shell.doubt(
      'secrets.environment',
      say('{0} puts out the whole environment, which may hold secrets', program),
      span,
    );
    return { ...someFlow, secret: true };
  }
  if (program === 'exec' || program === 'time' || program === 'xargs' || program === 'command')
    return { ...noFlow, text: '' };
  if (operands.length > 0) shell.report.opaque();
  shell.doubt('command.wrapper', say('what {0} runs is not known', program), span);
  void context;
  return someFlow;
}
