import { say } from '../../../say';
import type { Span } from '../../effect';
import { baseName, foldPath, joinPath, locate } from '../../paths';
import { judgeHost } from '../hosts';
import { judgeLoss } from '../loss';
import { isMetadataHost, parseDestination } from '../network';
import { judgeDelete, judgeRead, judgeWrite, type Origin } from '../scope';
import { type Invocation, runWords } from '../shell/command';
import { clean, constantOf, describeField, type Field, type Taint, taintOf, unknownPiece } from '../shell/field';
import { judgeField } from '../shell/paths';
import { runShellText } from '../shell/scripts';
import type { Context, Shell } from '../shell/shell';
import { freshState, type ShellState } from '../shell/state';
import { checkCritical } from '../shell/sweeping';
import type { CodeSink, CodeText, CodeWriting } from './code';
import { type Code, codeOf } from './language';
import { judgeTrace } from './verdict';

/** Names of environment variables whose values are secrets by habit. */
const secretVariable =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|KEY|AUTH|PAT|DSN)(?:_|$)/i;

/** Where a piece of code runs and stands. */
export interface CodePlace {
  readonly language: Code;
  /** Folder of the file that holds the code; undefined for code given inline. */
  readonly folder: string | undefined;
  /** The program that runs it. */
  readonly invocation: Invocation;
  /** Span of the call's text for a span of the code. */
  span(span: Span): Span;
}

/** Judges what a reader of code finds, as if the shell had done it. */
export function createSink(shell: Shell, place: CodePlace, state: ShellState, context: Context): CodeSink {
  const { report } = shell;
  const { facts } = report.world;
  const inner: Context = {
    ...context,
    through: [...context.through, place.invocation.program],
    depth: context.depth + 1,
  };
  const field = (pieces: CodeText, span: Span): Field => ({ pieces, span: place.span(span), many: false });
  const each = (
    path: CodeText,
    span: Span,
    kind: 'read' | 'write' | 'delete',
    judge: (path: string, from: Origin) => void,
  ): void => {
    judgeField(shell, field(path, span), state, context, judge, kind);
  };
  const programs = (): ShellState => freshState(state, []);

  // Where the output of a program goes inside the code is not followed.
  const keepSecret = ({ secret }: Taint, span: Span): void => {
    if (secret)
      report.doubt('secrets.shown', say('the code gets hold of a secret through a program'), place.span(span));
  };

  return {
    read(path, recursive, span) {
      let taint = clean;
      each(path, span, 'read', (one, from) => {
        const secrecy = judgeRead(report, one, from, 'content', recursive);
        const found = locate(one, facts);
        const trace = found.ok ? report.changes.of(found.at.real) : undefined;
        taint = {
          secret: taint.secret || secrecy !== undefined || trace?.secret === true,
          network: taint.network || trace?.network === true || (found.ok && shell.fetched.has(found.at.path)),
        };
      });
      return taint;
    },
    look(path, recursive, span) {
      each(path, span, 'read', (one, from) => judgeRead(report, one, from, 'look', recursive));
    },
    write(path, writing, content, span) {
      each(path, span, 'write', (one, from) => writeOne(shell, one, from, writing, content));
    },
    remove(path, recursive, span) {
      if (recursive) checkCritical(shell, field(path, span), state, context, 'removal');
      each(path, span, 'delete', (one, from) => judgeDelete(report, one, from, recursive));
    },
    hand(path, span) {
      each(path, span, 'read', (one, from) => handOver(shell, one, from));
    },
    run(words, span) {
      const fields = words.map(
        (word): Field =>
          word ? field(word, span) : { pieces: [unknownPiece('?')], span: place.span(span), many: true },
      );
      if (fields.length > 0)
        keepSecret(runWords(shell, fields, place.invocation.node, place.span(span), programs(), inner), span);
    },
    shell(text, span) {
      keepSecret(runShellText(shell, field(text, span), place.invocation.program, [], programs(), inner), span);
    },
    connect(to, method, carried, span) {
      const at = field(to, span);
      if (/^https?:\/\//i.test(constantOf(at) ?? '')) {
        const more = carried.secret || taintOf(to).secret;
        const { certainty } = context;
        judgeHost(report, to, { method, carried, span: at.span, certainty, program: 'the code', more, follows: true });
        return;
      }
      const destination = parseDestination(constantOf(at) ?? describeField(at));
      const taint = taintOf(to);
      report.effect(
        method === 'send' ? 'send' : 'fetch',
        destination ? { type: 'host', ...destination } : { type: 'unknown', what: describeField(at) },
        at.span,
        context.certainty,
      );
      if (carried.secret || taint.secret)
        report.harm('secrets.sent', say('the code sends a secret out of the machine'), at.span);
      if (destination && isMetadataHost(destination.host))
        report.harm('network.metadata', say('{0} gives out the credentials of the machine', destination.host), at.span);
      report.doubt('network.reach', say('the code reaches out to {0}', describeField(at)), at.span);
    },
    listen(host, span) {
      const at = field(host, span);
      report.effect('listen', { type: 'host', host: describeField(at), port: undefined }, at.span, context.certainty);
      if (!/^(?:localhost|127(?:\.\d+){3}|::1)$/.test(constantOf(at) ?? ''))
        report.doubt('network.exposes', say('the code opens a port that others may reach'), at.span);
    },
    kill(what, span) {
      report.effect('kill', { type: 'process', what }, place.span(span), context.certainty);
      report.doubt('command.kills', say('the code ends processes'), place.span(span));
    },
    environment(name, span) {
      const text = name && constantOf({ pieces: name, many: false });
      report.effect('read', { type: 'variable', name: text ?? '*' }, place.span(span), context.certainty);
      return { secret: text === undefined || secretVariable.test(text), network: false };
    },
    module(name, span) {
      return findModule(shell, place, name, state, place.span(span)) ? 'local' : 'library';
    },
    doubt(rule, reason, ...evidence) {
      report.doubt(rule, reason, ...evidence.map(place.span));
    },
    harm(rule, reason, ...evidence) {
      report.harm(rule, reason, ...evidence.map(place.span));
    },
    spend: (steps) => shell.spend(steps),
  };
}

function writeOne(shell: Shell, path: string, from: Origin, writing: CodeWriting, content: CodeText | undefined): void {
  const { report } = shell;
  const at = judgeWrite(report, path, from, writing);
  if (!at || writing === 'folder') return;
  const taint = content ? taintOf(content) : clean;
  const text = content && constantOf({ pieces: content, many: false });
  if (writing === 'append') report.changes.append(at.real, { text, ...taint });
  else {
    if (writing === 'replace') judgeLoss(report, at, from, false, 'overwrites');
    // What was read and put back with other texts in it is the file it was, with these texts added.
    if (content && text === undefined && !taint.network && !taint.secret)
      report.changes.edit(
        at.real,
        content.flatMap((piece) => (piece.type === 'text' ? [piece.text] : [])),
      );
    else report.changes.write(at.real, { text, ...taint });
  }
}

/** A path that a library is given: inside the workspace it may do with it what it likes, outside nobody knows what it does. */
function handOver(shell: Shell, path: string, from: Origin): void {
  const { report } = shell;
  const { place, facts } = report.world;
  const found = locate(path, facts);
  const possible: Origin = { ...from, certainty: 'possible' };
  judgeRead(report, path, possible);
  if (!found.ok) return;
  const scope = place.scratch === undefined ? place.workspace : [...place.workspace, place.scratch];
  const { real } = found.at;
  if (!scope.some((folder) => real === folder || real.startsWith(`${folder}/`))) {
    report.doubt('paths.handed', say('the code gives {0}, outside the workspace, to a library', real), from.span);
    return;
  }
  judgeWrite(report, path, possible, 'create');
  if (codeOf(baseName(real)) !== undefined) report.changes.edit(real, [undefined]);
}

const candidates: Partial<Record<Code, (name: string) => readonly string[]>> = {
  python: (name) => {
    const path = name.replace(/^\.+/, '').replaceAll('.', '/');
    const top = path.split('/')[0] ?? '';
    return [
      ...['.py', '/__init__.py', '.so', '.pyd', '.pyc'].map((end) => path + end),
      ...['.py', '/__init__.py', '.so', '.pyd', '.pyc'].map((end) => top + end),
    ];
  },
  javascript: (name) => {
    if (!isPathLike(name))
      return ['', '.js', '/index.js', '/package.json', '/main.js', '/lib/index.js', '/dist/index.js', '/index.mjs'].map(
        (end) => `node_modules/${name}${end}`,
      );
    // TypeScript names the file that the compiler will have made of it.
    const stem = name.replace(/\.[cm]?js$/, '');
    return [
      ...['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx', '.jsx', '.json', '.vue', '.svelte'].map(
        (end) => name + end,
      ),
      ...['.js', '.mjs', '.ts', '.tsx'].map((end) => `${name}/index${end}`),
      ...(stem === name ? [] : ['.ts', '.mts', '.cts', '.tsx'].map((end) => stem + end)),
    ];
  },
  ruby: (name) => [name, `${name}.rb`],
  perl: (name) => [name, `${name}.pm`, `${name}.pl`],
  php: (name) => [name, `${name}.php`],
  other: (name) => [name, `${name}.lua`],
};

/** It names a file rather than a package. */
const isPathLike = (name: string): boolean => /^\.{0,2}\//.test(name);

/** What the session put into a package, all of which is loaded by name. */
function findMembers(shell: Shell, place: CodePlace, name: string, state: ShellState, span: Span): boolean {
  const folders = [...(place.folder === undefined ? [] : [place.folder]), ...(state.cwd ?? [])].map((folder) =>
    foldPath(joinPath(folder, name.replace(/^\.+/, '').replaceAll('.', '/'))),
  );
  let found = false;
  for (const [path, trace] of shell.report.changes.all())
    if (trace.state !== 'gone' && folders.some((folder) => path.startsWith(`${folder}/`)) && path.endsWith('.py')) {
      const member = path.slice(path.lastIndexOf('/') + 1, -'.py'.length);
      found = findModule(shell, place, `${name}.${member}`, state, span) || found;
    }
  return found;
}

/** Whether a module is a file beside the code (or in the working folder), and what the session made of it. */
function findModule(shell: Shell, place: CodePlace, name: string, state: ShellState, span: Span): boolean {
  const { report } = shell;
  const { place: around } = report.world;
  const own = around.scratch === undefined ? around.workspace : [...around.workspace, around.scratch];
  const isOwn = (path: string): boolean => own.some((folder) => path === folder || path.startsWith(`${folder}/`));
  if (name.endsWith('.*')) return findMembers(shell, place, name.slice(0, -2), state, span);
  const folders = [...(place.folder === undefined ? [] : [place.folder]), ...(state.cwd ?? [])];
  for (const folder of new Set(folders))
    for (const file of candidates[place.language]?.(name) ?? []) {
      const path = foldPath(joinPath(folder, file));
      if (isPathLike(name) && !isOwn(path)) {
        report.doubt('command.script', say('it loads {0}, outside the workspace', path), span);
        return true;
      }
      const trace = report.changes.of(path);
      if (trace && trace.state !== 'gone') {
        if (trace.network)
          report.harm('network.download-run', say('it loads {0}, which was downloaded in this session', path), span);
        const verdict = judgeTrace(shell, path, trace, codeOf(baseName(path)) ?? place.language, state.cwd);
        if (verdict.answer !== 'allow')
          report.doubt('scripts.changed', say('it loads {0}, which this session wrote: {1}', path, verdict.why), span);
        return true;
      }
      if (report.world.facts.kind(path) === 'file') {
        if (report.world.facts.provenance(path) !== 'baseline')
          report.doubt('scripts.changed', say('it loads {0}, which has changed since the session began', path), span);
        return true;
      }
    }
  return false;
}
