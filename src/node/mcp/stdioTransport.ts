import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import spawn from 'cross-spawn';
import { killTree } from '../killTree';
import type { Environment } from '../loginEnvironment';

export interface StdioProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** All that the program gets to see of an environment. */
  readonly env: Environment;
  readonly cwd: string;
}

/** Bytes of one message. */
const messageLimit = 10_000_000;
/** Bytes that a server may print without answering anything. */
const floodLimit = 30_000_000;
/** Lines of stdout that are no messages, before the program is taken for one that does not speak the protocol. */
const noiseLimit = 1_000;
/** Characters of stderr that are remembered. */
const errorLimit = 2_000;

export interface StdioTransport extends Transport {
  /** The end of what the program wrote to stderr. */
  readonly errors: string;
  /** Why it was ended from here. */
  readonly failure: string | undefined;
}

/**
 * The SDK's own transport hands down variables of this process and ends the program but not what that has started; this one
 * gives it the environment of commands, in a process group of its own, and ends all of it.
 */
export function createStdioTransport({ args, command, cwd, env }: StdioProgram): StdioTransport {
  const mark = randomBytes(8).toString('hex');
  const buffer = new ReadBuffer({ maxBufferSize: messageLimit });
  let child: ChildProcess | undefined;
  let errors = '';
  let silentBytes = 0;
  let noise = 0;
  let over: Promise<void> | undefined;
  let failure: string | undefined;

  function end(): Promise<void> {
    over ??= (async () => {
      const pid = child?.pid;
      child?.stdout?.destroy();
      child?.stderr?.destroy();
      child?.stdin?.destroy();
      if (pid !== undefined) await killTree(pid, mark);
      transport.onclose?.();
    })();
    return over;
  }

  function fail(why: string): void {
    if (over) return;
    failure = why;
    transport.onerror?.(new Error(why));
    void end();
  }

  function take(chunk: Buffer): void {
    silentBytes += chunk.length;
    try {
      if (silentBytes > floodLimit) throw new Error('flooded');
      buffer.append(chunk);
    } catch {
      fail('it printed without end');
    }
    while (!over) {
      const message = next();
      if (message === null) return;
      if (message === undefined) continue;
      if ('result' in message || 'error' in message) silentBytes = 0;
      transport.onmessage?.(message);
    }
  }

  /** Undefined for a line that is no message: a greeting, a line of a log. It is passed over, as long as it does not go on. */
  function next(): JSONRPCMessage | null | undefined {
    try {
      return buffer.readMessage();
    } catch {
      noise += 1;
      if (noise > noiseLimit) fail('it does not speak the protocol on stdout');
      return undefined;
    }
  }

  const transport: StdioTransport = {
    get errors() {
      return errors;
    },
    get failure() {
      return failure;
    },
    start: () =>
      new Promise((resolve, reject) => {
        const started = spawn(command, [...args], {
          cwd,
          env: { ...env, PWD: cwd, GATEHOUSE_COMMAND: mark },
          stdio: ['pipe', 'pipe', 'pipe'],
          detached: process.platform !== 'win32',
          windowsHide: true,
        });
        child = started;
        started.once('spawn', resolve);
        started.once('error', (error) => {
          reject(error);
          void end();
        });
        // What it has started goes with it.
        started.once('exit', () => setTimeout(() => void end(), 100));
        started.stdout?.on('data', take);
        started.stderr?.on('data', (chunk: Buffer) => {
          errors = (errors + chunk.toString('utf8')).slice(-errorLimit);
        });
        for (const stream of [started.stdin, started.stdout, started.stderr]) stream?.on('error', () => {});
      }),
    // Nobody waits for a program that does not read: what is asked of it has a time limit.
    async send(message) {
      if (over || !child?.stdin?.writable) throw new Error('the server is not running');
      child.stdin.write(serializeMessage(message));
    },
    close: end,
  };
  return transport;
}
