// How the time of one decision grows with the length of the command.
import { workspace } from './calls.mjs';
import { startChecker } from './checker.mjs';
import { round, table } from './statistics.mjs';

const sizes = [1_000, 10_000, 100_000, 1_000_000];

/** What time per byte may grow when the text grows ten times: noise, caches and garbage. What is quadratic grows ten times. */
const noise = 5;

const repeat = (piece, size) => piece.repeat(Math.max(1, Math.floor(size / piece.length)));
const nest = (open, middle, close, size) => {
  const depth = Math.max(1, Math.floor(size / (open.length + close.length)));
  return open.repeat(depth) + middle + close.repeat(depth);
};
const numbered = (write, size) => {
  let text = '';
  for (let at = 0; text.length < size; at += 1) text += write(at);
  return text;
};

/** Commands of about a size, one for each part of the analysis that could take too long. */
const shapes = {
  'one quoted argument': (size) => `echo '${'a'.repeat(size)}'`,
  'one argument': (size) => `echo ${'a'.repeat(size)}`,
  'double quotes with variables': (size) => `x=1; echo "${repeat('$x ', size)}"`,
  'commands with ;': (size) => repeat('ls -la src; ', size),
  'commands with &&': (size) => `${repeat('ls src && ', size)}ls`,
  'commands on lines': (size) => repeat('cat a.txt\n', size),
  pipes: (size) => `${repeat('cat | ', size)}cat`,
  'pipes into shells': (size) => `${repeat('bash | ', size)}cat`,
  assignments: (size) => numbered((at) => `v${at}=${at}\n`, size),
  'assignments of one': (size) => repeat('x=a; ', size),
  'a growing value': (size) => `x=a; ${repeat('x=$x$x; ', size)}`,
  'a value appended to': (size) => repeat('x+=aaaa; ', size),
  arguments: (size) => `cat ${repeat('a b ', size)}`,
  'paths to delete': (size) => `rm ${numbered((at) => `f${at} `, size)}`,
  'a path with many parts': (size) => `cat ${repeat('a/../', size)}b`,
  'changes of folder': (size) => `mkdir a; ${repeat('cd a; cd ..; ', size)}`,
  'changes of folder under conditions': (size) => repeat('true && cd a; ', size),
  'a here-document': (size) => `cat <<'E'\n${repeat('a line of text\n', size)}E`,
  'a here-document with variables': (size) => `cat <<E\n${repeat('$HOME and more\n', size)}E`,
  'here-documents': (size) => repeat('cat <<E\nx\nE\n', size),
  'Python in a here-document': (size) => `python3 - <<'E'\n${repeat('x = [1, 2, 3]\n', size)}E`,
  'JavaScript as an argument': (size) => `node -e '${repeat('x = [1, 2];\n', size)}'`,
  'shell as an argument': (size) => `bash -c '${repeat('ls; ', size)}'`,
  'quotes in one word': (size) => `echo ${repeat(`a'b'"c"`, size)}`,
  'backslashes in one word': (size) => `echo ${repeat('\\a', size)}`,
  redirections: (size) => `ls ${repeat('> a.txt ', size)}`,
  'files written': (size) => numbered((at) => `echo a > f${at}\n`, size),
  braces: (size) => `echo ${repeat('{a,b} ', size)}`,
  'braces that multiply': (size) => `echo ${repeat('{a,b}', size)}`,
  'one list in braces': (size) => `echo {${repeat('a,', size)}b}`,
  globs: (size) => `ls ${repeat('*.ts ', size)}`,
  'one glob': (size) => `ls ${repeat('*a', size)}`,
  substitutions: (size) => repeat('echo $(ls); ', size),
  functions: (size) => numbered((at) => `f${at}() { ls; }\n`, size),
  'pipes in pipes of a function': (size) => `f() { ${nest('ls | { ', 'ls', '; }', size)}; }`,
  'calls of a function': (size) => `f() { ls; }; ${repeat('f; ', size)}`,
  loops: (size) => repeat('for i in 1 2 3; do ls; done; ', size),
  conditions: (size) => repeat('if [ -f a ]; then ls; fi; ', size),
  cases: (size) => `case $x in ${numbered((at) => `a${at}) ls;; `, size)}esac`,
  arithmetic: (size) => `echo $((${repeat('1+', size)}1))`,
  comments: (size) => repeat('# nothing\n', size),
  'options of find': (size) => `find . ${repeat('-name a -o ', size)}-name b`,
  'a sed script': (size) => `sed '${repeat('s/a/b/;', size)}' a`,
  'an awk program': (size) => `awk '${repeat('{ x = 1 } ', size)}' a`,
  'nested $(': (size) => nest('$(', 'id', ')', size),
  'nested $( in quotes': (size) => `echo ${nest('"$(echo ', 'a', ')"', size)}`,
  'nested backticks': (size) => `echo ${nest('`', 'id', '`', size)}`,
  'nested (': (size) => nest('(', 'ls', ')', size),
  'nested {': (size) => nest('{ ', 'ls', '; }', size),
  'nested if': (size) => nest('if ls; then ', 'ls', '; fi', size),
  'nested loops': (size) => nest('for i in 1 2; do ', 'ls', '; done', size),
  'nested ${': (size) => `echo ${nest('${x:-', 'a', '}', size)}`,
  'nested braces': (size) => `echo ${nest('{a,', 'b', '}', size)}`,
  'nested $((': (size) => `echo $(( ${nest('(', '1', ')', size)} ))`,
  'nested <(': (size) => `cat ${nest('<(', 'ls', ')', size)}`,
  'nested evals': (size) => `${repeat('eval ', size)}ls`,
  'nested wrappers': (size) => `${repeat('env ', size)}ls`,
  'open quotes': (size) => `echo ${repeat(`'"`, size)}`,
  'open $(': (size) => repeat('$(', size),
  'open {': (size) => repeat('{ ', size),
  noise: (size) => repeat('$`"\'(){}<>|&;\\', size),
};

/** Longer than this for one call is too long for anybody; longer texts of that shape are not tried. */
const patience = 5_000;

let calls = 0;
const callOf = (command) => ({
  id: `growth-${++calls}`,
  ...{ tool: 'Bash', input: { command }, cwd: workspace, home: '/home/user', earlier: [] },
});

/** The best of a few tries: what the command takes when nothing else is going on. */
async function timeOf(checker, command) {
  let best;
  for (let turn = 0; turn < 4 && (best === undefined || best.time < 1_000); turn += 1) {
    const [answer] = await checker.check([callOf(command)]);
    if (!answer) return undefined;
    const time = answer.time / 1000;
    if (best === undefined || time < best.time) best = { time, answer: answer.verdict };
  }
  return best;
}

/**
 * @param only shapes whose name holds this
 * @returns a table in Markdown, and what is not as it should be
 */
export async function measureGrowth(only) {
  const problems = [];
  const rows = [];
  const checker = startChecker('this project', '', patience);
  for (const [name, write] of Object.entries(shapes)) {
    if (only !== undefined && !name.includes(only)) continue;
    await checker.check(Array.from({ length: 50 }, () => callOf(write(sizes[0]))));
    const measured = [];
    for (const size of sizes)
      measured.push(measured.includes(undefined) ? undefined : await timeOf(checker, write(size)));
    const perByte = measured.map((one, at) => (one ? one.time / sizes[at] : Number.POSITIVE_INFINITY));
    // A thousand characters are mostly what a call takes in any case, so growth is counted from ten thousand.
    const growth = Math.max(
      ...perByte
        .slice(2)
        .map((value, at) => value / perByte[at + 1])
        .filter((value) => !Number.isNaN(value)),
    );
    const last = measured.at(-1);
    const slow = growth > noise && (last === undefined || last.time > 20);
    if (slow) problems.push(`${name}: the time per byte grows ${last ? `${round(growth)} times` : 'without end'}`);
    rows.push([
      name,
      ...measured.map((one) => (one ? round(one.time) : 'no end')),
      `${round(growth)}${slow ? ' ✖' : ''}`,
      measured.map((one) => one?.answer ?? '–').at(0),
      measured.map((one) => one?.answer ?? '–').at(-1),
    ]);
  }
  const nested = `echo ${'$('.repeat(10_000)}id${')'.repeat(10_000)}`;
  const { answer, time } = (await timeOf(checker, nested)) ?? { answer: 'no answer', time: patience };
  checker.stop();
  if (answer !== 'unsure') problems.push(`10,000 nested substitutions: ${answer}`);
  if (time >= 50) problems.push(`10,000 nested substitutions: ${round(time)} ms`);
  const heads = [
    'shape',
    ...['1 kB', '10 kB', '100 kB', '1 MB'].map((size) => `${size} (ms)`),
    'growth per byte',
    'answer at 1 kB',
    'at 1 MB',
  ];
  const nesting = `10,000 nested substitutions: ${answer} in ${round(time)} ms (at most 50)`;
  return { text: `${table(heads, rows)}\n\n${nesting}`, problems };
}
