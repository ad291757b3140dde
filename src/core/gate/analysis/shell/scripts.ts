import { say } from '../../../say';
import { locate } from '../../paths';
import type { Code } from '../code/language';
import type { Invocation } from './command';
import { constantOf, describeField, type Field, taintOf } from './field';
import { followFile, scriptLimit } from './follow';
import { pathsNamed } from './paths';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import { freshState, type ShellState } from './state';

/** A file that is run, by the word that names it. */
export function runScriptFile(
  shell: Shell,
  field: Field,
  invocation: Invocation,
  language: Code | undefined,
  args: readonly Field[],
  state: ShellState,
  context: Context,
): Flow {
  return followFile(shell, field, state, context, { language, args, invocation });
}

/** Binds the approval to the bytes of a file, where there is one. */
export function bindTo(shell: Shell, path: string): void {
  const { facts } = shell.report.world;
  const found = locate(path, facts);
  const text = found.ok ? facts.readText(found.at.real, scriptLimit) : undefined;
  if (found.ok && text !== undefined) shell.report.restOn({ path: found.at.real, sha256: facts.sha256(text) });
}

/** What a virtual environment brings to be sourced: it puts the environment's programs first and does nothing else. */
const activation =
  /(?:^|\/)(?:\.?(?:uv)?(?:v|virtual)?env|\.nox\/[^/]+|\.tox\/[^/]+)[\w.-]*\/(?:bin|Scripts)\/activate$/;

/** `source file` runs the file in this very shell, so that little is known of it afterwards. */
export function runSourced(shell: Shell, invocation: Invocation, state: ShellState, context: Context): Flow {
  const [file, ...args] = invocation.args;
  if (!file) return someFlow;
  const text = constantOf(file);
  if ((text === '/dev/stdin' || text === '-' || text === '/proc/self/fd/0') && context.stdin.text !== undefined)
    return shell.walkText(
      context.stdin.text,
      state,
      { ...context, through: [...context.through, 'source'] },
      invocation.span,
    );
  if (text === '/dev/stdin') runUnknownInput(shell, invocation, context);
  else {
    // Without a slash the shell looks along PATH first, where no such name is usual.
    const known = sourcedText(shell, file, state);
    if (known !== undefined && !taintOf(file.pieces).network && !state.expansionChanged) {
      const inner: Context = {
        ...context,
        frame: { within: context.frame.within ?? invocation.span },
        depth: context.depth + 1,
      };
      return shell.walkText(known, state, inner, invocation.span);
    }
    const before = shell.report.doubts();
    followFile(shell, file, state, context, { language: 'shell', args, invocation });
    if (shell.report.doubts() === before) {
      if (text === undefined || !activation.test(text)) state.variables.clear();
      return someFlow;
    }
  }
  state.variables.clear();
  state.expansionChanged = true;
  return someFlow;
}

/** The text of a sourced file that the session wrote. */
function sourcedText(shell: Shell, file: Field, state: ShellState): string | undefined {
  const [path, ...more] = pathsNamed(file, state.cwd);
  if (path === undefined || more.length > 0) return undefined;
  const found = locate(path, shell.report.world.facts);
  const trace = found.ok ? shell.report.changes.of(found.at.real) : undefined;
  return trace && !trace.network ? trace.text : undefined;
}

/** A shell that runs what comes on its input. */
export function runUnknownInput(shell: Shell, { program, span }: Invocation, context: Context): void {
  shell.report.opaque();
  shell.report.effect('execute', { type: 'unknown', what: 'its input' }, span, context.certainty);
  if (context.stdin.network)
    shell.report.harm('network.download-run', say('{0} runs what is downloaded', program), span);
  else shell.doubt('shell.unknown-input', say('{0} runs what it is given, which is not known', program), span);
}

/** Text that a second shell runs: `bash -c text`. */
export function runShellText(
  shell: Shell,
  field: Field,
  program: string,
  positional: readonly Field[],
  state: ShellState,
  context: Context,
): Flow {
  if (taintOf(field.pieces).network)
    shell.report.harm('network.download-run', say('it runs what it downloads'), field.span);
  const text = constantOf(field);
  if (text === undefined) {
    shell.report.opaque();
    shell.report.effect('execute', { type: 'unknown', what: describeField(field) }, field.span, context.certainty);
    shell.doubt('shell.second-evaluation', say('{0} runs a text that is not known', program), field.span);
    return someFlow;
  }
  return shell.walkText(
    text,
    freshState(state, positional),
    { ...context, through: [...context.through, `${program} -c`] },
    field.span,
  );
}
