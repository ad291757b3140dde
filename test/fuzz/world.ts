import type { Analysis } from '../../src/core/gate/analysis/analysis';
import { judge as judgeCall, place, worldOf } from '../unit/core/gate/analysis/analysisWorld';

/** A repository with a plain configuration and little else: the world that the families' examples are written for. */
const world = worldOf({
  '/home/me/ws/.git/config': '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
  '/home/me/ws/README.md': 'read me',
  '/home/me/ws/src/a.ts': 'export {};',
});

/** The folder that every command runs in. */
export const folder = place.cwd;

/** The longest that one call may take, in milliseconds. */
const limit = 250;

/**
 * Judges a call and holds what must be true of any: it does not throw, not even to be caught inside, it has a reason, and it
 * is done in time.
 * @throws with what is wrong.
 */
export function judge(tool: string, input: unknown): Analysis {
  const started = performance.now();
  const analysis = judgeCall(tool, input, world);
  if (performance.now() - started > limit) checkTime(tool, input);
  if (analysis.decisive.rule === 'analysis.internal') throw new Error('the analysis threw inside');
  if (analysis.findings.length === 0) throw new Error('no finding');
  if (analysis.answer === 'allow' && analysis.critical) throw new Error('critical and allowed');
  if (analysis.answer === 'allow' && analysis.opaque) throw new Error('opaque and allowed');
  return analysis;
}

/** A busy machine makes one call slow now and then, so only one that is slow every time counts. */
function checkTime(tool: string, input: unknown): void {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4; round += 1) {
    const started = performance.now();
    judgeCall(tool, input, world);
    fastest = Math.min(fastest, performance.now() - started);
  }
  if (fastest > limit) throw new Error(`it takes ${Math.round(fastest)} ms`);
}

export const judgeShell = (command: string): Analysis => judge('Bash', { command });
