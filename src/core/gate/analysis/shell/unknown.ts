import { say } from '../../../say';
import { isAbsolutePath, joinPath } from '../../paths';
import type { Invocation } from './command';
import { constantOf, describeField, type Field, mixTaints, taintOf } from './field';
import { bindTo, runScriptFile } from './scripts';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import type { ShellState } from './state';

/** Files whose bytes decide what a project's own command does, by program. */
const projectFiles: ReadonlyMap<string, readonly string[]> = new Map([
  ['npm', ['package.json', '.npmrc']],
  ['npx', ['package.json', '.npmrc']],
  ['pnpm', ['package.json', '.npmrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs']],
  ['yarn', ['package.json', '.yarnrc.yml', '.yarnrc']],
  ['bun', ['package.json', 'bunfig.toml']],
  ['make', ['Makefile', 'makefile', 'GNUmakefile']],
  ['gmake', ['Makefile', 'makefile', 'GNUmakefile']],
  ['just', ['justfile', 'Justfile', '.justfile']],
  ['task', ['Taskfile.yml', 'Taskfile.yaml']],
  ['rake', ['Rakefile']],
  ['cargo', ['Cargo.toml', 'build.rs']],
  ['go', ['go.mod']],
  ['pytest', ['conftest.py', 'pyproject.toml', 'pytest.ini', 'setup.cfg', 'tox.ini']],
  ['tox', ['tox.ini', 'pyproject.toml']],
  ['jest', ['package.json', 'jest.config.js', 'jest.config.ts']],
  ['vitest', ['package.json', 'vitest.config.ts', 'vite.config.ts']],
  ['mvn', ['pom.xml']],
  ['gradle', ['build.gradle', 'build.gradle.kts', 'settings.gradle']],
  ['docker-compose', ['docker-compose.yml', 'compose.yaml']],
  ['composer', ['composer.json']],
  ['bundle', ['Gemfile']],
  ['cmake', ['CMakeLists.txt']],
]);

/** Programs that stop the machine or end everything on it. */
const stopsMachine = /^(?:shutdown|reboot|halt|poweroff|init|telinit)$/;
const schedules =
  /^(?:crontab|at|batch|launchctl|systemctl|service|update-rc\.d|chkconfig|schtasks|loginctl|osascript)$/;
const kills = /^(?:kill|pkill|killall|xkill|skill|fuser)$/;

/** A program nothing is known of: it goes to the classifier or a person, bound to the bytes of whatever it will surely run. */
export function judgeUnknown(shell: Shell, invocation: Invocation, state: ShellState, context: Context): Flow {
  const { name, program, words, args, span } = invocation;
  const [first] = words;
  const taint = mixTaints(context.stdin, ...words.map(({ pieces }) => taintOf(pieces)));
  if (first && name.includes('/')) {
    return { ...runScriptFile(shell, first, invocation, undefined, args, state, context), ...taint };
  }
  for (const file of projectFiles.get(program) ?? [])
    for (const folder of state.cwd ?? []) bindTo(shell, joinPath(folder, file));
  bindArguments(shell, args, state);
  if (stopsMachine.test(program)) {
    shell.report.effect('kill', { type: 'process', what: 'the machine' }, span, context.certainty);
    shell.report.harm('machine.stop', say('{0} stops the machine', program), span);
  } else if (kills.test(program)) judgeKill(shell, invocation, context);
  else if (schedules.test(program)) {
    shell.report.effect('persist', { type: 'program', name: program }, span, context.certainty);
    shell.doubt('command.unknown', say('{0} makes something run later or for longer', program), span);
  } else if (program === 'printenv') {
    shell.report.beyondLooking();
    shell.doubt('secrets.environment', say('{0} puts out the environment, which may hold secrets', program), span);
    return { ...someFlow, ...taint, secret: true };
  } else {
    shell.report.effect('execute', { type: 'program', name: program }, span, context.certainty);
    shell.doubt(
      'command.unknown',
      say('what {0} does is not known here', describeField(first ?? { pieces: [] })),
      span,
    );
  }
  return { ...someFlow, ...taint };
}

/** Files of the workspace that are named as arguments may be what is run: `make -f x.mk`, `deno run x.ts`. */
function bindArguments(shell: Shell, args: readonly Field[], state: ShellState): void {
  let bound = 0;
  for (const field of args) {
    const text = constantOf(field);
    if (text === undefined || text === '' || text.startsWith('-') || bound >= 10) continue;
    if (!/^[\w./@-]+\.\w{1,5}$/.test(text)) continue;
    for (const folder of state.cwd ?? []) bindTo(shell, isAbsolutePath(text) ? text : joinPath(folder, text));
    bound += 1;
  }
}

function judgeKill(shell: Shell, { program, args, span }: Invocation, context: Context): void {
  const texts = args.map((field) => constantOf(field) ?? '?');
  shell.report.effect('kill', { type: 'process', what: texts.join(' ') }, span, context.certainty);
  const everything =
    program === 'kill' &&
    ((texts.at(-1) === '-1' && texts.length > 1) || (texts.includes('1') && texts.at(-1) === '1'));
  if (everything) shell.report.harm('machine.stop', say('{0} ends every process', program), span);
  else shell.doubt('command.kills', say('{0} ends processes', program), span);
}
