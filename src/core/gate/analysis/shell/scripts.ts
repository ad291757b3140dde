import { say } from '../../../say';
import { foldPath, isAbsolutePath, locate } from '../../paths';
import type { Invocation } from './command';
import { constantOf, describeField, type Field, taintOf } from './field';
import { pointedBy } from './paths';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import { freshState, type ShellState } from './state';

/** Bytes of a script that an approval is bound to; a larger one is bound by its path alone and stays unsure. */
const scriptLimit = 2_000_000;

/**
 * A file that is run. What it holds is not judged here, so that the call is unsure, but the approval is bound to its bytes: a
 * call before it in the same turn may rewrite it (rule R19).
 */
export function runScriptFile(shell: Shell, field: Field, program: string, state: ShellState, context: Context): void {
  if (taintOf(field.pieces).network)
    shell.report.harm('network.download-run', say('it runs what it downloads'), field.span);
  const [pointed, ...more] = pointedBy(field, state.cwd);
  const written =
    pointed?.type === 'paths' && more.length === 0 && pointed.paths.length === 1 ? pointed.paths[0] : undefined;
  const path = written === undefined ? undefined : foldPath(written);
  if (path === undefined) {
    shell.report.opaque();
    shell.report.effect('execute', { type: 'unknown', what: describeField(field) }, field.span, context.certainty);
    shell.doubt('shell.unknown-program', say('which file {0} runs is not known', program), field.span);
    return;
  }
  if (shell.fetched.has(path))
    shell.report.harm('network.download-run', say('{0} was just downloaded', path), field.span);
  bindTo(shell, path);
  shell.report.effect('execute', { type: 'program', name: path }, field.span, context.certainty);
  shell.doubt('command.script', say('it runs {0}, whose content decides what it does', path), field.span);
}

/** Binds the approval to the bytes of a file, where there is one. */
export function bindTo(shell: Shell, path: string): void {
  const { facts } = shell.report.world;
  const found = locate(path, facts);
  const text = found.ok ? facts.readText(found.at.real, scriptLimit) : undefined;
  if (found.ok && text !== undefined) shell.report.restOn({ path: found.at.real, sha256: facts.sha256(text) });
}

/** `source file` runs the file in this very shell, so that nothing is known of it afterwards. */
export function runSourced(shell: Shell, invocation: Invocation, state: ShellState, context: Context): Flow {
  const [file] = invocation.args;
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
  // Without a slash the shell looks along PATH first.
  else if (text !== undefined && !isAbsolutePath(text) && !text.includes('/')) {
    shell.report.effect('execute', { type: 'program', name: text }, file.span, context.certainty);
    shell.doubt('command.script', say('it runs {0}, whose content decides what it does', text), file.span);
    for (const folder of state.cwd ?? []) bindTo(shell, `${folder}/${text}`);
  } else runScriptFile(shell, file, 'source', state, context);
  state.variables.clear();
  state.expansionChanged = true;
  return someFlow;
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
