import assert from 'node:assert/strict';
import { analyze } from '../../../../../src/core/gate/analysis/analyze';
import type { BoundaryPatterns } from '../../../../../src/core/gate/boundary/boundary';
import { findBoundaries } from '../../../../../src/core/gate/boundary/findBoundaries';
import { fallsUnder } from '../../../../../src/core/gate/boundary/matchBoundary';
import { callId } from '../../../../../src/core/ids';
import { place, virtual } from '../analysis/analysisWorld';

const folders = new Set(['src/legacy', 'docs']);

/** The patterns of the one boundary in a message. */
function patternsOf(text: string): BoundaryPatterns {
  const found = findBoundaries(text, (path) => (folders.has(path) ? 'folder' : undefined));
  assert.equal(found.length, 1, text);
  const [boundary] = found;
  assert.ok(boundary?.patterns, text);
  return boundary.patterns;
}

function judge(patterns: BoundaryPatterns, tool: string, input: unknown): 'yes' | 'maybe' | 'no' {
  const call = { id: callId('x'), tool, input };
  return fallsUnder(patterns, call, analyze(call, place, virtual), place);
}

/** A boundary, and what falls under it, could, and does not: commands, or a tool with its input. */
type Call = string | readonly [tool: string, input: unknown];
const table: readonly (readonly [text: string, answers: Partial<Record<'yes' | 'maybe' | 'no', readonly Call[]>>])[] = [
  [
    "Don't push.",
    {
      yes: [
        ...['git push', 'git push origin main', 'cd x && git -C . push -f', 'bash -c "git push"', '/usr/bin/git push'],
        ...[
          'ls; git push',
          'sudo git push',
          'echo "$(git push)"',
          'if true; then git push; fi',
          'G=git; $G push',
          "sh -c 'cd src && git push'",
        ],
      ],
      maybe: ['$X push', 'eval "$(cat cmd)"', 'echo "unterminated'],
      no: [
        'git pull',
        'echo git push',
        'git commit -m push',
        'grep "git push" README.md',
        ['Write', { file_path: '/home/me/ws/push', content: '' }],
      ],
    },
  ],
  [
    'never force push',
    {
      yes: [
        'git push --force',
        'git push -f origin main',
        'git push --force-with-lease',
        'cd x && git -C . push -f',
        'bash -c "git push --force"',
      ],
      no: ['git push', 'git push origin main', 'git fetch --force'],
    },
  ],
  [
    'Leave src/legacy alone.',
    {
      yes: [
        ['Edit', { file_path: '/home/me/ws/src/legacy/a.ts', old_string: 'a', new_string: 'b' }],
        ['Write', { file_path: '/home/me/ws/src/../src/legacy/a.ts', content: '' }],
        ...[
          'echo x > src/legacy/a.ts',
          'cd src && echo x >> legacy/a.ts',
          'sed -i s/a/b/ src/legacy/a.ts',
          'rm -rf src/legacy',
          'rm -rf src',
        ],
        ...[
          'mv src/legacy old',
          'tee src/legacy/a < b',
          'cp a.ts src/legacy/',
          'bash -c "echo x > src/legacy/a"',
          "python3 -c \"open('src/legacy/a', 'w')\"",
        ],
      ],
      maybe: ['echo x > "$FILE"', '$X src', 'rm "$F"'],
      no: [
        ['Read', { file_path: '/home/me/ws/src/legacy/a.ts' }],
        ['Edit', { file_path: '/home/me/ws/src/new/a.ts', old_string: 'a', new_string: 'b' }],
        ...[
          'cat src/legacy/a.ts',
          'grep -r x src/legacy',
          'echo x > src/a.ts',
          'cp src/legacy/a.ts src/b.ts',
          'echo src/legacy > notes.md',
        ],
      ],
    },
  ],
  [
    "Don't delete src/legacy.",
    {
      yes: ['rm -rf src/legacy', 'rm src/legacy/a.ts', 'git rm -r src/legacy'],
      no: ['rm -rf coverage', 'ls src/legacy'],
    },
  ],
  [
    "Don't delete anything.",
    {
      yes: ['rm a', 'find . -name x -delete', 'cd a && rm -r b'],
      maybe: ['$X a', 'source "$F"'],
      no: ['ls', 'echo x > a', 'git push'],
    },
  ],
  [
    'Only change files in docs/',
    {
      yes: [
        ['Write', { file_path: '/home/me/ws/src/a.ts', content: '' }],
        ['Write', { file_path: '/home/me/ws/docs/../a.ts', content: '' }],
        ['Write', { file_path: '/home/me/ws/docs-old/a.md', content: '' }],
        ...[
          'echo x > a.md',
          'echo x > docs/a.md; echo y > b.md',
          'rm -rf .',
          'git commit -m x',
          'echo x >> ~/.bashrc',
          'cd docs && echo x > ../a',
        ],
      ],
      maybe: ['echo x > "$F"', '$X docs'],
      no: [
        ['Write', { file_path: '/home/me/ws/docs/a.md', content: '' }],
        ['Read', { file_path: '/home/me/ws/src/a.ts' }],
        ...[
          'echo x > docs/a.md',
          'cd docs && echo x > a.md',
          'rm docs/a.md',
          'cat src/a.ts',
          'echo x > $TMPDIR/a',
          'ls > /dev/null',
          'npm test',
          'curl https://example.com',
        ],
      ],
    },
  ],
  [
    "don't touch anything except src/a.ts",
    { yes: ['echo x > src/b.ts', 'echo x > src/a.tsx'], no: ['echo x > src/a.ts', 'sed -i s/a/b/ src/a.ts'] },
  ],
  [
    'No network access please',
    {
      yes: [
        'curl https://example.com',
        'npm install x',
        'git push',
        'cd a && wget -q https://example.com/x',
        ['WebFetch', { url: 'https://example.com', prompt: '' }],
      ],
      maybe: ['$X https://example.com'],
      no: ['ls', 'npm test', 'git commit -m x'],
    },
  ],
  [
    "Don't change anything.",
    {
      yes: [
        'echo x > a',
        'rm a',
        'git commit -m x',
        ['Edit', { file_path: '/home/me/ws/a', old_string: 'a', new_string: 'b' }],
      ],
      maybe: ['"$X"'],
      no: ['ls', 'git status', 'npm test', 'git diff'],
    },
  ],
  [
    "don't talk to api.example.com",
    {
      yes: ['curl https://api.example.com/v1', ['WebFetch', { url: 'https://api.example.com', prompt: '' }]],
      no: ['curl https://example.com'],
    },
  ],
  [
    "Don't install anything",
    {
      yes: ['npm install x', 'npm i', 'cd a && pip install b', 'bash -c "yarn add x"', 'sudo apt-get install -y x'],
      no: ['npm test', 'npm run install-hooks', 'pip list'],
    },
  ],
  [
    "don't read .env",
    {
      yes: ['cat .env', ['Read', { file_path: '/home/me/ws/.env' }], 'cat config/.env', 'grep -r x .'],
      no: ['cat .envrc', 'echo x > .env'],
    },
  ],
  ['No sudo', { yes: ['sudo ls', 'bash -c "sudo ls"'], no: ['ls', 'echo sudo'] }],
  ["don't open a PR", { yes: ['gh pr create --fill', 'cd x && gh pr create'], no: ['gh pr view 3', 'gh issue list'] }],
  [
    "don't run `npm run build`",
    { yes: ['npm run build', 'npm run build -- --watch'], no: ['npm run lint', 'npm test'] },
  ],
  ['ask me before you run any commands', { yes: ['ls'], no: [['Read', { file_path: '/home/me/ws/a' }]] }],
];

suite('boundaries: what falls under them', () => {
  for (const [text, answers] of table)
    for (const answer of ['yes', 'maybe', 'no'] as const)
      for (const call of answers[answer] ?? [])
        test(`${text} · ${typeof call === 'string' ? call : JSON.stringify(call)}: ${answer}`, () => {
          const [tool, input] = typeof call === 'string' ? ['Bash', { command: call }] : call;
          assert.equal(judge(patternsOf(text), tool, input), answer);
        });

  test('without anything in it a boundary covers nothing', () => {
    assert.equal(judge({ rules: [], kinds: [], only: undefined }, 'Bash', { command: '$X' }), 'no');
  });

  test('a rule that cannot be read covers its whole tool', () => {
    const broken: BoundaryPatterns = { rules: ['Bash(git "push)'], kinds: [], only: undefined };
    assert.equal(judge(broken, 'Bash', { command: 'ls' }), 'yes');
    assert.equal(judge(broken, 'Read', { file_path: '/home/me/ws/a' }), 'no');
  });

  test('only: every folder of the workspace, and never what merely begins alike', () => {
    const two = { ...place, workspace: ['/home/me/ws', '/home/me/other'] };
    const patterns: BoundaryPatterns = { rules: [], kinds: [], only: ['./docs/'] };
    const at = (path: string) => {
      const call = { id: callId('x'), tool: 'Write', input: { file_path: path, content: '' } };
      return fallsUnder(patterns, call, analyze(call, two, virtual), two);
    };
    assert.equal(at('/home/me/other/docs/a'), 'no');
    assert.equal(at('/home/me/ws/docs/a'), 'no');
    assert.equal(at('/home/me/ws/docsy/a'), 'yes');
    assert.equal(at('/home/me/ws/Docs/a'), 'yes');
  });

  test('a decision costs microseconds', () => {
    const patterns = ["Don't install anything", 'Leave src/legacy alone.', 'Only change files in docs/'].map(
      patternsOf,
    );
    const call = { id: callId('x'), tool: 'Bash', input: { command: 'cd docs && echo x > a.md && npm test' } };
    const analysis = analyze(call, place, virtual);
    const rounds = 2_000;
    for (const one of patterns) fallsUnder(one, call, analysis, place);
    const started = performance.now();
    for (let round = 0; round < rounds; round += 1) for (const one of patterns) fallsUnder(one, call, analysis, place);
    assert.ok((performance.now() - started) / rounds / patterns.length < 0.5);
  });
});
