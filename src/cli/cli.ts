import { runCheck } from './check';
import { runJsonLines } from './jsonLines';
import { exportLogs, summarizeLogs, verifyLogs } from './logs';
import { parseArguments, usage } from './parseArguments';
import { runReplay } from './replay';
import { version } from './version';

/** Text a person or a program asked for, and what the shell is told. */
async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args);
  switch (parsed.type) {
    case 'help':
      process.stdout.write(usage);
      return 0;
    case 'version':
      process.stdout.write(`${version}\n`);
      return 0;
    case 'error':
      process.stderr.write(`${parsed.message}\nTry: claude-auto --help\n`);
      return 2;
    case 'check':
      return runCheck(parsed, process.stdout);
    case 'replay':
      return runReplay(parsed, process.stdout, process.stderr);
    case 'shadow':
      return summarizeLogs(parsed, process.stdout, process.stderr);
    case 'verify-log':
      return verifyLogs(parsed.logs, process.stdout);
    case 'export':
      return exportLogs(parsed, process.stdout, process.stderr);
    case 'lines':
      await runJsonLines(process.stdin, process.stdout);
      return 0;
  }
}

// A reader that has seen enough closes the pipe; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`claude-auto: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
