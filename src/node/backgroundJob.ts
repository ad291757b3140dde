import type { Job, JobEnd, ShellResult } from '../core/ports';
import { createOutputBuffer } from './outputBuffer';

/** UTF-16 units after which a job that still prints is ended: it would fill the disk and keep the processor busy for ever. */
const floodLimit = 200_000_000;
/** Bytes of the log of one look at the output. */
const logLimit = 50_000_000;

interface JobParts {
  readonly id: string;
  readonly command: string;
  /** UTF-16 units of output that are kept between two looks. */
  readonly outputChars: number;
  /** Path of the log for the nth look. */
  logPath(n: number): string;
  /** Ends everything; resolves when it is gone. */
  kill(): Promise<void>;
  readonly floodLimit?: number;
}

type Seen = Pick<ShellResult, 'output' | 'omitted' | 'logPath'>;
const nothing: Seen = { output: '', omitted: 0, logPath: undefined };

/** The part of a job that its process does not see: what it printed, and how it ended. */
export interface RunningJob extends Job {
  add(text: string): void;
  finish(exitCode: number | undefined): void;
}

export function createBackgroundJob(parts: JobParts): RunningJob {
  let looks = 0;
  let total = 0;
  let by: JobEnd['by'] = 'itself';
  let end: JobEnd | undefined;
  let settle: (end: JobEnd) => void = () => {};
  const ended = new Promise<JobEnd>((resolve) => {
    settle = resolve;
  });
  const nextBuffer = () => createOutputBuffer(parts.outputChars, parts.logPath(++looks), logLimit);
  let buffer = nextBuffer();
  /** What was left unread at the end; its log is closed. */
  let left: Seen | undefined;

  function stop(why: JobEnd['by']): Promise<void> {
    if (end) return Promise.resolve();
    if (by === 'itself') by = why;
    return parts.kill();
  }

  return {
    id: parts.id,
    command: parts.command,
    ended,
    get end() {
      return end;
    },
    read() {
      if (end) {
        const seen = left ?? nothing;
        left = nothing;
        return seen;
      }
      const seen = buffer.end();
      buffer = nextBuffer();
      return seen;
    },
    async stop() {
      await stop('request');
      await ended;
    },
    add(text) {
      total += text.length;
      if (by === 'flood') return;
      buffer.add(text);
      if (total > (parts.floodLimit ?? floodLimit)) void stop('flood');
    },
    finish(exitCode) {
      if (end) return;
      left = buffer.end();
      end = { exitCode, by };
      settle(end);
    },
  };
}
