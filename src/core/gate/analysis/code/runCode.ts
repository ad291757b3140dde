import { say } from '../../../say';
import type { Span } from '../../effect';
import { parentOf } from '../../paths';
import type { Invocation } from '../shell/command';
import { clean, type Field, type Taint } from '../shell/field';
import type { Context, Shell } from '../shell/shell';
import type { ShellState } from '../shell/state';
import type { CodeReader, CodeText } from './code';
import { readJavaScript } from './javascript/readJavaScript';
import type { Code } from './language';
import { readPython } from './python/readPython';
import { kindOf } from './python/stdlib/modules';
import { scanCode } from './scan/scanCode';
import { createSink } from './sink';

/** A text that a program runs as code. */
export interface RunText {
  readonly language: Code;
  readonly text: string;
  /** The file it is in, absolute; undefined for code given inline. */
  readonly path: string | undefined;
  readonly args: readonly CodeText[] | undefined;
  /** It is only what was added to a file. */
  readonly fragment?: boolean;
  /** The field or node it stands in, for evidence. */
  readonly span: Span;
}

/** Files of the session that stand where a module of the standard library is looked for first: any import may load them. */
export function loadShadows(
  shell: Shell,
  script: string | undefined,
  { cwd }: ShellState,
  load: (module: string) => unknown,
): void {
  const folders = script === undefined ? (cwd ?? []) : [parentOf(script)];
  for (const [path, trace] of shell.report.changes.all()) {
    const name = /\/([A-Za-z_]\w*)\.py$/.exec(path)?.[1];
    if (name !== undefined && trace.state !== 'gone' && folders.includes(parentOf(path)) && kindOf(name) !== undefined)
      load(name);
  }
}

const readers: Partial<Record<Code, CodeReader>> = { python: readPython, javascript: readJavaScript };

/** Characters of code that are parsed: the parsers take about a quarter of a second for that many. */
const lengthLimit = 300_000;

/** Reads code and judges what it would do, as if the shell had done it. @returns what it puts out. */
export function runCode(
  shell: Shell,
  run: RunText,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Taint {
  shell.spend(1 + Math.ceil(run.text.length / 50));
  if (run.text.length > lengthLimit) {
    shell.report.opaque();
    shell.doubt('code.length', say('the code is too long to be read here'), context.frame.within ?? run.span);
    return clean;
  }
  const offset =
    run.path === undefined && context.frame.within === undefined ? shell.source.indexOf(run.text, run.span.start) : -1;
  const exact = offset >= 0 && offset + run.text.length <= run.span.end;
  const sink = createSink(
    shell,
    {
      language: run.language,
      folder: run.path === undefined ? undefined : parentOf(run.path),
      invocation,
      span: ({ start, end }) =>
        exact ? { start: offset + start, end: offset + end } : (context.frame.within ?? run.span),
    },
    state,
    context,
  );
  const source = {
    path: run.path,
    home: shell.report.world.place.home,
    text: run.text,
    args: run.args,
    stdin: context.stdin,
    fragment: run.fragment === true,
  };
  if (run.language === 'python')
    loadShadows(shell, run.path, state, (name) => sink.module(name, { start: 0, end: run.text.length }));
  const read = readers[run.language];
  const taint = read ? read(source, sink) : scanCode(run.language, source, sink);
  if (taint.secret)
    shell.doubt('secrets.shown', say('what the code puts out comes from a secret'), context.frame.within ?? run.span);
  return taint;
}

/** What a program's arguments are to the code it runs. */
export function argumentTexts(fields: readonly Field[]): readonly CodeText[] | undefined {
  return fields.some(({ many }) => many) ? undefined : fields.map(({ pieces }) => pieces);
}
