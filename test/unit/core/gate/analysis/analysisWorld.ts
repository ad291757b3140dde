import { createHash } from 'node:crypto';
import type { Analysis } from '../../../../../src/core/gate/analysis/analysis';
import { analyze } from '../../../../../src/core/gate/analysis/analyze';
import { noPast, type Past } from '../../../../../src/core/gate/analysis/changes';
import type { Facts, Place } from '../../../../../src/core/gate/analysis/facts';
import {
  createRegistry,
  type Family,
  type Registry,
} from '../../../../../src/core/gate/analysis/shell/families/family';
import { families } from '../../../../../src/core/gate/analysis/shell/families/index';
import { createVirtualFacts } from '../../../../../src/core/gate/analysis/virtualFacts';
import { callId } from '../../../../../src/core/ids';

/** A plain workspace in a plain home, for tests that need no file system. */
export const place: Place = {
  workspace: ['/home/me/ws'],
  cwd: '/home/me/ws',
  home: '/home/me',
  scratch: '/scratch/session',
  ours: ['/home/me/.config/gatehouse', '/home/me/.local/share/gatehouse'],
  user: 'me',
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const virtual: Facts = createVirtualFacts(sha256);

/** Facts of a world that holds exactly these files, without links. */
export function worldOf(files: Readonly<Record<string, string>>): Facts {
  const folders = new Map<string, Set<string>>();
  for (const path of Object.keys(files)) {
    const parts = path.split('/').slice(1);
    for (let depth = 0; depth < parts.length; depth += 1) {
      const folder = `/${parts.slice(0, depth).join('/')}`.replace(/\/$/, '') || '/';
      folders.set(folder, (folders.get(folder) ?? new Set()).add(parts[depth] ?? ''));
    }
  }
  return {
    ...virtual,
    kind: (path) => (path in files ? 'file' : folders.has(path) ? 'folder' : 'missing'),
    readText: (path) => files[path],
    list: (path) => [...(folders.get(path) ?? [])],
  };
}

let calls = 0;
export function judge(
  tool: string,
  input: unknown,
  facts: Facts = virtual,
  at: Place = place,
  past: Past = noPast,
): Analysis {
  return analyze({ id: callId(`toolu_${++calls}`), tool, input }, at, facts, past);
}

export const bash = (command: string, facts: Facts = virtual, at: Place = place): Analysis =>
  judge('Bash', { command }, facts, at);

const registries = new WeakMap<Family, Registry>();

/** Judges a command with another set of families. */
export function bashWith(command: string, replaced: Family, by: Family, facts: Facts = virtual): Analysis {
  let registry = registries.get(by);
  if (!registry) {
    registry = createRegistry(families.map((family) => (family === replaced ? by : family)));
    registries.set(by, registry);
  }
  return analyze({ id: callId(`toolu_${++calls}`), tool: 'Bash', input: { command } }, place, facts, noPast, registry);
}
