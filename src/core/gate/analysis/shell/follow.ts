import { say } from '../../../say';
import type { Span } from '../../effect';
import { baseName, foldPath, locate } from '../../paths';
import type { Trace } from '../changes';
import { type Code, codeOf } from '../code/language';
import { argumentTexts, runCode } from '../code/runCode';
import { judgeTrace } from '../code/verdict';
import type { Invocation } from './command';
import { describeField, type Field, knownStart, mixTaints, taintOf } from './field';
import { pointedBy } from './paths';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import { freshState, type ShellState } from './state';

/** Bytes of a script that an approval is bound to and that are read; a larger one stays unsure. */
export const scriptLimit = 2_000_000;

/** How a file is run. */
export interface Run {
  /** What reads it; undefined: by its name or its first line, or not at all. */
  readonly language: Code | undefined;
  readonly args: readonly Field[];
  readonly invocation: Invocation;
}

/** A file that is run or obeyed, by the field that names it. */
export function followFile(shell: Shell, field: Field, state: ShellState, context: Context, run?: Run): Flow {
  const path = fileOf(shell, field, state, context);
  const flow = path === undefined ? someFlow : followPath(shell, path, field.span, state, context, run);
  return { ...flow, ...mixTaints(flow, taintOf(field.pieces)) };
}

/** The one file a field names; anything else has been reported. */
function fileOf(shell: Shell, field: Field, state: ShellState, context: Context): string | undefined {
  if (taintOf(field.pieces).network)
    shell.report.harm('network.download-run', say('it runs what it downloads'), field.span);
  if (/^[a-z][a-z0-9+.-]*:\/?\/?/i.test(knownStart(field.pieces)))
    shell.doubt('packages.run', say('{0} may be fetched and run', describeField(field)), field.span);
  const [pointed, ...more] = pointedBy(field, state.cwd);
  const written =
    pointed?.type === 'paths' && more.length === 0 && pointed.paths.length === 1 ? pointed.paths[0] : undefined;
  if (written !== undefined) return foldPath(written);
  shell.report.opaque();
  shell.report.effect('execute', { type: 'unknown', what: describeField(field) }, field.span, context.certainty);
  shell.doubt('shell.unknown-program', say('which file {0} stands for is not known', describeField(field)), field.span);
  return undefined;
}

/**
 * A file that is run or obeyed (design section 5, rule R19). In scope when its bytes are the baseline's; judged by what it says
 * when the session wrote it; never when it was fetched. The approval is bound to its bytes either way.
 * @param path absolute and folded.
 */
export function followPath(
  shell: Shell,
  path: string,
  span: Span,
  state: ShellState,
  context: Context,
  run?: Run,
): Flow {
  const { report } = shell;
  const { place, facts, past } = report.world;
  report.effect('execute', { type: 'program', name: path }, span, context.certainty);
  const found = locate(path, facts);
  if (!found.ok) {
    shell.doubt('command.script', say('it runs {0}, which is not a plain path', path), span);
    return someFlow;
  }
  const { real } = found.at;
  const text = facts.readText(real, scriptLimit);
  const sha256 = text === undefined ? undefined : facts.sha256(text);
  if (sha256 !== undefined) report.restOn({ path: real, sha256: sha256 });
  if (shell.fetched.has(path) || shell.fetched.has(real)) {
    report.harm('network.download-run', say('{0} was just downloaded', path), span);
    return someFlow;
  }
  const language = run?.language ?? codeOf(baseName(real));
  const trace = currentTrace(shell, real, text);
  if (trace?.network) report.harm('network.download-run', say('{0} was downloaded in this session', path), span);
  if (sha256 !== undefined && past.accepted(sha256)) return someFlow;
  // What the session wrote is read where it is known; where a file changed under its hands, what is there now.
  const changed = trace ? trace.state !== 'gone' : facts.provenance(real) !== 'baseline';
  const body = trace ? trace.text : changed ? text : undefined;
  if (changed && body !== undefined)
    return runBody(shell, body, real, language ?? languageOf(body), span, state, context, run);
  if (trace && trace.state !== 'gone') {
    const verdict = judgeTrace(shell, real, trace, language, state.cwd);
    if (verdict.answer !== 'allow')
      report.doubt('scripts.changed', say('it runs {0}, which this session wrote: {1}', path, verdict.why), span);
  } else if (!isInside(real, place))
    shell.doubt('command.script', say('it runs {0}, which is not in the workspace', path), span);
  else if (changed) shell.doubt('command.script', say('it runs {0}, whose content decides what it does', path), span);
  if (language) judgeLoaded(shell, [language], [], path, real, state.cwd, span);
  return someFlow;
}

function isInside(real: string, place: Shell['report']['world']['place']): boolean {
  const scope = place.scratch === undefined ? place.workspace : [...place.workspace, place.scratch];
  return scope.some((folder) => real === folder || real.startsWith(`${folder}/`));
}

/**
 * What the session made of a file. Before this call wrote it, what is there now counts: a formatter may have changed it since.
 * @param text what is there now, where it can be read.
 */
function currentTrace({ report }: Shell, real: string, text: string | undefined): Trace | undefined {
  const trace = report.changes.of(real);
  if (!trace?.text || text === undefined || report.changes.own.has(real)) return trace;
  return { ...trace, text };
}

/** What a script without a telling name is written in. */
function languageOf(text: string): Code | undefined {
  const line = /^#!\s*\S*?([a-z]+)[\d.]*(?:\s+(?:-S\s+)?([a-z]+)[\d.]*)?/i.exec(text.slice(0, 200));
  const program = line?.[1] === 'env' ? line[2] : line?.[1];
  switch (program) {
    case 'sh':
    case 'bash':
    case 'dash':
      return 'shell';
    case 'python':
      return 'python';
    case 'node':
    case 'deno':
    case 'bun':
      return 'javascript';
    case 'perl':
    case 'ruby':
    case 'php':
      return program;
    default:
      return undefined;
  }
}

function runBody(
  shell: Shell,
  text: string,
  real: string,
  language: Code | undefined,
  span: Span,
  state: ShellState,
  context: Context,
  run: Run | undefined,
): Flow {
  const inner: Context = {
    ...context,
    through: [...context.through, baseName(real)],
    frame: { within: context.frame.within ?? span },
    depth: context.depth + 1,
  };
  if (shell.judging.has(real)) return someFlow;
  shell.judging.add(real);
  shell.ran.set(real, text);
  let flow: Flow = someFlow;
  if (language === 'shell') flow = shell.walkText(text, freshState(state, run?.args), inner, span);
  else if (language && run) {
    const args = argumentTexts(run.args);
    flow = { ...someFlow, ...runCode(shell, { language, text, path: real, args, span }, run.invocation, state, inner) };
    judgeLoaded(shell, [language], [], baseName(real), real, state.cwd, span);
  } else shell.doubt('command.script', say('it runs {0}, whose content decides what it does', real), span);
  shell.judging.delete(real);
  return { ...flow, present: true };
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
  const { place, facts } = report.world;
  for (const folder of state.cwd) {
    const found = locate(folder, facts);
    if (!found.ok || !isInside(found.at.real, place))
      shell.doubt('command.script', say('{0} runs the code of {1}, which is not in the workspace', name, folder), span);
    for (const file of files) {
      const path = foldPath(`${folder}/${file}`);
      const text = facts.kind(path) === 'file' ? facts.readText(path, scriptLimit) : undefined;
      if (text !== undefined) report.restOn({ path, sha256: facts.sha256(text) });
    }
  }
  judgeLoaded(shell, languages, files, name, undefined, state.cwd, span);
}

/**
 * Judges every file that the session wrote and that running a program may load.
 * @param except a file that has been judged already.
 */
function judgeLoaded(
  shell: Shell,
  languages: readonly Code[],
  files: readonly string[],
  name: string,
  except: string | undefined,
  cwd: readonly string[] | undefined,
  span: Span,
): void {
  const { report } = shell;
  const { facts, past, place } = report.world;
  const wanted = new Set(languages);
  judgeSwept(shell, wanted, files, name, cwd, span);
  for (const [path, known] of report.changes.all()) {
    const trace =
      known.text === undefined ? known : (currentTrace(shell, path, facts.readText(path, scriptLimit)) ?? known);
    if (trace.state === 'gone' || path === except || !isInside(path, place)) continue;
    shell.spend();
    const code = codeOf(baseName(path));
    const obeyed = files.some((file) => path.endsWith(`/${file}`));
    if (!obeyed && (code === undefined || !wanted.has(code))) continue;
    if (trace.state === 'made' && isScratch(path, report.changes.all())) continue;
    if (trace.network) {
      report.harm(
        'network.download-run',
        say('{0} may run {1}, which was downloaded in this session', name, path),
        span,
      );
      continue;
    }
    if (trace.text !== undefined && past.accepted(facts.sha256(trace.text))) continue;
    const verdict = judgeTrace(shell, path, trace, code, cwd);
    if (verdict.answer !== 'allow')
      report.doubt(
        'scripts.changed',
        say('{0} may run {1}, which this session wrote: {2}', name, path, verdict.why),
        span,
      );
  }
}

/** What a pull or an archive brought, or a call that could not be opened changed: what is there now is what would run. */
function judgeSwept(
  shell: Shell,
  wanted: ReadonlySet<Code>,
  files: readonly string[],
  name: string,
  cwd: readonly string[] | undefined,
  span: Span,
): void {
  const { report } = shell;
  const { facts, past, place } = report.world;
  const swept = report.swept();
  if (swept === undefined && !past.opaque) return;
  for (const folder of place.workspace) {
    const changed = facts.changedSince(folder);
    if (!changed && swept !== undefined)
      report.doubt(
        'scripts.changed',
        say('{0} may run what {1} brought, which nobody has looked at', name, swept),
        span,
      );
    for (const path of changed ?? []) {
      const code = codeOf(baseName(path));
      const concerns = (code !== undefined && wanted.has(code)) || files.some((file) => path.endsWith(`/${file}`));
      if (!concerns || report.changes.of(path)) continue;
      const text = facts.readText(path, scriptLimit);
      if (text !== undefined && past.accepted(facts.sha256(text))) continue;
      const verdict = judgeTrace(shell, path, { ...unseen, text, unknown: text === undefined }, code, cwd);
      if (verdict.answer !== 'allow')
        report.doubt(
          'scripts.changed',
          say('{0} may run {1}, which has changed since the session began: {2}', name, path, verdict.why),
          span,
        );
    }
  }
}

const unseen: Trace = { state: 'made', text: undefined, added: [], unknown: true, secret: false, network: false };

/** Names by which people call a script that nothing else loads; no library is called so, and no test is collected by it. */
const scratchName =
  /^(?!test[_-])(?:repro(?:duce|duction)?|check|debug|fix|apply|patch|verify|try|run|inspect|investigate|analy[sz]e|demo|example|scratch|tmp|temp|poc|update|modify|generate|cleanup|clean|find|show|print|explore|validate|compare|simulate|script|create|make|add|remove|replace|setup)[_-]\w*(?<!_test|-test|_spec)\.(?:py|js|mjs|cjs|ts|sh|rb|pl|php)$/i;

function isScratch(path: string, all: Iterable<readonly [string, Trace]>): boolean {
  const name = baseName(path);
  if (!scratchName.test(name)) return false;
  const stem = name.slice(0, name.lastIndexOf('.'));
  // Unless something else that the session wrote names it.
  for (const [other, { text, added }] of all)
    if (other !== path && [text ?? '', ...added].some((each) => each.includes(stem))) return false;
  return true;
}
