import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes of a log file; a command that prints for ever must not fill the disk. */
const defaultLogLimit = 200_000_000;

interface OutputBuffer {
  add(text: string): void;
  /** What is kept; the marker in its middle comes on top of the limit. Closes the log. */
  end(): { readonly output: string; readonly omitted: number; readonly logPath: string | undefined };
}

/**
 * Keeps the head and the tail of a stream of text in bounded memory, and everything in a file once something has to be left out.
 * @param limit UTF-16 units kept, half of them from the start.
 * @param logLimit bytes; the log says where it was cut.
 */
export function createOutputBuffer(limit: number, logPath: string, logLimit = defaultLogLimit): OutputBuffer {
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
      for (let at = 0; at < bytes.length; ) at += writeSync(log, bytes, at);
      logged += bytes.length;
      if (logged >= logLimit) writeSync(log, `\n(the log ends here: it is limited to ${logLimit / 1_000_000} MB)\n`);
    } catch {
      // A full disk must not end the command; the result then names no log.
      broken = true;
    }
  }

  return {
    add(text) {
      if (total + text.length > limit) {
        if (log === undefined && !broken) toLog(head + tail);
        toLog(text);
      }
      total += text.length;
      const room = half - head.length;
      if (room > 0) head += text.slice(0, room);
      tail += room > 0 ? text.slice(room) : text;
      // Cutting only at twice the size keeps the cost linear.
      if (tail.length > 2 * half + 2) tail = tail.slice(-(half + 1));
    },
    end() {
      if (log !== undefined) closeSync(log);
      if (total <= limit) return { output: head + tail, omitted: 0, logPath: undefined };
      const keptHead = /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
      // Half a character would be refused by the model's interface.
      const keptTail = tail.slice(-half).replace(/^[\uDC00-\uDFFF]/, '');
      const omitted = total - keptHead.length - keptTail.length;
      const output = `${keptHead}\n… (${omitted} characters left out) …\n${keptTail}`;
      return { output, omitted, logPath: log !== undefined && !broken ? logPath : undefined };
    },
  };
}
