/** One finished system call of a trace. */
export interface Call {
  /** As the tracer numbers processes. */
  readonly pid: number;
  readonly name: string;
  /** Split at the top level, otherwise as written. */
  readonly args: readonly string[];
  /** The number it gave back; undefined when the process ended in it. */
  readonly result: number | undefined;
  /** `ENOENT` …; undefined when it succeeded. */
  readonly error: string | undefined;
  /** The path that the tracer shows for a descriptor given back. */
  readonly path: string | undefined;
  /** For a call that makes a process: its number as the tracer counts. */
  readonly child: number | undefined;
  readonly line: string;
}

/**
 * Reads what `strace -f -y --decode-pids=pidns` wrote. Calls that were interrupted by those of other processes are put together
 * again; each stands where it finished.
 * @param text the whole trace.
 */
export function parseTrace(text: string): readonly Call[] {
  const calls: Call[] = [];
  const unfinished = new Map<number, string>();
  for (const line of text.split('\n')) {
    const start = /^(\d+)(?: \/\* \d+ in strace's PID NS \*\/)?\s+/.exec(line);
    if (!start) continue;
    const pid = Number(start[1]);
    let rest = line.slice(start[0].length);
    if (rest.startsWith('---') || rest.startsWith('+++')) continue;
    const resumed = /^<\.\.\. \w+ resumed>/.exec(rest);
    if (resumed) {
      rest = (unfinished.get(pid) ?? '') + rest.slice(resumed[0].length);
      unfinished.delete(pid);
    }
    const waiting = rest.indexOf(' <unfinished ...>');
    if (waiting >= 0 && !rest.slice(waiting).includes('=')) {
      unfinished.set(pid, rest.slice(0, waiting));
      continue;
    }
    const call = parseCall(pid, rest);
    if (call) calls.push(call);
  }
  return calls;
}

function parseCall(pid: number, text: string): Call | undefined {
  const head = /^(\w+)\(/.exec(text);
  if (!head) return undefined;
  const args: string[] = [];
  let from = head[0].length;
  let depth = 0;
  let at = from;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '<' && /[\dD]$/.test(text.slice(from, at))) at = endOfPath(text, at);
    else if (char === '[' || char === '{' || char === '(') depth += 1;
    else if (char === ')' && depth === 0) break;
    else if (char === ']' || char === '}' || char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      args.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  if (at > from) args.push(text.slice(from, at).trim());
  const end = /^\)\s*=\s*(-?\d+|0x[0-9a-f]+|\?)(?:<((?:[^>\\]|\\.)*)>)?(.*)$/.exec(text.slice(at));
  if (!end) return undefined;
  const [, number = '?', path, more = ''] = end;
  const error = number === '-1' || number === '?' ? (/^\s+([A-Z]\w+)/.exec(more)?.[1] ?? 'unfinished') : undefined;
  const child = /\/\* (\d+) in strace's PID NS \*\//.exec(more)?.[1];
  const result = number === '?' ? undefined : Number(number);
  return {
    pid,
    name: head[1] ?? '',
    args,
    result,
    error,
    path: path === undefined ? undefined : unescaped(path),
    child: error === undefined ? Number(child ?? result) : undefined,
    line: `${pid} ${text}`,
  };
}

/** @returns where the closing quote is. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function endOfPath(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '>') return at;
  }
  return text.length;
}

/** The text of an argument in quotes; undefined for `NULL` and addresses. */
export function stringOf(arg: string | undefined): string | undefined {
  if (arg === undefined || !arg.startsWith('"')) return undefined;
  return unescaped(arg.slice(1, endOfString(arg, 0)));
}

/** The texts of an argument such as `["ls", "-l"]`. */
export function stringsOf(arg: string | undefined): readonly string[] {
  const texts: string[] = [];
  if (arg === undefined) return texts;
  for (let at = arg.indexOf('"'); at >= 0; at = arg.indexOf('"', at)) {
    const end = endOfString(arg, at);
    texts.push(unescaped(arg.slice(at + 1, end)));
    at = end + 1;
  }
  return texts;
}

/** The folder or file that the tracer shows for a descriptor: `AT_FDCWD</home/me>`, `3</tmp/x>`. */
export function descriptorPath(arg: string | undefined): string | undefined {
  const path = arg === undefined ? undefined : /^(?:AT_FDCWD|\d+)<((?:[^>\\]|\\.)*)>/.exec(arg)?.[1];
  return path === undefined ? undefined : unescaped(path);
}

const letters: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, b: 8, e: 27 };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '\\') {
      bytes.push(...Buffer.from(text[at] ?? ''));
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
    const hex = /^x[0-9a-f]{2}/.exec(text.slice(at + 1, at + 4))?.[0];
    const next = text[at + 1] ?? '';
    bytes.push(
      octal !== undefined
        ? Number.parseInt(octal, 8)
        : hex !== undefined
          ? Number.parseInt(hex.slice(1), 16)
          : (letters[next] ?? next.charCodeAt(0)),
    );
    at += (octal ?? hex ?? next).length;
  }
  return Buffer.from(bytes).toString('utf8');
}
