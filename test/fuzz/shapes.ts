/**
 * A way to put two commands together in which both may run. Each is handed over as it is and closed off here, so a comment or a
 * here-document at its end swallows nothing.
 */
export interface Shape {
  readonly name: string;
  write(first: string, second: string): string;
  /** The first always runs; otherwise its damage is only possible. */
  readonly first: 'runs' | 'may-run';
  readonly second: 'runs' | 'may-run';
  /** The first changes the state of the shell that the second runs in. */
  readonly shared: boolean;
  /** What the first puts out is not seen by the model but used on. */
  readonly used?: true;
  /** The second reads what the first puts out. */
  readonly fed?: true;
}

const shape = (name: string, how: string, more: Partial<Omit<Shape, 'name' | 'write'>> = {}): Shape => {
  const pieces = how.split(/(@[12])/);
  return {
    name,
    write: (first, second) =>
      pieces.map((piece) => (piece === '@1' ? `{ ${first}\n}` : piece === '@2' ? `{ ${second}\n}` : piece)).join(''),
    first: 'runs',
    second: 'runs',
    shared: true,
    ...more,
  };
};

const apart = { shared: false } as const;
const perhaps = { second: 'may-run' } as const;
const both = { first: 'may-run', second: 'may-run' } as const;
const used = { used: true } as const;

/** Every way of the shell to run one command and another. */
export const shapes: readonly Shape[] = [
  { ...shape('lines', ''), write: (first, second) => `${first}\n${second}` },
  shape('sequence', '@1; @2'),
  shape('and', '@1 && @2', perhaps),
  shape('or', '@1 || @2', perhaps),
  shape('background', '@1 & @2', apart),
  shape('both in the background', '@1 & @2 & wait', apart),
  shape('subshell', '(@1); @2', apart),
  shape('nested subshells', '( ( (@1) ); (@2) )', apart),
  shape('groups', '{ { @1; }; { @2; }; }'),
  shape('if', 'if @1; then @2; fi', perhaps),
  shape('else', 'if @1; then :; else @2; fi', perhaps),
  shape('elif', 'if @1; then :; elif @2; then :; fi', perhaps),
  shape('condition inside', 'if :; then @1; @2; fi', both),
  shape('while', 'while @1; do @2; done', perhaps),
  shape('until', 'until @1; do @2; break; done', perhaps),
  shape('for', 'for zq in 1 2; do @1; @2; done', both),
  shape('for over nothing known', 'for zq in "$ZQ"/*; do @1; @2; done', both),
  shape('arithmetic for', 'for ((zq = 0; zq < 2; zq++)); do @1; @2; done', both),
  shape('select', 'select zq in 1 2; do @1; @2; break; done', both),
  shape('case', 'case "$ZQ" in a) @1;; *) @2;; esac', { ...both, shared: false }),
  shape('case that falls through', 'case "$ZQ" in a) @1;& *) @2;; esac', both),
  shape('function', 'zqf() @1; zqf; @2', both),
  shape('function with a keyword', 'function zqf { @1; @2; }; zqf', both),
  shape('function called twice', 'zqf() { @1; }; zqf 1; @2; zqf 2', both),
  shape('function that is not called', 'zqf() @1; @2', { first: 'may-run', ...apart }),
  shape('time', 'time @1; time -p @2'),
  shape('negation', '! @1; ! @2'),
  shape('coprocess', 'coproc @1; @2', apart),
  shape('named coprocess', 'coproc ZQ @1; @2', apart),
  shape('test', '[[ -f README.md ]] && @1; @2', { first: 'may-run' }),
  shape('arithmetic', '(( 1 )) && @1; @2', { first: 'may-run' }),
  shape('trap', "trap 'echo bye' EXIT; @1; @2"),
  shape('redirected', '@1 > /dev/null; @2', used),
  shape('errors thrown away', '@1 2>/dev/null; @2 2>&1'),
  shape('pipe', '@1 | @2', { ...apart, ...used, fed: true }),
  shape('pipe with errors', '@1 |& @2', { ...apart, ...used, fed: true }),
  shape('pipe onward', '@1 | cat; @2', { ...apart, ...used }),
  shape('substitution in a word', ': "$(@1)"; @2', { ...apart, ...used }),
  shape('substitution in a longer word', 'echo x"$(@1)"y; @2', { ...apart, ...used }),
  shape('substitution unquoted', ': $(@1); @2', { ...apart, ...used }),
  shape('nested substitution', ': "$(: "$(@1)"; @2)"', { ...apart, ...used }),
  shape('substitution in an assignment', 'zq=$(@1); @2', { ...apart, ...used }),
  shape('substitution in an array', 'zq=(1 "$(@1)"); @2', { ...apart, ...used }),
  shape('substitution in a default', `: "\${ZQ:-$(@1)}"; @2`, { ...apart, ...used, first: 'may-run' }),
  shape('substitution in a test', '[[ -n $(@1) ]]; @2', { ...apart, ...used }),
  shape('substitution in arithmetic', ': $(( $(@1) + 1 )); @2', { ...apart, ...used }),
  shape('substitution in a case', 'case $(@1) in *) @2;; esac', { ...apart, ...used, ...perhaps }),
  shape('substitution in a list', 'for zq in 1 $(@1); do @2; done', { ...apart, ...used, ...perhaps }),
  shape('substitution in a here-string', 'cat <<< "$(@1)"; @2', { ...apart, ...used }),
  {
    ...shape('substitution in a here-document', '', { ...apart, ...used }),
    // Another delimiter at every depth: a line of the same inside would end the outer one.
    write: (first, second) => `cat <<ZQ${first.length}\n$({ ${first}\n})\nZQ${first.length}\n{ ${second}\n}`,
  },
  shape('substitution in a name', 'echo a > "out/$(@1)"; @2', { ...apart, ...used }),
  shape('process substitution', 'cat <(@1); @2', { ...apart, ...used }),
  shape('process substitution for output', 'ls > >(@1); @2', { ...apart, ...used, fed: true }),
];
