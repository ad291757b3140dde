import { say } from '../../../say';
import type { Span } from '../../effect';
import { baseName, foldPath, locate } from '../../paths';
import { type Code, codeOf } from '../code/language';
import { judgeTrace } from '../code/verdict';
import { describeField, type Field, taintOf } from './field';
import { pointedBy } from './paths';
import type { Context, Shell } from './shell';
import type { ShellState } from './state';

/** Bytes of a script that an approval is bound to and that are read; a larger one stays unsure. */
export const scriptLimit = 2_000_000;

/**
 * A file that is run or obeyed (design section 5, rule R19). In scope when its bytes are the baseline's; judged by what it says
 * when the session wrote it; never when it was fetched. The approval is bound to its bytes either way.
 */
export function followFile(shell: Shell, field: Field, state: ShellState, context: Context): void {
  const path = fileOf(shell, field, state, context);
  if (path !== undefined) followPath(shell, path, field.span, state, context);
}

/** The one file a field names; anything else has been reported. */
export function fileOf(shell: Shell, field: Field, state: ShellState, context: Context): string | undefined {
  if (taintOf(field.pieces).network)
    shell.report.harm('network.download-run', say('it runs what it downloads'), field.span);
  const [pointed, ...more] = pointedBy(field, state.cwd);
  const written =
    pointed?.type === 'paths' && more.length === 0 && pointed.paths.length === 1 ? pointed.paths[0] : undefined;
  if (written !== undefined) return foldPath(written);
  shell.report.opaque();
  shell.report.effect('execute', { type: 'unknown', what: describeField(field) }, field.span, context.certainty);
  shell.doubt('shell.unknown-program', say('which file {0} stands for is not known', describeField(field)), field.span);
  return undefined;
}

/** @param path absolute and folded. */
export function followPath(shell: Shell, path: string, span: Span, state: ShellState, context: Context): void {
  const { report } = shell;
  const { place, facts, past } = report.world;
  report.effect('execute', { type: 'program', name: path }, span, context.certainty);
  const found = locate(path, facts);
  if (!found.ok) {
    shell.doubt('command.script', say('it runs {0}, which is not a plain path', path), span);
    return;
  }
  const { real } = found.at;
  const text = facts.readText(real, scriptLimit);
  const sha256 = text === undefined ? undefined : facts.sha256(text);
  if (sha256 !== undefined) report.restOn({ path: real, sha256 });
  if (shell.fetched.has(path) || shell.fetched.has(real)) {
    report.harm('network.download-run', say('{0} was just downloaded', path), span);
    return;
  }
  if (sha256 !== undefined && past.accepted(sha256)) return;
  const trace = report.changes.of(real);
  if (trace && trace.state !== 'gone') {
    const verdict = judgeTrace(report.world, real, trace, codeOf(baseName(real)), state.cwd);
    if (trace.network) report.harm('network.download-run', say('{0} was downloaded in this session', path), span);
    else if (verdict.answer !== 'allow')
      report.doubt('scripts.changed', say('it runs {0}, which this session wrote: {1}', path, verdict.why), span);
    return;
  }
  const scope = place.scratch === undefined ? place.workspace : [...place.workspace, place.scratch];
  const inside = scope.some((folder) => real === folder || real.startsWith(`${folder}/`));
  if (!inside) {
    shell.doubt('command.script', say('it runs {0}, which is not in the workspace', path), span);
    return;
  }
  switch (facts.provenance(real)) {
    case 'baseline':
      return;
    case 'changed':
    case 'unknown':
      shell.doubt('command.script', say('it runs {0}, whose content decides what it does', path), span);
      return;
  }
}

/**
 * The project's own code is run: tests, build, scripts. In scope as the session found it; what the session wrote since and that
 * may be loaded must have been judged harmless.
 * @param languages what may be loaded.
 * @param files names below the working folder that it surely obeys.
 */
export function runProject(
  shell: Shell,
  languages: readonly Code[],
  files: readonly string[],
  name: string,
  state: ShellState,
  context: Context,
  span: Span,
): void {
  const { report } = shell;
  report.effect('execute', { type: 'program', name }, span, context.certainty);
  if (!state.cwd) {
    shell.doubt('paths.unknown', say('in which folder {0} works is not known', name), span);
    return;
  }
  const { place, facts, past } = report.world;
  for (const folder of state.cwd) {
    const scope = place.scratch === undefined ? place.workspace : [...place.workspace, place.scratch];
    const found = locate(folder, facts);
    if (!found.ok || !scope.some((each) => found.at.real === each || found.at.real.startsWith(`${each}/`)))
      shell.doubt('command.script', say('{0} runs the code of {1}, which is not in the workspace', name, folder), span);
    for (const file of files) {
      const path = `${folder}/${file}`;
      const text = facts.kind(path) === 'file' ? facts.readText(path, scriptLimit) : undefined;
      if (text !== undefined) report.restOn({ path, sha256: facts.sha256(text) });
    }
  }
  const wanted = new Set(languages);
  for (const [path, trace] of report.changes.all()) {
    if (trace.state === 'gone') continue;
    const code = codeOf(baseName(path));
    const obeyed = files.some((file) => path.endsWith(`/${file}`));
    if (!obeyed && (code === undefined || !wanted.has(code))) continue;
    if (trace.network) {
      report.harm(
        'network.download-run',
        say('{0} may run {1}, which was downloaded in this session', name, path),
        span,
      );
      continue;
    }
    if (trace.text !== undefined && past.accepted(facts.sha256(trace.text))) continue;
    const verdict = judgeTrace(report.world, path, trace, code, state.cwd);
    if (verdict.answer !== 'allow')
      report.doubt(
        'scripts.changed',
        say('{0} may run {1}, which this session wrote: {2}', name, path, verdict.why),
        span,
      );
  }
}
