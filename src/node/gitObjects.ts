import { type ChildProcess, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { pathPrograms } from './pathPrograms';

/** Objects of repositories, read by the git that is installed; nothing is changed, and nothing is fetched. */
export interface GitObjects {
  /**
   * The bytes of a blob.
   * @param root folder of the work tree. @returns undefined when there is no such object, or no git.
   */
  read(root: string, oid: string): Promise<Buffer | undefined>;
  /** Sizes of blobs in bytes; objects that are not there are left out. Undefined when there is no git. */
  sizes(root: string, oids: readonly string[]): Promise<ReadonlyMap<string, number> | undefined>;
  dispose(): void;
}

/** Milliseconds without a request after which the reader of a repository ends. */
const idleMs = 3_000;

/**
 * Keeps one `git cat-file --batch` a repository while there is something to read. It runs no hook, filter or helper program, and
 * objects that a partial clone lacks are not fetched.
 * @param folders from which no program is started: what lies in the workspace is the repository's.
 */
export function createGitObjects(folders: readonly string[], searchPath = process.env['PATH'] ?? ''): GitObjects {
  const program = pathPrograms('git', searchPath, folders).find(isFile);
  const readers = new Map<string, BlobReader>();
  return {
    read(root, oid) {
      if (program === undefined) return Promise.resolve(undefined);
      let reader = readers.get(root);
      if (!reader || reader.ended) {
        reader = createBlobReader(start(program, root, '--batch'));
        readers.set(root, reader);
      }
      return reader.read(oid);
    },
    async sizes(root, oids) {
      if (program === undefined) return undefined;
      const sizes = new Map<string, number>();
      if (oids.length === 0) return sizes;
      const child = start(program, root, '--batch-check=%(objectname) %(objecttype) %(objectsize)');
      const chunks: Buffer[] = [];
      child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
      const ended = new Promise<boolean>((resolve) => {
        child.on('error', () => resolve(false));
        child.on('close', (code) => resolve(code === 0));
      });
      child.stdin?.on('error', () => {});
      child.stdin?.end(oids.map((oid) => `${oid}\n`).join(''));
      if (!(await ended)) return undefined;
      for (const line of Buffer.concat(chunks).toString('latin1').split('\n')) {
        const [oid, type, size] = line.split(' ');
        if (oid !== undefined && type === 'blob') sizes.set(oid, Number(size));
      }
      return sizes;
    },
    dispose() {
      for (const reader of readers.values()) reader.end();
      readers.clear();
    },
  };
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function start(program: string, root: string, mode: string): ChildProcess {
  return spawn(program, ['-C', root, '-c', 'core.fsmonitor=false', '--no-optional-locks', 'cat-file', mode], {
    stdio: ['pipe', 'pipe', 'ignore'],
    cwd: '/',
    windowsHide: true,
    // Nothing of the person's environment: it could name other repositories, objects or programs.
    env: {
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_NOSYSTEM: '1',
      LC_ALL: 'C',
    },
  });
}

interface BlobReader {
  readonly ended: boolean;
  read(oid: string): Promise<Buffer | undefined>;
  end(): void;
}

/** Answers come in the order of the questions: `<oid> blob <size>\n<bytes>\n` or `<oid> missing\n`. */
function createBlobReader(child: ChildProcess): BlobReader {
  const waiting: ((bytes: Buffer | undefined) => void)[] = [];
  let pieces: Buffer[] = [];
  let length = 0;
  let ended = false;
  let idle: NodeJS.Timeout | undefined;

  function finish(): void {
    ended = true;
    clearTimeout(idle);
    for (const answer of waiting.splice(0)) answer(undefined);
  }
  function end(): void {
    finish();
    child.kill();
  }
  function rest(): void {
    clearTimeout(idle);
    if (waiting.length === 0 && !ended) {
      idle = setTimeout(end, idleMs);
      idle.unref();
    }
  }
  child.on('error', finish);
  child.on('close', finish);
  child.stdin?.on('error', finish);
  child.stdout?.on('data', (chunk: Buffer) => {
    pieces.push(chunk);
    length += chunk.length;
    // A large blob comes in many pieces; they are put together once they can hold an answer.
    if (length < needed) return;
    take(Buffer.concat(pieces, length));
  });

  /** Bytes that must be there before an answer can be whole. */
  let needed = 1;
  function take(bytes: Buffer): void {
    let at = 0;
    needed = 1;
    while (waiting.length > 0) {
      const line = bytes.indexOf(0x0a, at);
      if (line < 0) break;
      const [, type, size] = bytes.toString('latin1', at, line).split(' ');
      const end = line + 1 + Number(size) + 1;
      if (type === 'missing' || type === 'ambiguous') {
        at = line + 1;
        waiting.shift()?.(undefined);
      } else if (bytes.length >= end) {
        waiting.shift()?.(type === 'blob' ? Buffer.from(bytes.subarray(line + 1, end - 1)) : undefined);
        at = end;
      } else {
        needed = end - at;
        break;
      }
    }
    pieces = [bytes.subarray(at)];
    length = bytes.length - at;
    rest();
  }

  return {
    get ended() {
      return ended;
    },
    read(oid) {
      clearTimeout(idle);
      if (ended || !/^[0-9a-f]{40}$/.test(oid)) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        waiting.push(resolve);
        child.stdin?.write(`${oid}\n`);
      });
    },
    end,
  };
}
