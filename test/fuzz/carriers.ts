import type { Script } from './script';

/** Another way to run the same command, which must never be judged more loosely than the command itself. */
export interface Carrier {
  readonly name: string;
  /** Undefined where the command cannot be carried this way. */
  write(script: Script): string | undefined;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** Also what Python and JavaScript read as a string. */
const literal = (text: string): string => JSON.stringify(text);

/** `Q` stands for the quoted text, `A` for the text itself. */
const carrier = (name: string, how: string, fits: (text: string) => boolean = () => true): Carrier => ({
  name,
  write: ({ text }) => {
    if (!fits(text)) return undefined;
    return how
      .split(/([AQ])/)
      .reduce((all, piece) => all + (piece === 'A' ? text : piece === 'Q' ? quoted(text) : piece));
  },
});

const withoutBraces = (text: string): boolean => !text.includes('{}') && !text.includes('"');

/** Ways that hand the text to a shell again. */
const again: readonly Carrier[] = [
  carrier('eval', 'eval Q'),
  carrier('eval of a variable', 'zq=Q; eval "$zq"'),
  carrier('bash -c', 'bash -c Q'),
  carrier('sh -c', 'sh -c Q'),
  carrier('bash with more options', 'bash --norc -e -c Q zq'),
  carrier('bash with an option cluster', 'bash -exc Q'),
  carrier('path of bash', '/bin/bash -c Q'),
  carrier('env bash', 'env ZQ=1 bash -c Q'),
  carrier('wrappers of bash', 'nice -n 5 timeout 5 nohup bash -c Q'),
  carrier('command bash', 'command bash -c Q'),
  carrier('exec bash', 'exec bash -c Q'),
  carrier('bash in bash', `bash -c 'bash -c "$0"' Q`),
  carrier('here-document', "bash <<'ZQZQ'\nA\nZQZQ", (text) => !text.includes('ZQZQ')),
  carrier('here-string', 'bash <<< Q'),
  carrier('here-string with an option', 'bash -s -- a b <<< Q'),
  carrier('pipe to bash', "printf '%s\\n' Q | bash"),
  carrier('echo to sh', 'echo Q | sh', (text) => !text.startsWith('-') && !text.includes('\\')),
  carrier('source', 'source /dev/stdin <<< Q'),
  carrier('process substitution', "bash <(printf '%s\\n' Q)"),
  carrier('trap', 'trap Q EXIT'),
  carrier('find -exec', 'find . -maxdepth 0 -exec sh -c Q \\;', withoutBraces),
  carrier('xargs', 'echo zq | xargs -I{} sh -c Q', withoutBraces),
  carrier('sudo', 'sudo bash -c Q'),
  carrier('written first', "printf '%s\\n' Q > out/zq.sh; bash out/zq.sh"),
  {
    name: 'python',
    write: ({ text }) => `python3 -c ${quoted(`import os; os.system(${literal(text)})`)}`,
  },
  {
    name: 'python subprocess',
    write: ({ text }) => `python3 -c ${quoted(`import subprocess\nsubprocess.run(${literal(text)}, shell=True)`)}`,
  },
  {
    name: 'node',
    write: ({ text }) => `node -e ${quoted(`require("child_process").execSync(${literal(text)})`)}`,
  },
  {
    name: 'backticks',
    write: ({ text }) => (/[`\\]/.test(text) ? undefined : `: \`${text}\n\``),
  },
];

/** Builtins that another program of that name cannot stand for. */
const shellOnly = new Set(
  `alias bg bind break builtin caller cd command compgen complete compopt continue coproc declare dirs disown enable eval exec exit
export fc fg getopts hash help history jobs let local logout mapfile popd pushd read readarray readonly return set shift shopt
source suspend times trap type typeset ulimit umask unalias unset wait . : time`.split(/\s/),
);

const before = (name: string, words: string): Carrier => ({
  name,
  write: ({ program, text }) => (program === undefined || shellOnly.has(program) ? undefined : `${words} ${text}`),
});

/** Programs and keywords that start the program that follows. */
const prefixes: readonly Carrier[] = [
  before('command', 'command'),
  before('command --', 'command -p --'),
  before('env', 'env'),
  before('env with a variable', 'env ZQ=1'),
  before('env -u', '/usr/bin/env -u ZQ'),
  before('nice', 'nice'),
  before('nice -n', 'nice -n 5'),
  before('timeout', 'timeout 5'),
  before('timeout with options', 'timeout -k 1 -s KILL 5s'),
  before('nohup', 'nohup'),
  before('stdbuf', 'stdbuf -oL'),
  before('setsid', 'setsid -w'),
  before('exec', 'exec'),
  before('exec -a', 'exec -a zq'),
  before('sudo', 'sudo -n'),
  before('an assignment', 'ZQ=1'),
  before('a redirection', '2>/dev/null'),
  before('wrappers in wrappers', 'env nice timeout 5 command'),
];

export const carriers: readonly Carrier[] = [...again, ...prefixes];
