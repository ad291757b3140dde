import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Facts, Place } from '../../src/core/gate/analysis/facts';
import { createNodeFacts } from '../../src/node/nodeFacts';
import type { Files } from './cover';
import { committed, home, links, type Planted, uncommitted } from './fixture';
import { isUnder } from './noise';

/** Where the commands are told to be. */
export const place: Place = {
  workspace: ['/home/me/ws'],
  cwd: '/home/me/ws',
  home: '/home/me',
  scratch: '/tmp/session',
  ours: ['/home/me/.config/Code'],
  user: 'me',
};

/** The user that commands run as. */
export const user = { id: 1000, name: 'me' } as const;

/** A scratch workspace and home that are made anew before each command. */
export interface World {
  readonly facts: Facts;
  readonly files: Files;
  /** Symbolic links of the original, by absolute path. */
  readonly links: ReadonlyMap<string, string>;
  /** Puts everything back. */
  reset(): void;
}

/**
 * Makes the world below `/home` and `/tmp`, which must belong to this process alone.
 * @param store an empty folder for the original that the world is copied from.
 */
export function createWorld(store: string): World {
  const original = join(store, 'me');
  plant(original, committed);
  for (const [name, target] of links) symlinkSync(target, join(original, 'ws', name));
  writeFileSync(join(original, 'ws/a.bin'), Buffer.from([...Array(512).keys()].map((each) => each % 256)));
  writeFileSync(join(original, 'ws/a.txt.gz'), gzipSync('alpha\nbeta\n'));
  plant(original, home);
  commitAll(join(original, 'ws'));
  plant(original, uncommitted);
  const ws = join(original, 'ws');
  const archive = (name: string, ...args: readonly string[]) =>
    execFileSync('tar', [...args, join(ws, name), 'docs', 'a.txt'], { cwd: ws });
  archive('a.tar', '-cf');
  archive('a.tar.gz', '-czf');
  mkdirSync(join(original, '.config/Code'), { recursive: true });
  own(original);
  const entries = readdirSync(original, { recursive: true, withFileTypes: true });
  const there = ({ parentPath, name }: Dirent) => `/home/me${join(parentPath, name).slice(original.length)}`;
  const paths = new Set(entries.map(there));
  const folders = new Set(entries.filter((entry) => entry.isDirectory()).map(there));
  const tracked = lines(ws, 'ls-files', '-z');
  const modified = lines(ws, 'ls-files', '-z', '-m');
  const ignored = lines(ws, 'ls-files', '-z', '-o', '-i', '--exclude-standard');

  const reset = () => {
    for (const folder of ['/home/me', ...readdirSync('/tmp').map((name) => `/tmp/${name}`)])
      rmSync(folder, { recursive: true, force: true });
    execFileSync('cp', ['-a', original, '/home/me']);
    mkdirSync('/tmp/session', { recursive: true });
    chmodSync('/tmp', 0o1777);
    own('/tmp/session');
  };
  reset();
  return {
    facts: { ...createNodeFacts('linux', place.workspace), ...sessionFacts(paths, tracked, modified, ignored) },
    files: {
      before: (path) => paths.has(path) || !isUnder(path, ['/home/me', '/tmp']),
      after: (path) => existsSync(path),
      isFolder: (path) => folders.has(path) || isFolder(path),
    },
    links: new Map(links.map(([name, target]) => [`/home/me/ws/${name}`, target])),
    reset,
  };
}

/** What a session knows of a workspace in which it has done nothing yet. */
function sessionFacts(
  paths: ReadonlySet<string>,
  tracked: ReadonlySet<string>,
  modified: ReadonlySet<string>,
  ignored: ReadonlySet<string>,
): Pick<Facts, 'provenance' | 'tracking' | 'census'> {
  const [ws = ''] = place.workspace;
  const below = (path: string) => [...tracked].filter((each) => isUnder(each, [path]));
  return {
    provenance: (path) => (isUnder(path, [ws]) ? 'baseline' : 'unknown'),
    tracking(path) {
      if (modified.has(path)) return 'modified';
      if (tracked.has(path)) return 'clean';
      if (ignored.has(path)) return 'ignored';
      const inside = below(path);
      if (inside.length === 0) return [...ignored].some((each) => isUnder(each, [path])) ? 'ignored' : 'untracked';
      return inside.some((each) => modified.has(each)) ? 'modified' : 'clean';
    },
    census(path) {
      const files = [...paths].filter((each) => isUnder(each, [path]));
      const count = (set: ReadonlySet<string>) => files.filter((each) => set.has(each)).length;
      return {
        files: files.length,
        share: files.length / Math.max(1, paths.size),
        tracked: count(tracked),
        ignored: count(ignored),
        untracked: files.length - count(tracked) - count(ignored),
      };
    },
  };
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function plant(root: string, files: readonly Planted[]): void {
  for (const { path, text, run } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    if (run) chmodSync(join(root, path), 0o755);
  }
}

function commitAll(folder: string): void {
  git(folder, 'init', '--quiet', '--initial-branch=main', '--template=');
  git(folder, 'config', 'user.name', 'Me');
  git(folder, 'config', 'user.email', 'me@example.com');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '-m', 'first');
  writeFileSync(join(folder, 'CHANGES.md'), 'second\n');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '-m', 'second');
  git(folder, 'branch', 'feature');
  git(folder, 'tag', 'v1.0.0');
  git(folder, 'remote', 'add', 'origin', 'https://example.com/me/demo.git');
  git(folder, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
}

function git(folder: string, ...args: readonly string[]): string {
  const env = { PATH: process.env['PATH'] ?? '/usr/bin', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };
  const safe = ['-c', `safe.directory=${folder}`, '-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null'];
  return execFileSync('git', [...safe, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function lines(folder: string, ...args: readonly string[]): ReadonlySet<string> {
  return new Set(
    git(folder, ...args)
      .split('\0')
      .filter((name) => name !== '')
      .map((name) => `/home/me/ws/${name}`),
  );
}

/** Gives everything to the user that commands run as, where this process may. */
function own(path: string): void {
  if (process.getuid?.() === 0) execFileSync('chown', ['-hR', `${user.id}:${user.id}`, path]);
  else chownSync(path, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
}
