import picomatch from 'picomatch';
import type { Place } from './analysis/facts';
import type { Target } from './effect';
import type { Rule } from './rules';

type PathTarget = Extract<Target, { type: 'path' }>;

/** What a path rule means in one place: absolute patterns, compiled. */
interface PathPatterns {
  readonly place: string;
  readonly patterns: readonly {
    readonly matches: (path: string) => boolean;
    /** The folder before the first wildcard. */
    readonly base: string;
  }[];
}

const compiled = new WeakMap<Rule, PathPatterns>();

/** Two places in which a path rule means the same. */
export const placeKey = ({ workspace, home }: Place): string => [home, ...workspace].join('\0');

/**
 * Path patterns as in Claude Code settings: `//abs`, `~/home`, `/from the workspace`, anything else from the workspace, and a
 * name without a slash at any depth. Both the written and the real path count, so that a symlink hides nothing. For ask and
 * deny the stricter reading of what people write: `/x` is also absolute, a folder stands for all below it, and case never
 * tells two names apart.
 */
export function matchesPath(rule: Rule, glob: string, target: PathTarget, place: Place): boolean {
  const { patterns } = patternsOf(rule, glob, place);
  const stricter = rule.list !== 'allow';
  const paths = [target.path, target.real].map((path) => (stricter ? path.toLowerCase() : path));
  return patterns.some(
    ({ matches, base }) =>
      paths.some((path) => matches(path)) ||
      // A folder that is removed or copied whole takes along what the pattern protects below it.
      (stricter && target.recursive && paths.some((path) => base === path || base.startsWith(`${path}/`))),
  );
}

/** The folders that a rule's patterns start from, and what the last part of a path must look like; for an index over many rules. */
export function startsOf(rule: Rule, glob: string, place: Place): readonly string[] {
  return patternsOf(rule, glob, place).patterns.map(({ base }) => base);
}

function patternsOf(rule: Rule, glob: string, place: Place): PathPatterns {
  const key = placeKey(place);
  const known = compiled.get(rule);
  if (known?.place === key) return known;
  const stricter = rule.list !== 'allow';
  const written = absoluteGlobs(glob, stricter, place);
  const all = stricter ? written.flatMap((pattern) => [pattern, `${pattern.replace(/\/+$/, '')}/**`]) : written;
  const made: PathPatterns = {
    place: key,
    patterns: all.map((pattern) => {
      const folded = stricter ? pattern.toLowerCase() : pattern;
      return { matches: picomatch(folded, { dot: true, nonegate: true }), base: picomatch.scan(folded).base };
    }),
  };
  compiled.set(rule, made);
  return made;
}

function absoluteGlobs(glob: string, stricter: boolean, place: Place): readonly string[] {
  if (glob.startsWith('//')) return [glob.slice(1)];
  if (glob === '~' || glob.startsWith('~/')) return [place.home + glob.slice(1)];
  if (glob.startsWith('/')) return [...place.workspace.map((folder) => folder + glob), ...(stricter ? [glob] : [])];
  const relative = glob.replace(/^\.\//, '');
  const anyDepth = !relative.includes('/');
  return place.workspace.map((folder) => (anyDepth ? `${folder}/**/${relative}` : `${folder}/${relative}`));
}
