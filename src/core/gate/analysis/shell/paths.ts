import { say } from '../../../say';
import { isAbsolutePath, joinPath, locate } from '../../paths';
import { globNamesSecrets } from '../../secretPaths';
import { globMatcher } from '../globs';
import { unknownTarget } from '../report';
import { type Below, type Depth, judgeLinks, judgeRead, type Origin } from '../scope';
import { clean, constantOf, describeField, type Field, knownStart, type Taint } from './field';
import type { Context, Shell } from './shell';
import type { ShellState } from './state';

/** Names of one folder that a pattern is tried against. */
const listLimit = 2_000;
/** Matches that are judged one by one. */
const matchLimit = 200;

/** Where a field points, as far as that is known. */
export type Pointed =
  | { readonly type: 'paths'; readonly paths: readonly string[] }
  /** Some of what lies in a folder: the pattern of its names, and the whole rest of the path, which may go on below. */
  | { readonly type: 'matches'; readonly folder: string; readonly pattern: string; readonly rest: string }
  | { readonly type: 'unknown'; readonly what: string };

/** Works out the places a field names, for each folder the shell may be in. */
export function pointedBy(field: Field, cwd: readonly string[] | undefined): readonly Pointed[] {
  const constant = constantOf(field);
  if (constant !== undefined) {
    if (constant === '') return [];
    if (isAbsolutePath(constant)) return [{ type: 'paths', paths: [constant] }];
    if (!cwd) return [{ type: 'unknown', what: constant }];
    return [{ type: 'paths', paths: cwd.map((folder) => joinPath(folder, constant)) }];
  }
  const what = describeField(field);
  if (field.many || field.pieces.some((piece) => piece.type === 'unknown' && piece.as !== 'integer'))
    return [{ type: 'unknown', what }];
  // Only patterns and numbers are left open: it stays below what is written before the first of them.
  const text = field.pieces
    .map((piece) => (piece.type === 'text' ? piece.text : piece.type === 'glob' ? piece.pattern : '[0-9]*'))
    .join('');
  const start = knownStart(field.pieces);
  const slash = start.lastIndexOf('/');
  const rest = text.slice(slash + 1);
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(rest)) return [{ type: 'unknown', what }];
  const pattern = rest.split('/', 1)[0] ?? '';
  const folder = slash < 0 ? '' : slash === 0 ? '/' : start.slice(0, slash);
  const folders = isAbsolutePath(folder)
    ? [folder]
    : cwd?.map((each) => (folder === '' ? each : joinPath(each, folder)));
  if (!folders) return [{ type: 'unknown', what }];
  return folders.map((each) => ({ type: 'matches', folder: each, pattern, rest }));
}

/** The paths a field names, undefined for what is not known exactly. */
export function pathsNamed(field: Field, cwd: readonly string[] | undefined): readonly (string | undefined)[] {
  return pointedBy(field, cwd).flatMap((pointed): readonly (string | undefined)[] =>
    pointed.type === 'paths' ? pointed.paths : [undefined],
  );
}

/**
 * Judges every place a field names.
 * @param judge called with each path; what cannot be known becomes a doubt.
 */
export function judgeField<Result>(
  shell: Shell,
  field: Field,
  state: ShellState,
  context: Context,
  judge: (path: string, from: Origin) => Result,
  kind: 'read' | 'write' | 'delete' = 'read',
): readonly Result[] {
  const from: Origin = { span: field.span, certainty: context.certainty };
  const possible: Origin = { span: field.span, certainty: 'possible' };
  const results: Result[] = [];
  for (const pointed of pointedBy(field, state.cwd)) {
    switch (pointed.type) {
      case 'paths':
        for (const path of pointed.paths) results.push(judge(path, pointed.paths.length > 1 ? possible : from));
        break;
      case 'matches':
        for (const path of matchesOf(shell, pointed, field)) results.push(judge(path, possible));
        break;
      case 'unknown':
        unknownPath(shell, kind, pointed.what, from);
        break;
    }
  }
  return results;
}

/** Judges every file a field names as read. @returns what their content carries. */
export function readField(
  shell: Shell,
  field: Field,
  state: ShellState,
  context: Context,
  depth: Depth = 'content',
  recursive: Below = false,
  hidden = true,
): Taint {
  const { report } = shell;
  let taint = clean;
  judgeField(shell, field, state, context, (path, from) => {
    const secrecy = judgeRead(report, path, from, depth, recursive, hidden);
    if (depth === 'look') return;
    const found = locate(path, report.world.facts);
    const trace = found.ok ? report.changes.of(found.at.real) : undefined;
    taint = {
      secret: taint.secret || secrecy !== undefined,
      network: taint.network || trace?.network === true || (found.ok && shell.fetched.has(found.at.path)),
    };
  });
  return taint;
}

export function unknownPath(shell: Shell, kind: 'read' | 'write' | 'delete', what: string, from: Origin): void {
  shell.report.effect(kind, unknownTarget(what), from.span, from.certainty);
  shell.report.doubt('paths.unknown', say('which path {0} stands for is not known', what), from.span);
}

/** The paths a pattern matches, one component after the other; undefined where a folder cannot be listed or there are too many. */
function expandPattern(shell: Shell, folder: string, components: readonly string[]): readonly string[] | undefined {
  const { facts } = shell.report.world;
  let found: readonly string[] = [folder];
  for (const [index, component] of components.entries()) {
    const last = index === components.length - 1;
    if (component === '' && last)
      return found.filter((each) => facts.list(each) !== undefined).map((each) => `${each}/`);
    if (component === '**') {
      const below = foldersBelow(shell, found);
      if (!below) return undefined;
      // At the end it stands for what lies in the folders, too.
      found = last ? below.flatMap((each) => [each, ...filesIn(shell, each)]) : below;
      if (found.length > matchLimit) return undefined;
      continue;
    }
    if (!/[*?[]/.test(component)) {
      found = found.map((each) => joinPath(each, component)).filter((each) => facts.kind(each) !== 'missing');
      continue;
    }
    const matches = globMatcher(component);
    const next: string[] = [];
    for (const each of found) {
      const names = facts.list(each);
      // A file among folders has no names; a folder that cannot be listed may have any.
      if (!names && facts.kind(each) !== 'file') return undefined;
      if (names && names.length > listLimit) return undefined;
      if (facts.kind(each) === 'link')
        judgeRead(shell.report, each, { span: undefined, certainty: 'possible' }, 'look');
      for (const name of names ?? []) if (matches(name)) next.push(joinPath(each, name));
      if (next.length > matchLimit) return undefined;
    }
    found = next;
  }
  return found;
}

/** Folders below others, themselves among them, links not followed; undefined where there are too many or one cannot be listed. */
function foldersBelow({ report }: Shell, roots: readonly string[]): readonly string[] | undefined {
  const { facts } = report.world;
  const found = [...roots];
  for (const folder of found) {
    const names = facts.list(folder);
    if (!names && facts.kind(folder) !== 'file') return undefined;
    for (const name of names ?? []) {
      const path = joinPath(folder, name);
      if (facts.kind(path) === 'folder') found.push(path);
    }
    if (found.length > folderLimit) return undefined;
  }
  return found;
}

function filesIn({ report }: Shell, folder: string): readonly string[] {
  const { facts } = report.world;
  return (facts.list(folder) ?? [])
    .filter((name) => !name.startsWith('.'))
    .map((name) => joinPath(folder, name))
    .filter((path) => facts.kind(path) !== 'folder');
}

/** Folders that are gone through for one pattern. */
const folderLimit = 500;

/** Judges what the links below places lead to, for a program that follows them on its way. @param fields the working folder when empty. */
export function followLinks(
  shell: Shell,
  fields: readonly Field[],
  state: ShellState,
  context: Context,
  depth: Depth,
): void {
  const { report } = shell;
  const follow = (path: string, { span }: Origin): void =>
    judgeLinks(report, report.world.facts.links(path, true), depth, span);
  for (const field of fields) judgeField(shell, field, state, context, follow);
  if (fields.length > 0) return;
  for (const folder of state.cwd ?? []) follow(folder, { span: undefined, certainty: context.certainty });
}

/** What a pattern matches: the real names where the folder can be listed, the folder itself where it cannot. */
function matchesOf(
  shell: Shell,
  { folder, rest }: Extract<Pointed, { type: 'matches' }>,
  field: Field,
): readonly string[] {
  // A number that is not known may name what does not exist yet; a pattern that matches nothing stands for itself.
  const open = field.pieces.some(({ type }) => type === 'unknown');
  const hits = open ? undefined : expandPattern(shell, folder, rest.split('/'));
  if (hits && hits.length > 0) return hits;
  const last = rest.slice(rest.lastIndexOf('/') + 1);
  if (!open && hits === undefined) {
    const { facts } = shell.report.world;
    const deep = rest.includes('/');
    const matches = globMatcher(last);
    // A link to a folder may be on the way, whatever its name.
    const met = facts.links(folder, deep)?.filter((link) => deep || matches(link.slice(link.lastIndexOf('/') + 1)));
    judgeLinks(shell.report, met, 'content', field.span);
  }
  if (/[*?[]/.test(last) && globNamesSecrets(last, globMatcher(last)))
    shell.doubt('secrets.project', say('{0} names files that may hold secrets', describeField(field)), field.span);
  return [joinPath(folder, rest)];
}
