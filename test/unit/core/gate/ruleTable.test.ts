import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { analyze } from '../../../../src/core/gate/analysis/analyze';
import { defaultBreakerLimits } from '../../../../src/core/gate/breaker';
import { type Course, courseOf } from '../../../../src/core/gate/course';
import { type Mode, modes } from '../../../../src/core/gate/modes';
import { readRules } from '../../../../src/core/gate/ruleSyntax';
import {
  mergeRules,
  noEntries,
  type RuleEntries,
  type RuleSet,
  type RuleSource,
} from '../../../../src/core/gate/rules';
import type { GateState } from '../../../../src/core/gate/state';
import { callId } from '../../../../src/core/ids';
import { place, virtual } from './analysis/analysisWorld';

const sources: readonly RuleSource[] = [
  ...(['policy', 'user settings', 'user file', 'Claude Code user settings'] as const),
  ...(['workspace settings', 'Claude Code workspace settings', 'session'] as const),
];
const rulesOf = (lists: Partial<RuleEntries>, source: RuleSource = 'user settings'): RuleSet =>
  readRules({ ...noEntries, ...lists }, source).rules;

function course(tool: string, input: unknown, rules: RuleSet, mode: Mode): Course {
  const call = { id: callId('x'), tool, input };
  const state: GateState = { version: 1, mode, trusted: true, rules, place, breaker: defaultBreakerLimits };
  return courseOf(call, state, analyze(call, place, virtual)).course;
}
const bash = (command: string, rules: RuleSet, mode: Mode): Course => course('Bash', { command }, rules, mode);

/** The same command in every dress in which it is still that command. */
const forms: readonly string[] = [
  ...[
    'git push',
    'git push origin main',
    '/usr/bin/git push',
    'ls && git push',
    'ls; git push',
    'ls | git push',
    'git push &',
  ],
  ...[
    '(git push)',
    '{ git push; }',
    'if true; then git push; fi',
    'for x in 1 2; do git push; done',
    'f() { git push; }; f',
  ],
  ...[
    'sudo git push',
    'env A=b git push',
    'timeout 5 git push',
    'nice git push',
    'nohup git push',
    'echo x | xargs git push',
  ],
  ...[
    'bash -c "git push"',
    "sh -c 'cd src && git push'",
    'eval git push',
    'echo "$(git push)"',
    'x=`git push`',
    'time git push',
  ],
  ...[
    'git -C . push',
    'git --no-pager -C . push',
    '"git" push',
    'g\\it pu""sh',
    'G=git; $G push',
    'find . -exec git push \\;',
  ],
  ...[
    'git push > out.txt 2>&1',
    '! git push',
    'cat <(git push)',
    'case a in a) git push;; esac',
    'while git push; do :; done',
  ],
  ...[
    'command git push',
    'exec git push',
    'git push # harmless',
    'true || git push',
    'echo git push | sh',
    'bash <<< "git push"',
  ],
];
/** Text that only speaks of it. */
const lookAlikes = [
  'git pull',
  'echo git push',
  'grep "git push" README.md',
  'git log --grep push',
  '# git push',
  'cat git-push.md',
];

suite('rules: lists, scopes, modes and forms of a command', () => {
  for (const source of sources)
    for (const mode of modes) {
      test(`a deny rule in the ${source} holds in ${mode}, however the command is written`, () => {
        const rules = rulesOf({ deny: ['Bash(git push:*)'], allow: ['Bash', 'Bash(git push:*)'] }, source);
        for (const form of forms) assert.ok(['deny', 'ask'].includes(bash(form, rules, mode)), form);
        const denied = forms.filter((form) => bash(form, rules, mode) === 'deny');
        assert.ok(
          denied.length >= forms.length - 2,
          `only asked: ${forms.filter((form) => !denied.includes(form)).join(' · ')}`,
        );
        for (const text of lookAlikes) assert.notEqual(bash(text, rules, mode), 'deny', text);
      });

      test(`an ask rule in the ${source} asks in ${mode}, however the command is written`, () => {
        const rules = rulesOf({ ask: ['Bash(git push:*)'], allow: ['Bash', 'Bash(git push:*)'] }, source);
        for (const form of forms) assert.ok(['ask', 'block'].includes(bash(form, rules, mode)), form);
        for (const text of lookAlikes)
          assert.equal(bash(text, rules, mode), bash(text, rulesOf({ allow: ['Bash'] }), mode), text);
      });
    }

  test('an allow rule covers the command as it was said yes to, and no dress that changes what it may do', () => {
    const rules = rulesOf({ allow: ['Bash(git push:*)'] });
    for (const mode of ['normal', 'auto'] as const) {
      for (const form of [
        'git push',
        'git push origin main',
        '/usr/bin/git push',
        '"git" push',
        'ls && git push',
        'git push; git push',
      ])
        assert.equal(bash(form, rules, mode), 'allow', `${mode}: ${form}`);
      for (const form of [
        'sudo git push',
        'git -C /other push',
        'git push && rm -rf src',
        'env GIT_SSH_COMMAND=x git push',
        'git push > .bashrc',
      ])
        assert.notEqual(bash(form, rules, mode), 'allow', `${mode}: ${form}`);
    }
  });

  const paths: readonly [string, string, unknown][] = [
    ['Read(secrets/**)', 'Read', { file_path: '/home/me/ws/secrets/a' }],
    ['Read(secrets/**)', 'Read', { file_path: '/home/me/ws/src/../secrets/a' }],
    ['Read(secrets/**)', 'Bash', { command: 'cat secrets/a' }],
    ['Read(secrets/**)', 'Bash', { command: 'grep -r x secrets' }],
    ['Read(secrets/**)', 'Bash', { command: 'cd secrets && head a' }],
    ['Read(secrets/**)', 'Bash', { command: 'wc -l < secrets/a' }],
    ['Read(secrets/**)', 'Bash', { command: 'cp -r . /tmp/x' }],
    ['Read(secrets/**)', 'Bash', { command: 'python3 -c "print(open(\'secrets/a\').read())"' }],
    ['Read(secrets/**)', 'Grep', { pattern: 'x', path: '/home/me/ws/secrets' }],
    ['Read(secrets)', 'Read', { file_path: '/home/me/ws/deep/secrets/a' }],
    ['Edit(db/**)', 'Write', { file_path: '/home/me/ws/db/a', content: '' }],
    ['Edit(db/**)', 'Edit', { file_path: '/home/me/ws/db/a', old_string: 'a', new_string: 'b' }],
    ['Edit(db/**)', 'Bash', { command: 'echo x > db/a' }],
    ['Edit(db/**)', 'Bash', { command: 'sed -i s/a/b/ db/a' }],
    ['Edit(db/**)', 'Bash', { command: 'rm -rf db' }],
    ['Edit(db/**)', 'Bash', { command: 'mv db old' }],
    ['Edit(db/**)', 'Bash', { command: 'tee DB/A < README.md' }],
    ['Edit(db/**)', 'Bash', { command: "node -e \"require('fs').writeFileSync('db/a', '')\"" }],
    ['WebFetch(domain:example.com)', 'WebFetch', { url: 'https://example.com/a', prompt: 'x' }],
    ['WebFetch(domain:example.com)', 'WebFetch', { url: 'https://EXAMPLE.com./a', prompt: 'x' }],
    ['WebFetch(domain:example.com)', 'WebFetch', { url: 'https://www.example.com/a', prompt: 'x' }],
    ['WebFetch(domain:example.com)', 'Bash', { command: 'curl -s https://example.com/a' }],
    ['mcp__github', 'mcp__github__list_issues', {}],
    ['mcp__github__*', 'mcp__github__list_issues', {}],
    ['mcp__github__list_issues', 'mcp__github__list_issues', {}],
  ];
  for (const [text, tool, input] of paths)
    test(`deny ${text} binds ${tool} ${JSON.stringify(input)}`, () => {
      for (const mode of modes) {
        assert.equal(course(tool, input, rulesOf({ deny: [text], allow: [tool] }), mode), 'deny', mode);
        assert.ok(['ask', 'block'].includes(course(tool, input, rulesOf({ ask: [text], allow: [tool] }), mode)), mode);
      }
    });
});

/** From what happens without anybody to what never happens. */
const strictness: Readonly<Record<Course, number>> = { allow: 0, classifier: 1, ask: 2, block: 3, deny: 4 };

suite('rules: properties', () => {
  const texts = [
    ...[
      'Bash(git push:*)',
      'Bash(git:*)',
      'Bash(npm test)',
      'Bash(rm:*)',
      'Bash(cat *)',
      'Bash(curl *)',
      'Bash(git * main)',
      'Edit(src/**)',
    ],
    ...[
      'Edit(*.md)',
      'Read(.env*)',
      'Read(src/**)',
      'Write(docs/**)',
      'WebFetch(domain:example.com)',
      'mcp__db',
      'Bash(foo --bar)',
    ],
  ];
  const calls = [
    ...[
      ...forms,
      ...lookAlikes,
      'rm -rf src',
      'cat .env',
      'foo --bar',
      'npm test',
      'echo x > src/a.ts',
      'rm -rf ~',
      '$X y',
    ].map((command) => ['Bash', { command }] as const),
    ['Write', { file_path: '/home/me/ws/src/a.ts', content: '' }] as const,
    ['Read', { file_path: '/home/me/ws/.env' }] as const,
    ['WebFetch', { url: 'https://example.com', prompt: '' }] as const,
    ['mcp__db__query', {}] as const,
  ];
  const some = fc.subarray(texts, { maxLength: 6 });
  const lists = fc.record({ allow: some, ask: some, deny: some });
  const anyCall = fc.constantFrom(...calls);
  const anyMode = fc.constantFrom(...modes);
  const runs = { numRuns: 1_500, seed: 11 };

  test('one more ask or deny rule never loosens, one more allow rule never tightens', () =>
    fc.assert(
      fc.property(lists, fc.constantFrom(...texts), anyCall, anyMode, (base, text, [tool, input], mode) => {
        const under = (set: RuleEntries) => strictness[course(tool, input, rulesOf(set), mode)];
        const before = under(base);
        for (const list of ['ask', 'deny'] as const)
          assert.ok(under({ ...base, [list]: [...base[list], text] }) >= before, list);
        assert.ok(under({ ...base, allow: [...base.allow, text] }) <= before);
      }),
      runs,
    ));

  test('order and scope never matter', () =>
    fc.assert(
      fc.property(
        lists,
        fc.array(fc.constantFrom(...sources), { minLength: 3, maxLength: 3 }),
        anyCall,
        anyMode,
        (base, at, [tool, input], mode) => {
          const [first, second, third] = at as [RuleSource, RuleSource, RuleSource];
          const parts = [
            rulesOf({ allow: base.allow }, first),
            rulesOf({ ask: base.ask }, second),
            rulesOf({ deny: base.deny }, third),
          ];
          const reversed = {
            allow: [...base.allow].reverse(),
            ask: [...base.ask].reverse(),
            deny: [...base.deny].reverse(),
          };
          const wanted = course(tool, input, rulesOf(base), mode);
          assert.equal(course(tool, input, mergeRules(...parts), mode), wanted);
          assert.equal(course(tool, input, mergeRules(...parts.reverse()), mode), wanted);
          assert.equal(course(tool, input, rulesOf(reversed), mode), wanted);
        },
      ),
      runs,
    ));

  test('what runs by itself in a stricter mode runs by itself in a looser one', () =>
    fc.assert(
      fc.property(lists, anyCall, (base, [tool, input]) => {
        const runsIn = (mode: Mode) => course(tool, input, rulesOf(base), mode) === 'allow';
        if (runsIn('normal')) assert.ok(runsIn('auto'), 'auto');
        if (runsIn('auto')) assert.ok(runsIn('skip'), 'skip');
      }),
      runs,
    ));
});
