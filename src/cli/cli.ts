import { homedir } from 'node:os';
import { Unusable } from './agent/unusable';
import { type Arguments, parseArguments, usage } from './parseArguments';
import { version } from './version';

/** Does what the command line says. What is large is loaded by the command that needs it. @returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args);
  const { stderr, stdout } = process;
  switch (parsed.type) {
    case 'help':
      stdout.write(usage);
      return 0;
    case 'version':
      stdout.write(`${version}\n`);
      return 0;
    case 'error':
      stderr.write(`${parsed.message}\nTry: claude-auto --help\n`);
      return 2;
    case 'agent':
      return runAgent(parsed);
    case 'check':
      return (await import('./check')).runCheck(parsed, stdout);
    case 'replay':
      return (await import('./replay')).runReplay(parsed, stdout, stderr);
    case 'shadow':
      return (await import('./logs')).summarizeLogs(parsed, stdout, stderr);
    case 'verify-log':
      return (await import('./logs')).verifyLogs(parsed.logs, stdout);
    case 'export':
      return (await import('./logs')).exportLogs(parsed, stdout, stderr);
    case 'lines':
      await (await import('./jsonLines')).runJsonLines(process.stdin, stdout);
      return 0;
  }
}

async function runAgent(args: Extract<Arguments, { type: 'agent' }>): Promise<number> {
  const { isContained } = await import('./agent/isContained');
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      // Whoever asks a second time means it.
      if (ending.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
      ending.abort(signal);
    });
  const world = {
    ...{ env: process.env, cwd: process.cwd(), home: homedir(), program: __dirname },
    ...{ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    ...{ uid: process.getuid?.(), contained: isContained(process.env), signal: ending.signal },
  };
  return (await import('./print/runPrint')).runPrint(args, world);
}

// A reader that has seen enough closes the pipe; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

main(process.argv.slice(2)).then(
  (code) => leave(code),
  (error: unknown) => {
    process.stderr.write(`claude-auto: ${error instanceof Error ? error.message : String(error)}\n`);
    leave(error instanceof Unusable ? error.code : 1);
  },
);

/** Once everything is written: what still keeps the process alive (an idle connection) is not waited for. */
function leave(code: number): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
