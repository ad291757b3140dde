/** How two simple commands are put together; `A` and `B` stand for them. */
const shapes: readonly string[] = [
  'A; B',
  'A && B',
  'A || B',
  '! A; B',
  '(A); B',
  '(cd src && A); B',
  '{ A; B; }',
  'if A; then B; fi',
  'if ! A; then B; else A; fi',
  'while A; do B; break; done',
  'until A; do B; break; done',
  'for x in one two; do A; done; B',
  'for i in 1 2; do A; B; done',
  'case "$HOME" in */me) A ;; *) B ;; esac',
  'A > "$TMPDIR/o.txt"; B',
  'A >> "$TMPDIR/o.txt" 2>&1 && B',
  'A > /dev/null 2>&1; B',
  'A 2> "$TMPDIR/e.txt" || B',
  'x=$(A); echo "$x" | head -n 3; B',
  'echo "$(A | wc -l) lines"; B',
  'f() { A; }; f; B',
  'f() { A; B; }; f > /dev/null; f',
  'A | cat; B',
  'A | tee "$TMPDIR/t.txt" | wc -l; B',
  'diff <(A) <(B)',
  'A & B; wait',
  'set -e; A; B',
  'set -o pipefail; A | head -n 1; B',
  'cd docs; A; cd ..; B',
  'pushd tests > /dev/null; A; popd > /dev/null; B',
  'trap "echo end" EXIT; A; B',
  'bash -c "true" && A; B',
  '[ -f README.md ] && A; B',
  '[[ -d src ]] && { A; } || B',
  'time A; B',
  'env LC_ALL=C true; A; B',
  'A < /dev/null; B',
  'mkdir -p build/o; A > build/o/out.txt; B',
  'for f in *.md; do A; done; B',
  'n=0; while [ $n -lt 2 ]; do n=$((n+1)); A; done; B',
];

/** Combinations that are made. */
const wanted = 400;

/**
 * Puts commands together by the shell's operators, so that what holds for one is tried inside of others.
 * @param seed gives the same combinations for the same number.
 */
export function combine(commands: readonly string[], seed: number): readonly string[] {
  const simple = commands.filter(
    (command) => !command.includes('\n') && !/[&#]\s*$|<<|^\s*(?:exec|exit|return)\b/.test(command),
  );
  const next = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const made: string[] = [];
  for (let count = 0; count < wanted; count += 1) {
    const [shape, first, second] = [pick(shapes), pick(simple), pick(simple)];
    if (shape !== undefined && first !== undefined && second !== undefined)
      made.push(shape.replace(/\b[AB]\b/g, (letter) => (letter === 'A' ? first : second)));
  }
  return made;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
