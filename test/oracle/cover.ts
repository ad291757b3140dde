import { posix } from 'node:path';
import type { Analysis } from '../../src/core/gate/analysis/analysis';
import type { Place } from '../../src/core/gate/analysis/facts';
import type { Effect, Target } from '../../src/core/gate/effect';
import { isOwn, startsHelper } from './helpers';
import { isNoise, isUnder } from './noise';
import type { Image, Observed } from './observe';

/** What is known of the files around a run. */
export interface Files {
  /** Whether a path was there before. */
  before(path: string): boolean;
  /** Whether it is there now. */
  after(path: string): boolean;
  /** Whether it is, or was before, a folder. */
  isFolder(path: string): boolean;
}

/** The parts of an analysis that a prediction consists of. */
export type Prediction = Pick<Analysis, 'answer' | 'effects' | 'commands' | 'opaque' | 'findings'>;

/**
 * What was observed and is covered by no predicted effect. With the answer `allow` only concrete effects count, and running the
 * project's own code covers changes inside the workspace and temporary folders only. Otherwise "unknown" covers anything, and a
 * doubt about a command covers what that command does, but not what others do.
 */
export function uncovered(
  observed: readonly Observed[],
  prediction: Prediction,
  place: Place,
  files: Files,
): readonly Observed[] {
  const strict = prediction.answer === 'allow';
  if (!strict && (prediction.opaque || prediction.effects.some(isBoundless))) return [];
  const ground: Ground = { prediction, strict, place, files, doubted: doubtedPrograms(prediction) };
  if (ground.doubted === 'all') return [];
  const seen = new Set<string>();
  return observed.filter((each) => {
    // A folder may be opened like a file; what is read of it are names.
    const found = each.kind === 'read' && files.isFolder(each.what) ? ({ ...each, kind: 'list' } as const) : each;
    if (isNoise(found) || isCovered(found, ground)) return false;
    const key = `${each.kind} ${each.what}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

interface Ground {
  readonly prediction: Prediction;
  readonly strict: boolean;
  readonly place: Place;
  readonly files: Files;
  /** Programs of whose calls it was said that what they do is not known. */
  readonly doubted: 'all' | ReadonlySet<string>;
}

/** Doubts about a certain place or secret: these say what happens, and it has to be predicted. */
const definite = /^(?:paths\.(?!unknown)|secrets\.|gate\.)/;

function doubtedPrograms({ answer, findings, commands }: Prediction): Ground['doubted'] {
  const programs = new Set<string>();
  if (answer === 'allow') return programs;
  for (const { rule, answer: say, evidence } of findings) {
    if (say === 'allow' || definite.test(rule)) continue;
    // What the shell itself does with a text that is not known can be anything.
    if (evidence.length === 0 || rule.startsWith('shell.')) return 'all';
    for (const { program, span } of commands)
      if (program !== undefined && evidence.some(({ start, end }) => start < span.end && span.start < end))
        programs.add(program);
  }
  return programs;
}

const isBoundless = ({ kind, target }: Effect) =>
  kind === 'execute' && (target.type === 'unknown' || target.type === 'variable');

function isCovered(each: Observed, ground: Ground): boolean {
  const { doubted } = ground;
  if (doubted !== 'all' && each.images.slice(1).some(({ file }) => doubted.has(posix.basename(file)))) return true;
  if (each.kind === 'execute') return isStartCovered(each, ground) || isRunCovered(each, ground);
  return isDirectlyCovered(each, ground) || isRunCovered(each, ground);
}

function isDirectlyCovered(each: Observed, ground: Ground): boolean {
  const { prediction, place, files, strict } = ground;
  const { effects } = prediction;
  const of = (...kinds: readonly Effect['kind'][]) => effects.filter(({ kind }) => kinds.includes(kind));
  const changes = ['write', 'persist', 'settings'] as const;
  const named = [each.what];
  const names = (found: readonly Effect[]) => found.some(({ target }) => covers(target, named, strict));
  switch (each.kind) {
    case 'read':
      return (
        names(of('read', 'execute')) ||
        names(of('write')) ||
        // An interpreter reads the script that was started.
        each.images.some(({ file }) => file === each.what) ||
        isOwnFile(each, place, 'reads') ||
        isRunnersFile(each, ground) ||
        isTransient(each, ground) ||
        isHistory(each, ground)
      );
    case 'list':
      // Names inside the workspace and the temporary folders tell nothing that a look would not.
      return (
        isUnder(each.what, [...place.workspace, ...temporary(place)]) ||
        names(of('read', 'write', 'delete')) ||
        of('read').some(({ target }) => target.type === 'path' && isUnder(target.path, named)) ||
        isOwnFile(each, place, 'reads') ||
        place.workspace.some((folder) => isUnder(folder, named))
      );
    case 'folder':
      // A folder above a predicted place is made on the way there.
      return (
        names(of(...changes)) ||
        leadsTo(of(...changes), named) ||
        isTransient(each, ground) ||
        isHistory(each, ground) ||
        isOwnFile(each, place, 'writes')
      );
    case 'write':
    case 'touch':
      return (
        names(of(...changes)) ||
        (each.kind === 'touch' && leadsTo(of(...changes), named)) ||
        // Losing a file altogether was predicted.
        names(of('delete')) ||
        isTransient(each, ground) ||
        isHistory(each, ground) ||
        isOwnFile(each, place, 'writes')
      );
    case 'delete':
      return (
        names(of('delete')) ||
        (names(of(...changes)) && files.after(each.what)) ||
        isTransient(each, ground) ||
        isHistory(each, ground) ||
        isOwnFile(each, place, 'writes')
      );
    case 'connect':
      return isLoopback(each.what) && each.what.endsWith(':0')
        ? true
        : of('send', 'fetch', 'remote', 'listen').length > 0;
    case 'listen':
      return of('listen').length > 0;
    case 'kill':
      return (
        of('kill').length > 0 || each.images.some(({ file }) => /^(?:timeout|make|npm|npx)$/.test(posix.basename(file)))
      );
    case 'power':
      return of('privilege').length > 0;
    case 'execute':
      return false;
  }
}

/** A program that a seen command names, or that one of those is known to start. */
function isStartCovered(each: Observed, { prediction }: Ground): boolean {
  const name = posix.basename(each.what);
  const known = prediction.commands.some(
    ({ program, words, through }) =>
      program === name || words[0] === each.what || through.some((wrapper) => wrapper.split(' ')[0] === name),
  );
  if (known) return true;
  return each.images.slice(0, -1).some(({ file }) => startsHelper(posix.basename(file), name));
}

/** The work of a program that the analysis said would run code. */
function isRunCovered(each: Observed, { prediction, strict, place }: Ground): boolean {
  const runs = prediction.effects.some(({ kind, target }) => {
    if (kind !== 'execute' && kind !== 'privilege' && kind !== 'persist') return false;
    if (target.type !== 'program') return false;
    return isRunning(each.images, target.name) || isSourced(prediction, target.name);
  });
  if (!runs) return false;
  if (!strict) return true;
  switch (each.kind) {
    case 'execute':
    case 'kill':
      return true;
    case 'read':
    case 'list':
    case 'write':
    case 'folder':
    case 'touch':
    case 'delete': {
      const { what } = each;
      return (
        isUnder(what, [...place.workspace, ...temporary(place)]) &&
        !(each.kind !== 'read' && each.kind !== 'list' && what.includes('/.git/'))
      );
    }
    case 'connect':
    case 'listen':
      return isLoopback(each.what);
    case 'power':
      return false;
  }
}

/** `source file` runs in the shell itself. */
function isSourced({ commands }: Prediction, name: string): boolean {
  return name.startsWith('/') && commands.some(({ program }) => program === 'source' || program === '.');
}

function isRunning(images: readonly Image[], name: string): boolean {
  const base = posix.basename(name.split(' ')[0] ?? name);
  return images.slice(1).some(({ file, argv }) => [file, ...argv].some((word) => posix.basename(word) === base));
}

function covers(target: Target, paths: readonly string[], strict: boolean): boolean {
  if (target.type === 'unknown') return !strict;
  if (target.type === 'program') return target.name.startsWith('/') && paths.includes(target.name);
  if (target.type !== 'path') return false;
  return paths.some((path) =>
    target.recursive
      ? isUnder(path, [target.path, target.real])
      : path === target.path || path === target.real || patternOf(target.path)?.test(path),
  );
}

/** A path that was left as a pattern, as where the shell has no file to put for it yet; links are not followed in it. */
function patternOf(path: string): RegExp | undefined {
  if (!/[*?[]/.test(path)) return undefined;
  const source = path.replace(/\*\*\/|\*|\?|\[[^\]]+\]|[^\w/]/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.length > 2 ? `[${part.slice(1, -1).replace(/^!/, '^').replaceAll('\\', '')}]` : `\\${part}`;
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}

function leadsTo(effects: readonly Effect[], paths: readonly string[]): boolean {
  return effects.some(
    ({ target }) => target.type === 'path' && (isUnder(target.path, paths) || isUnder(target.real, paths)),
  );
}

/** Made and gone again within the call: in a temporary folder, or beside a file that is replaced by it. */
function isTransient({ what }: Observed, { prediction, place, files }: Ground): boolean {
  if (files.before(what) || files.after(what)) return false;
  if (isUnder(what, temporary(place))) return true;
  const folder = posix.dirname(what);
  return prediction.effects.some(
    ({ kind, target }) =>
      (kind === 'write' || kind === 'delete') &&
      target.type === 'path' &&
      (posix.dirname(target.real) === folder || target.real === folder),
  );
}

/** What git keeps, when a change of its history was predicted; its reading of it always. */
function isHistory(each: Observed, { prediction, place, strict }: Ground): boolean {
  const changes = prediction.effects.filter(({ kind }) => kind === 'history');
  if (changes.some(({ target }) => covers(target, [each.what], strict))) return true;
  if (each.kind === 'folder' && leadsTo(changes, [each.what])) return true;
  const byGit = each.images.some(({ file }) => posix.basename(file).startsWith('git'));
  const root = place.workspace.find((folder) => isUnder(each.what, [folder]));
  if (root === undefined) return false;
  if (!isUnder(each.what, [`${root}/.git`]))
    return byGit && each.kind === 'read' && /\/\.(?:gitignore|gitattributes|gitmodules|mailmap)$/.test(each.what);
  if (each.kind === 'read') return byGit;
  // Looking brings the dates of files that git has noted up to date; nothing that anybody has made changes.
  if (byGit && /\/\.git\/index(?:\.lock)?$/.test(each.what)) return true;
  return changes.some(({ target }) => target.type !== 'path');
}

function isOwnFile(each: Observed, { home }: Place, how: 'reads' | 'writes'): boolean {
  if (!each.what.startsWith(`${home}/`)) return false;
  const path = each.what.slice(home.length + 1);
  return each.images.some(({ file }) => isOwn(posix.basename(file), path, how));
}

/** What an interpreter looks for beside what it runs: the manifest that tells how modules are to be read. */
function isRunnersFile(each: Observed, { place }: Ground): boolean {
  const last = posix.basename(each.images.at(-1)?.file ?? '');
  const inside = isUnder(each.what, place.workspace);
  return (
    inside && (last === 'node' || last === 'npm' || last === 'npx') && posix.basename(each.what) === 'package.json'
  );
}

function isLoopback(address: string): boolean {
  return /^(?:127\.|::1:|0\.0\.0\.0:|:::|unix:)/.test(address);
}

function temporary({ scratch }: Place): readonly string[] {
  return scratch === undefined ? [] : [scratch];
}
