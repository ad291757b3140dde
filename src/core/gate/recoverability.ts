import type { Facts, Place } from './analysis/facts';
import type { Effect } from './effect';

/** Effects that are looked at; what comes after is not said anything of. */
const most = 40;

/**
 * Says of each effect whether it can be taken back once the call has run, and why (not): for the person who decides, and for the
 * classifier. Looks and downloads leave nothing to take back.
 */
export function withRecoverability(effects: readonly Effect[], facts: Facts, place: Place): readonly Effect[] {
  return effects.map((effect, at) => {
    const recoverable = at < most ? recoverability(effect, facts, place) : undefined;
    return recoverable ? { ...effect, recoverable } : effect;
  });
}

function recoverability({ kind, target }: Effect, facts: Facts, { scratch }: Place): Effect['recoverable'] | undefined {
  switch (kind) {
    case 'write':
    case 'delete': {
      if (target.type !== 'path') return no('where it writes is not known');
      const { real } = target;
      if (scratch !== undefined && isBelow(real, scratch)) return undefined;
      const found = facts.keepable?.(real);
      if (!found) return no('nothing is kept');
      return 'files' in found ? yes : no(found.why);
    }
    case 'history': {
      if (target.type !== 'path') return no('which repository is not known');
      const root = target.real.replace(/\/\.git$/, '');
      const found = facts.keepableWork?.(root, 'history');
      return found && 'paths' in found ? yes : no(found?.why ?? 'nothing is kept');
    }
    case 'execute':
      return no('what it does outside the workspace stays');
    case 'send':
    case 'remote':
      return no('what has left this machine does not come back');
    case 'kill':
      return no('a process that was ended does not come back');
    case 'privilege':
    case 'persist':
    case 'settings':
      return no('it changes more than the workspace');
    case 'read':
    case 'fetch':
    case 'listen':
      return undefined;
  }
}

const yes = { yes: true, why: 'it is kept before the call runs' } as const;
const no = (why: string) => ({ yes: false, why }) as const;
const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
