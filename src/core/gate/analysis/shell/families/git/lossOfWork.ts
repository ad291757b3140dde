import type { Said } from '../../../../../say';
import type { Work } from '../../../facts';
import type { GitCall, GitDoing } from './command';

/** Takes away what git has in no other place: a doubt, unless all of it is kept before the call runs. */
export function losesWork({ repositories, shell, invocation }: GitCall, what: Work, rule: string, reason: Said): void {
  const { report } = shell;
  const { facts, place } = report.world;
  for (const { common, inside, root } of repositories) {
    const found = inside && place.recovery ? facts.keepableWork?.(root, what) : undefined;
    if (!found || 'why' in found) {
      report.doubt(rule, reason, invocation.span);
      return;
    }
    report.restsOnKept(common, 0);
    for (const path of found.paths) report.restsOnKept(path, 1);
    if (found.paths.length > 0)
      report.loses({
        files: found.paths.length,
        share: undefined,
        tracked: what === 'modified' ? found.paths.length : 0,
        untracked: what === 'untracked' ? found.paths.length : 0,
        ignored: 0,
        recoverable: true,
      });
  }
  if (repositories.length === 0) report.doubt(rule, reason, invocation.span);
}

/** The same as something that a sub-command does. */
export const loses = (what: Work, rule: string, reason: Said): GitDoing => ({
  name: `loses ${what}`,
  run: (at) => losesWork(at, what, rule, reason),
});
