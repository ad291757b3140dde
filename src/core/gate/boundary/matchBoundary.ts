import type { ToolCall } from '../../tools/call';
import type { Analysis } from '../analysis/analysis';
import type { Place } from '../analysis/facts';
import type { Effect } from '../effect';
import { ruleFor } from '../ruleMatch';
import { parseRule } from '../ruleSyntax';
import type { Rule } from '../rules';
import type { BoundaryPatterns } from './boundary';

/** Rules are parsed once for a boundary: it is asked about for every call. */
const parsed = new WeakMap<BoundaryPatterns, readonly Rule[]>();

/** Whether a call falls under a boundary. 'maybe': it cannot be fully opened, so it could. */
export function fallsUnder(
  patterns: BoundaryPatterns,
  call: ToolCall,
  analysis: Analysis,
  place: Place,
): 'yes' | 'maybe' | 'no' {
  const covered = ruleFor(rulesOf(patterns), call, analysis, place);
  if (covered?.match === 'yes') return 'yes';
  const { kinds, only } = patterns;
  if (kinds.length > 0 && analysis.effects.some(({ kind }) => kinds.includes(kind))) return 'yes';
  const outside = only ? leaves(only, analysis, place) : 'no';
  if (outside === 'yes') return 'yes';
  // What is not known of a call could be any effect; rules look at that themselves.
  const unknown = (kinds.length > 0 || only) && (analysis.opaque || analysis.effects.some(runsUnknown));
  return covered || unknown || outside === 'maybe' ? 'maybe' : 'no';
}

function rulesOf(patterns: BoundaryPatterns): readonly Rule[] {
  let rules = parsed.get(patterns);
  if (!rules) {
    rules = patterns.rules.flatMap((text) => {
      const read = parseRule(text, 'ask', 'session');
      // A text that cannot be read covers its whole tool, as an ask rule would.
      return read.ok ? [read.rule] : (read.stricter ?? []);
    });
    parsed.set(patterns, rules);
  }
  return rules;
}

const runsUnknown = ({ kind, target }: Effect): boolean => kind === 'execute' && target.type === 'unknown';

/** Files and the history; what stays after the session and settings are files too. */
const changing: ReadonlySet<Effect['kind']> = new Set(['write', 'delete', 'history', 'persist', 'settings']);

/** Whether something changes outside the named paths and the session's own scratch folder. */
function leaves(only: readonly string[], { effects }: Analysis, place: Place): 'yes' | 'maybe' | 'no' {
  let wanted: readonly string[] | undefined;
  let maybe = false;
  for (const { kind, target } of effects) {
    if (!changing.has(kind)) continue;
    if (target.type === 'unknown') maybe = true;
    if (target.type !== 'path') continue;
    wanted ??= wantedPaths(only, place);
    const { real } = target;
    if (!wanted.some((path) => real === path || real.startsWith(`${path}/`))) return 'yes';
  }
  return maybe ? 'maybe' : 'no';
}

function wantedPaths(only: readonly string[], { workspace, scratch }: Place): readonly string[] {
  const paths = workspace.flatMap((folder) => only.map((path) => `${folder}/${path.replace(/^(?:\.\/)+|\/+$/g, '')}`));
  return scratch === undefined ? paths : [...paths, scratch];
}
