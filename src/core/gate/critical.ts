import type { Facts, Place } from './analysis/facts';
import { baseName, folded, isWithin, parentOf } from './paths';

/** What a call would destroy that no mode may destroy silently (design section 4, step 4; rule R24). */
export type CriticalPlace =
  | 'root'
  | 'root-child'
  | 'home'
  | 'workspace-parent'
  | 'workspace'
  | 'repository'
  | 'drive'
  | 'device';

/** Names that stand below the root of a usual system; where a path is only possibly meant, others there do not count. */
const usualRootChildren =
  /^\/(?:bin|boot|dev|etc|home|lib(?:32|64|x32)?|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|Users|System|Library|Applications|Volumes|private|cores|nix|data|snap)$/;

/** Disks, partitions, memory: writing there destroys whatever lies on them. */
const rawDevice =
  /^\/dev\/(?:sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|mmcblk\d|disk\d|rdisk\d|dm-\d|md\d|loop\d|sr\d|mapper\/|disk\/|mem$|kmem$|port$|nvram|block\/)/;

/**
 * @param path absolute and folded.
 * @param certain whether the path is known to be meant; where only an unknown makes it so, uncommon children of the root are
 *   taken for what follows an unset variable by habit (`"$OUT/build"`).
 */
export function criticalPlaceOf(path: string, place: Place, facts: Facts, certain: boolean): CriticalPlace | undefined {
  if (path === '/' || path === '') return 'root';
  if (/^(?:\/?[A-Za-z]:\/?|\/(?:mnt|media|Volumes)\/[^/]+|\/[a-zA-Z])$/.test(path) && certain) return 'drive';
  const same = (one: string, other: string): boolean => folded(one, facts) === folded(other, facts);
  if (same(path, place.home) || /^\/(?:home|Users)\/[^/]+$/.test(path) || path === '/root') return 'home';
  for (const folder of place.workspace) {
    if (same(path, folder)) return 'workspace';
    if (isWithin(folder, path, facts)) return 'workspace-parent';
  }
  if (isWithin(place.home, path, facts)) return 'home';
  if (parentOf(path) === '/' && (certain || usualRootChildren.test(path))) return 'root-child';
  if (baseName(folded(path, facts)) === '.git') return 'repository';
  return undefined;
}

export function isRawDevice(path: string): boolean {
  return rawDevice.test(path);
}
