import { homedir } from 'node:os';
import { isContained } from './agent/isContained';
import { runProgram } from './runProgram';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    // Whoever asks a second time means it.
    if (ending.signal.aborted) process.exit(signal === 'SIGINT' ? 130 : 143);
    ending.abort(signal);
  });

// A reader that has seen enough closes the pipe; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

void runProgram(process.argv.slice(2), {
  ...{ env: process.env, cwd: process.cwd(), home: homedir(), program: __dirname },
  ...{ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
  ...{ uid: process.getuid?.(), contained: isContained(process.env), signal: ending.signal },
}).then((code) => {
  // Once everything is written: what still keeps the process alive (an idle connection) is not waited for.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});
