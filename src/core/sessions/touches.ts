import type { Analysis } from '../gate/analysis/analysis';
import type { EffectKind } from '../gate/effect';

/** Effects that leave every file as it is. */
const harmless: ReadonlySet<EffectKind> = new Set(['read', 'fetch', 'send', 'listen', 'kill', 'remote']);

/**
 * The paths that a call may change, everything below them included, when analysis knows all of them.
 * @returns undefined when it may change others, or state that is no file: what a program that is not analysed writes, history.
 */
export function touchesOf({ effects, opaque }: Analysis): readonly string[] | undefined {
  if (opaque) return undefined;
  const paths: string[] = [];
  for (const { kind, target } of effects) {
    if (harmless.has(kind)) continue;
    if ((kind !== 'write' && kind !== 'delete') || target.type !== 'path') return undefined;
    paths.push(target.real, ...(target.path === target.real ? [] : [target.path]));
  }
  return paths.length === 0 ? undefined : [...new Set(paths)];
}
