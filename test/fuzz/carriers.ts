import type { Script } from './script';

/** Another way to run the same command, which must never be judged more loosely than the command itself. */
export interface Carrier {
  readonly name: string;
  /** It runs the command only when something else holds, so certain damage becomes possible damage. */
  readonly perhaps?: true;
  /** Why it cannot be expected to be opened: then it may be unsure where the command itself is blocked. */
  readonly veil?: string;
  /** Undefined where the command cannot be carried this way. */
  write(script: Script): string | undefined;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** Also what Python and JavaScript read as a string. */
const literal = (text: string): string => JSON.stringify(text);
/** What is unsure because it cannot be seen is seen once it is written with an escape. */
const isSeen = (text: string): boolean =>
  literal(text) === `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
const code = (name: string, write: (text: string) => string): Carrier => ({
  name,
  write: ({ text }) => (isSeen(text) ? write(text) : undefined),
});

/** `@quoted` stands for the quoted text, `@text` for the text itself. */
const carrier = (name: string, how: string, fits: (text: string) => boolean = () => true): Carrier => ({
  name,
  write: ({ text }) => {
    if (!fits(text)) return undefined;
    return how
      .split(/(@text|@quoted)/)
      .reduce((all, piece) => all + (piece === '@text' ? text : piece === '@quoted' ? quoted(text) : piece));
  },
});

const withoutBraces = (text: string): boolean => !text.includes('{}') && !text.includes('"');

/** Ways that hand the text to a shell again. */
const again: readonly Carrier[] = [
  carrier('eval', 'eval @quoted'),
  carrier('eval of a variable', 'zq=@quoted; eval "$zq"'),
  carrier('bash -c', 'bash -c @quoted'),
  carrier('sh -c', 'sh -c @quoted'),
  carrier('bash with more options', 'bash --norc -e -c @quoted zq'),
  carrier('bash with an option cluster', 'bash -exc @quoted'),
  carrier('path of bash', '/bin/bash -c @quoted'),
  carrier('env bash', 'env ZQ=1 bash -c @quoted'),
  carrier('wrappers of bash', 'nice -n 5 timeout 5 nohup bash -c @quoted'),
  carrier('command bash', 'command bash -c @quoted'),
  carrier('exec bash', 'exec bash -c @quoted'),
  { ...carrier('bash in bash', `bash -c 'bash -c "$0"' @quoted`), veil: 'the text is a parameter of another shell' },
  carrier('here-document', "bash <<'ZQZQ'\n@text\nZQZQ", (text) => !text.includes('ZQZQ')),
  carrier('here-string', 'bash <<< @quoted'),
  carrier('here-string with an option', 'bash -s -- a b <<< @quoted'),
  carrier('pipe to bash', "printf '%s\\n' @quoted | bash"),
  carrier('echo to sh', 'echo @quoted | sh', (text) => !text.startsWith('-') && !text.includes('\\')),
  carrier('source', 'source /dev/stdin <<< @quoted'),
  { ...carrier('process substitution', "bash <(printf '%s\\n' @quoted)"), veil: 'the script is a file without a name' },
  { ...carrier('trap', 'trap @quoted EXIT'), veil: 'it runs in whatever folder the shell is in at the end' },
  { ...carrier('find -exec', 'find . -maxdepth 0 -exec sh -c @quoted \\;', withoutBraces), perhaps: true },
  { ...carrier('xargs', 'echo zq | xargs -I{} sh -c @quoted', withoutBraces), perhaps: true },
  carrier('sudo', 'sudo bash -c @quoted'),
  carrier('written first', "printf '%s\\n' @quoted > out/zq.sh; bash out/zq.sh"),
  code('python', (text) => `python3 -c ${quoted(`import os; os.system(${literal(text)})`)}`),
  code(
    'python subprocess',
    (text) =>
      `python3 -c ${quoted(`import subprocess
subprocess.run(${literal(text)}, shell=True)`)}`,
  ),
  code('node', (text) => `node -e ${quoted(`require("child_process").execSync(${literal(text)})`)}`),
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
