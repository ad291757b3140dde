import assert from 'node:assert/strict';
import { analyze } from '../../../../src/core/gate/analysis/analyze';
import { courseOfRecord } from '../../../../src/core/gate/course';
import { difference, type Recorded, readRecord, replay } from '../../../../src/core/gate/replay';
import { readRules } from '../../../../src/core/gate/ruleSyntax';
import { noEntries, type RuleSet } from '../../../../src/core/gate/rules';
import { virtual } from './analysis/analysisWorld';

const recorded = (command: string, more: Partial<Recorded> = {}): Recorded => ({
  ...{
    at: '2026-03-01T00:00:00.000Z',
    tool: 'Bash',
    title: command,
    input: { command },
    cwd: '/home/me/ws',
    mode: 'auto',
  },
  ...{ decision: 'allow', outcome: 'allowed', person: undefined, step: 'analysis', rule: 'looks' },
  ...more,
});
const rulesOf = (lists: Partial<typeof noEntries>): RuleSet =>
  readRules({ ...noEntries, ...lists }, 'user settings').rules;
const options = (rules: RuleSet) => ({
  rules,
  home: '/home/me',
  analyze: (...[call, place]: Parameters<Parameters<typeof replay>[1]['analyze']>) => analyze(call, place, virtual),
});

suite('recorded calls decided again', () => {
  test('other rules and another mode change what happens, and say why', () => {
    const records = [recorded('ls'), recorded('git push'), recorded('foo --bar', { step: 'classifier' })];
    const under = (lists: Partial<typeof noEntries>, mode?: 'normal' | 'skip') =>
      replay(records, { ...options(rulesOf(lists)), ...(mode && { mode }) }).map(({ now }) => now);
    assert.deepEqual(under({}), ['allow', 'classifier', 'classifier']);
    assert.deepEqual(under({ deny: ['Bash(git push:*)'] }), ['allow', 'deny', 'classifier']);
    assert.deepEqual(under({ allow: ['Bash(foo:*)'] }), ['allow', 'classifier', 'allow']);
    assert.deepEqual(under({}, 'normal'), ['allow', 'ask', 'ask']);
    assert.deepEqual(under({ ask: ['Bash(ls)'] }, 'skip'), ['ask', 'allow', 'allow']);
    const [, push] = replay(records, options(rulesOf({ deny: ['Bash(git push:*)'] })));
    assert.match(`${push?.rule} ${push?.reason}`, /Bash\(git push:\*\).*denies it/);
  });

  test('what one more rule changes is told apart from what has changed anyway', () => {
    const records = [recorded('npm test', { step: 'classifier' }), recorded('foo'), recorded('foo --bar')];
    const found = difference(records, options(rulesOf({})), { rules: rulesOf({ allow: ['Bash(foo)'] }) });
    assert.deepEqual(
      found.map(({ now, record, was }) => [record.title, was, now]),
      [['foo', 'classifier', 'allow']],
    );
  });

  const courses: readonly [Partial<Recorded>, string][] = [
    [{}, 'allow'],
    [{ decision: 'deny', outcome: 'blocked' }, 'block'],
    [{ decision: 'deny', outcome: 'denied', step: 'deny-rule' }, 'deny'],
    [{ decision: 'ask', outcome: 'denied', step: 'mode', mode: 'normal', person: 'deny' }, 'ask'],
    [{ step: 'mode', mode: 'normal', person: 'once' }, 'ask'],
    [{ step: 'classifier' }, 'classifier'],
    [{ step: 'outage', decision: 'ask', outcome: 'denied', person: 'deny' }, 'classifier'],
    [{ step: 'session' }, 'ask'],
    [{ step: 'analysis', person: 'once' }, 'block'],
  ];
  for (const [more, course] of courses)
    test(`a record with ${JSON.stringify(more)} took the course ${course}`, () =>
      assert.equal(courseOfRecord(recorded('x', more)), course));

  test('a line that is no record is none', () => {
    for (const line of ['', '{', 'null', '[]', '{"at":1}', JSON.stringify({ ...recorded('x'), mode: 'free' })])
      assert.equal(readRecord(line), undefined, line);
    assert.deepEqual(readRecord(JSON.stringify({ previous: '0', ...recorded('ls') }))?.title, 'ls');
  });
});
