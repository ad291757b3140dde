import { judge } from './judge';

/** Bytes of one line; a longer one is an error, so that memory stays bounded whatever comes in. */
const lineLimit = 16_000_000;

/**
 * Judges calls, one JSON object a line, and writes one JSON object a line in the same order. A line that is no call gives an
 * error object, and the next is read.
 * @param input UTF-8.
 */
export async function runJsonLines(
  input: AsyncIterable<Buffer | string>,
  output: NodeJS.WritableStream,
): Promise<void> {
  for await (const line of linesOf(input)) {
    if (line !== undefined && line.trim() === '') continue;
    const answer = line === undefined ? { error: `the line is longer than ${lineLimit} bytes` } : answerLine(line);
    if (!output.write(`${JSON.stringify(answer)}\n`)) await new Promise<void>((resume) => output.once('drain', resume));
  }
}

/** Lines of a stream; undefined stands for one that was too long and is skipped. */
async function* linesOf(input: AsyncIterable<Buffer | string>): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder();
  let pending = '';
  let skipping = false;
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const [first = '', ...rest] = text.split('\n');
    pending = skipping ? '' : pending + first;
    for (const next of rest) {
      yield skipping ? undefined : pending;
      skipping = false;
      pending = next;
    }
    if (pending.length > lineLimit) {
      skipping = true;
      pending = '';
    }
  }
  if (skipping) yield undefined;
  else if (pending !== '') yield pending;
}

function answerLine(line: string): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { error: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const call = asRecord(value);
  if (!call) return { error: 'a call must be a JSON object' };
  const { id, tool, input, cwd, workspace, home } = call;
  const failed = (error: string): object => ({ ...(id !== undefined && { id }), error });
  if (typeof tool !== 'string') return failed('"tool" must be the name of a tool');
  if (!asRecord(input)) return failed('"input" must be an object');
  if (!isFolder(cwd)) return failed('"cwd" must be an absolute path');
  if (!Array.isArray(workspace) || workspace.length === 0 || !workspace.every(isFolder))
    return failed('"workspace" must be a list of absolute paths');
  if (!isFolder(home)) return failed('"home" must be an absolute path');
  const place = {
    workspace: workspace.map(trimmed),
    cwd: trimmed(cwd),
    home: trimmed(home),
    scratch: call['virtual'] === true ? virtualScratch : undefined,
    ours: [],
    user: trimmed(home).split('/').at(-1),
  };
  const earlier = earlierCalls(call['session']);
  if (!earlier) return failed('"session.calls" must be a list of objects with "tool" and "input"');
  try {
    return {
      id,
      ...judge({ tool, input, place, virtual: call['virtual'] === true, kept: call['kept'] === true, earlier }),
    };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** Calls that ran before in the same session; undefined where they are not what they should be. */
function earlierCalls(session: unknown): readonly { readonly tool: string; readonly input: unknown }[] | undefined {
  if (session === undefined || session === null) return [];
  const calls = asRecord(session)?.['calls'];
  if (calls === undefined) return asRecord(session) ? [] : undefined;
  if (!Array.isArray(calls)) return undefined;
  const known: { tool: string; input: unknown }[] = [];
  for (const each of calls) {
    const { tool, input } = asRecord(each) ?? {};
    if (typeof tool !== 'string' || !asRecord(input)) return undefined;
    known.push({ tool, input });
  }
  return known;
}

/** The session's own temporary folder where no file system is consulted: `$TMPDIR`, and where `mktemp` makes its files. */
const virtualScratch = '/tmp/session-scratch';

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

function isFolder(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('/');
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}
