import { visibleLine } from '../gate/visible';
import { type Said, say } from '../say';
import type { PathState } from './pathState';
import type { Step } from './reversal';

/** Paths that are named; more are counted. */
const listed = 15;

/** A path as seen from the workspace folder it lies in. */
export function fromFolder(path: string, folders: readonly string[]): string {
  const folder = folders.find((each) => path.startsWith(`${each}/`));
  return folder === undefined ? path : path.slice(folder.length + 1);
}

/** What a person is told before calls are taken back. */
export interface Told {
  readonly steps: readonly Step[];
  /** Paths that stay because somebody has changed them. */
  readonly changed: readonly string[];
  /** Paths that stay because they were not kept. */
  readonly lost: readonly string[];
}

/** What taking back would do, path by path. @param folders of the workspace, from which paths are shown. */
export function describePlan(
  { changed, lost, steps }: Told,
  folders: readonly string[],
  localize: (said: Said) => string,
): string {
  const shown = (path: string): string => visibleLine(fromFolder(path, folders));
  const named = (paths: readonly string[]): readonly string[] =>
    paths.length > listed ? [...paths.slice(0, listed), localize(say('and {0} more', paths.length - listed))] : paths;
  const block = (head: Said, paths: readonly string[]): readonly string[] =>
    paths.length === 0 ? [] : ['', localize(head), ...named(paths.map((path) => `• ${shown(path)}`))];
  const files = steps.filter(({ repository }) => repository === undefined);
  return [
    ...(files.length < steps.length
      ? [`• ${localize(say('sets back the branches, the index and the history of git'))}`]
      : []),
    ...named(files.map((step) => `• ${localize(describe(step, shown(step.path)))}`)),
    ...block(say('Changed since, and left as it is:'), changed),
    ...block(say('Not kept, and left as it is:'), lost),
  ].join('\n');
}

/** Paths in one line, for a message. */
export function listPaths(
  paths: readonly string[],
  folders: readonly string[],
  localize: (said: Said) => string,
): string {
  const names = paths.slice(0, listed).map((path) => visibleLine(fromFolder(path, folders)));
  return [...names, ...(paths.length > listed ? [localize(say('and {0} more', paths.length - listed))] : [])].join(
    ', ',
  );
}

function describe({ from, merged, to }: Step, path: string): Said {
  if (to.type === 'missing') return say('removes {0}', path);
  if (from.type === 'missing') return say('brings back {0}', path);
  if (merged) return say('changes back {0}, and keeps what was changed in it since', path);
  return isContent(from, to) ? say('changes back {0}', path) : say('sets the rights of {0}', path);
}

const isContent = (one: PathState, other: PathState): boolean =>
  one.type !== other.type ||
  one.type === 'link' ||
  (one.type === 'file' && other.type === 'file' && one.sha256 !== other.sha256);
