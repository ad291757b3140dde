import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes of a log file; a command that prints for ever must not fill the disk. */
export const logLimit = 200_000_000;

/**
 * Keeps the head and the tail of a stream of text in bounded memory, and everything in a file once something has to be left out.
 * @param limit UTF-16 units kept, half of them from the start.
 */
export function createOutputBuffer(limit: number, logPath: string) {
  const half = Math.floor(limit / 2);
  let head = '';
  let tail = '';
  let total = 0;
  let logged = 0;
  let log: number | undefined;
  let broken = false;

  function toLog(text: string): void {
    if (broken || logged >= logLimit) return;
    try {
      if (log === undefined) {
        mkdirSync(dirname(logPath), { recursive: true, mode: 0o700 });
        log = openSync(logPath, 'wx', 0o600);
      }
      const bytes = Buffer.from(text).subarray(0, logLimit - logged);
      writeSync(log, bytes);
      logged += bytes.length;
      if (logged >= logLimit) writeSync(log, `\n(the log ends here: it is limited to ${logLimit / 1_000_000} MB)\n`);
    } catch {
      broken = true;
    }
  }

  return {
    add(text: string): void {
      if (total + text.length > limit) {
        if (log === undefined && !broken) toLog(head + tail);
        toLog(text);
      }
      total += text.length;
      const room = half - head.length;
      if (room > 0) head += text.slice(0, room);
      tail += room > 0 ? text.slice(room) : text;
      // Cutting only at twice the size keeps the cost linear.
      if (tail.length > 2 * half) tail = tail.slice(-half);
    },
    end(): { readonly output: string; readonly omitted: number; readonly logPath: string | undefined } {
      if (log !== undefined) closeSync(log);
      const shortTail = tail.length > half && total > limit ? tail.slice(-half) : tail;
      const omitted = total - head.length - shortTail.length;
      const output = omitted > 0 ? `${head}\n… (${omitted} characters left out) …\n${shortTail}` : head + shortTail;
      return { output, omitted, logPath: log !== undefined && !broken ? logPath : undefined };
    },
  };
}
