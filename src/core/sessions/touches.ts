import type { Analysis } from '../gate/analysis/analysis';
import type { EffectKind } from '../gate/effect';

/** Effects that leave every file as it is. */
const harmless: ReadonlySet<EffectKind> = new Set(['read', 'fetch', 'send', 'listen', 'kill', 'remote']);

/**
 * The paths that a call may change, everything below them included, when analysis knows all of them.
 * @returns undefined when it goes on in the background, or may change others: what a program does that is not analysed, or what
 * git keeps about a repository.
 */
export function touchesOf({
  answer,
  background,
  commands,
  effects,
  opaque,
  swept,
}: Analysis): readonly string[] | undefined {
  // What made a command unsure may be what it does to files.
  if (opaque || background || swept !== undefined || (commands.length > 0 && answer !== 'allow')) return undefined;
  const paths: string[] = [];
  for (const { kind, target } of effects) {
    if (harmless.has(kind)) continue;
    if ((kind !== 'write' && kind !== 'delete') || target.type !== 'path') return undefined;
    paths.push(target.real, ...(target.path === target.real ? [] : [target.path]));
  }
  return [...new Set(paths)];
}
