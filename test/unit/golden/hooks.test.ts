import assert from 'node:assert/strict';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { classifierAllows } from './classifierReplies';
import { golden } from './harness';

const bash = (command: string) => toolUse('Bash', { command });
const pre = (matcher: string, ...commands: readonly string[]) => ({
  PreToolUse: [{ matcher, hooks: commands.map((command) => ({ type: 'command', command, timeout: 5 })) }],
});
const says = (decision: string, reason: string) =>
  `cat > /dev/null; echo '${JSON.stringify({ hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: decision, permissionDecisionReason: reason } })}'`;

suite('golden: hooks', function () {
  this.timeout(30_000);

  test('one asks, one refuses, in Skip too; an approving one allows nothing; one after a tool is heard', () =>
    golden(
      'hooks',
      {
        mode: 'skip',
        hooks: () => ({
          ...pre('Bash', 'grep -q danger && { echo "not this word" >&2; exit 2; }; true', says('allow', 'all is well')),
          PostToolUse: [
            {
              matcher: 'Write',
              hooks: [
                { command: `grep -q '"is_error":false' && echo '{"decision":"block","reason":"run the formatter"}'` },
              ],
            },
          ],
        }),
        rules: { deny: ['Bash(git push:*)'] },
        script: (ws) => [
          message(bash('echo danger')),
          message(bash('echo fine'), bash('git push')),
          message(toolUse('Write', { file_path: `${ws}/a.txt`, content: 'a' })),
          message(text('Done.')),
        ],
      },
      async ({ session, requests }) => {
        await session.send('Go on.');
        assert.match(JSON.stringify(requests.at(-1)?.body), /says: run the formatter/);
      },
    ));

  test('an ask of a hook is the person’s to answer, though analysis would allow it and a classifier could', () =>
    golden(
      'hooks-ask',
      {
        mode: 'auto',
        hooks: () => pre('*', says('ask', 'look at this')),
        script: () => [message(bash('ls')), message(bash('unheard-of-program')), message(text('Done.'))],
        classifier: [classifierAllows('fine')],
        answer: (_question, asked) => ({ choice: asked === 1 ? 'once' : 'deny' }),
      },
      async ({ session, questions, classifierRequests }) => {
        await session.send('Go on.');
        assert.equal(questions.length, 2);
        assert.equal(questions[0]?.opinion.step, 'hook');
        assert.equal(classifierRequests.length, 0, 'it could not lift the question');
      },
    ));

  test('fault: hooks that fail, hang, flood, say nonsense or cannot be read refuse', () =>
    golden(
      'hooks-fail',
      {
        mode: 'skip',
        hooks: () => ({
          PreToolUse: [
            { matcher: 'Bash', hooks: [{ command: 'exit 1' }] },
            { matcher: 'Read', hooks: [{ command: 'sleep 77123', timeout: 0.3 }] },
            { matcher: 'Write', hooks: [{ command: 'yes' }] },
            { matcher: 'Glob', hooks: [{ command: `echo '{"decision": "perhaps"}'` }] },
            { matcher: 'TodoWrite', hooks: [{ command: 7 }] },
            {
              matcher: 'Grep',
              hooks: [
                {
                  command: `echo '{"hookSpecificOutput": {"permissionDecision": "allow", "updatedInput": {"pattern": "y"}}}'`,
                },
              ],
            },
          ],
        }),
        script: (ws) => [
          message(
            bash('ls'),
            toolUse('Read', { file_path: `${ws}/a` }),
            toolUse('Write', { file_path: `${ws}/b`, content: '' }),
            toolUse('Glob', { pattern: '*' }),
            toolUse('TodoWrite', { todos: [] }),
            toolUse('Grep', { pattern: 'x' }),
          ),
          message(text('None ran.')),
        ],
      },
      async ({ session }) => {
        await session.send('Go on.');
        const outcomes = session.events.flatMap((event) =>
          event.type === 'call-decided' ? [`${event.record.step} ${event.record.outcome}`] : [],
        );
        assert.deepEqual(outcomes, Array(6).fill('hook denied'));
      },
    ));

  test('in Restricted Mode no hook runs, and what one would have looked at is refused', () =>
    golden(
      'hooks-restricted',
      {
        mode: 'auto',
        trusted: false,
        files: { a: 'a\n' },
        hooks: (ws) => pre('Glob', `touch ${ws}/ran`),
        script: (ws) => [
          message(toolUse('Read', { file_path: `${ws}/a` }), toolUse('Glob', { pattern: '*' })),
          message(text('Done.')),
        ],
      },
      async ({ session, file }) => {
        await session.send('Look.');
        assert.equal(file('ran'), undefined);
      },
    ));
});
