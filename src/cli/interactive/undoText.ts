import { relative } from 'node:path';
import { visibleLine } from '../../core/gate/visible';
import { english, type Said, say } from '../../core/say';
import type { Step, UndoPlan } from '../../core/sessions/reversal';

/** Paths that are named; more are counted. */
const listed = 15;

/** What taking back would do, path by path. @param folder paths are shown from there. */
export function describePlan({ changed, steps }: Pick<UndoPlan, 'changed' | 'steps'>, folder: string): string {
  const shown = (path: string): string => visibleLine(path.startsWith(`${folder}/`) ? relative(folder, path) : path);
  const lines = steps.map((step) => `• ${english(act(step))} ${shown(step.path)}`);
  return [
    ...lines.slice(0, listed),
    ...(lines.length > listed ? [english(say('and {0} more', lines.length - listed))] : []),
    ...(changed.length > 0 ? [english(say('Changed since, and left as it is:'))] : []),
    ...changed.slice(0, listed).map((path) => `• ${shown(path)}`),
  ].join('\n');
}

function act({ from, merged, to }: Step): Said {
  if (merged) return say('takes out of (the rest was changed since)');
  if (to.type === 'missing') return say('removes');
  return from.type === 'missing' ? say('brings back') : say('changes back');
}
