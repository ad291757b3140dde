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
  const pieces = how.split(/([AB])/);
  return {
    name,
    write: (first, second) =>
      pieces.map((piece) => (piece === 'A' ? `{ ${first}\n}` : piece === 'B' ? `{ ${second}\n}` : piece)).join(''),
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
  shape('sequence', 'A; B'),
  shape('and', 'A && B', perhaps),
  shape('or', 'A || B', perhaps),
  shape('background', 'A & B', apart),
  shape('both in the background', 'A & B & wait', apart),
  shape('subshell', '(A); B', apart),
  shape('nested subshells', '( ( (A) ); (B) )', apart),
  shape('groups', '{ { A; }; { B; }; }'),
  shape('if', 'if A; then B; fi', perhaps),
  shape('else', 'if A; then :; else B; fi', perhaps),
  shape('elif', 'if A; then :; elif B; then :; fi', perhaps),
  shape('condition inside', 'if :; then A; B; fi', both),
  shape('while', 'while A; do B; done', perhaps),
  shape('until', 'until A; do B; break; done', perhaps),
  shape('for', 'for zq in 1 2; do A; B; done', both),
  shape('for over nothing known', 'for zq in "$ZQ"/*; do A; B; done', both),
  shape('arithmetic for', 'for ((zq = 0; zq < 2; zq++)); do A; B; done', both),
  shape('select', 'select zq in 1 2; do A; B; break; done', both),
  shape('case', 'case "$ZQ" in a) A;; *) B;; esac', { ...both, shared: false }),
  shape('case that falls through', 'case "$ZQ" in a) A;& *) B;; esac', both),
  shape('function', 'zqf() A; zqf; B', both),
  shape('function with a keyword', 'function zqf { A; B; }; zqf', both),
  shape('function called twice', 'zqf() { A; }; zqf 1; B; zqf 2', both),
  shape('function that is not called', 'zqf() A; B', { first: 'may-run', ...apart }),
  shape('time', 'time A; time -p B'),
  shape('negation', '! A; ! B'),
  shape('coprocess', 'coproc A; B', apart),
  shape('named coprocess', 'coproc ZQ A; B', apart),
  shape('test', '[[ -f README.md ]] && A; B', { first: 'may-run' }),
  shape('arithmetic', '(( 1 )) && A; B', { first: 'may-run' }),
  shape('trap', "trap 'echo bye' EXIT; A; B"),
  shape('redirected', 'A > /dev/null; B', used),
  shape('errors thrown away', 'A 2>/dev/null; B 2>&1'),
  shape('pipe', 'A | B', { ...apart, ...used, fed: true }),
  shape('pipe with errors', 'A |& B', { ...apart, ...used, fed: true }),
  shape('pipe onward', 'A | cat; B', { ...apart, ...used }),
  shape('substitution in a word', ': "$(A)"; B', { ...apart, ...used }),
  shape('substitution in a longer word', 'echo x"$(A)"y; B', { ...apart, ...used }),
  shape('substitution unquoted', ': $(A); B', { ...apart, ...used }),
  shape('nested substitution', ': "$(: "$(A)"; B)"', { ...apart, ...used }),
  shape('substitution in an assignment', 'zq=$(A); B', { ...apart, ...used }),
  shape('substitution in an array', 'zq=(1 "$(A)"); B', { ...apart, ...used }),
  shape('substitution in a default', ': "${ZQ:-$(A)}"; B', { ...apart, ...used, first: 'may-run' }),
  shape('substitution in a test', '[[ -n $(A) ]]; B', { ...apart, ...used }),
  shape('substitution in arithmetic', ': $(( $(A) + 1 )); B', { ...apart, ...used }),
  shape('substitution in a case', 'case $(A) in *) B;; esac', { ...apart, ...used, ...perhaps }),
  shape('substitution in a list', 'for zq in $(A); do B; done', { ...apart, ...used, ...perhaps }),
  shape('substitution in a here-string', 'cat <<< "$(A)"; B', { ...apart, ...used }),
  shape('substitution in a here-document', 'cat <<ZQ\n$(A)\nZQ\nB', { ...apart, ...used }),
  shape('substitution in a name', 'echo a > "out/$(A)"; B', { ...apart, ...used }),
  shape('process substitution', 'cat <(A); B', { ...apart, ...used }),
  shape('process substitution for output', 'ls > >(A); B', { ...apart, ...used, fed: true }),
];
