import assert from 'node:assert/strict';
import { contextBlock, systemPrompt } from '../../../../src/core/agent/systemPrompt';

const inputs = {
  platform: 'linux',
  date: '2026-03-01',
  workspace: ['/ws', '/lib'],
  cwd: '/ws',
  git: true,
  instructions: [],
};
const tools = ['Bash', 'Read', 'Write', 'Edit', 'Glob', 'Grep', 'TodoWrite'];

suite('the system prompt', () => {
  test('says where it works, one fact a line', () => {
    const lines = systemPrompt(inputs, tools).join('\n').split('\n');
    for (const line of [
      'Working folder: /ws',
      'Workspace folders: /ws, /lib',
      'Git repository: yes',
      'Platform: linux',
      'Date: 2026-03-01',
    ]) {
      assert.ok(lines.includes(line), line);
    }
  });

  test('speaks of every tool that is there and of none that is not', () => {
    const all = systemPrompt(inputs, tools).join('\n');
    for (const tool of tools) assert.match(all, new RegExp(`^- ${tool} `, 'm'));
    const without = systemPrompt(inputs, ['Read', 'Other']).join('\n');
    assert.doesNotMatch(without, /^- Bash/m);
    assert.match(without, /^- Other: see their descriptions/m);
  });

  test('tells how to take a block: a narrower way, no detour, or tell the person', () => {
    const all = systemPrompt(inputs, tools).join('\n');
    for (const words of [
      /names the rule/,
      /narrower way/,
      /Do not reach the same end by a detour/,
      /tell the person/,
    ]) {
      assert.match(all, words);
    }
  });
});

suite('the context block', () => {
  test('holds what may change, the working folder on a line of its own', () => {
    assert.equal(
      contextBlock({ mode: 'auto', trusted: true, cwd: '/ws/src' }),
      '<context>\nPermission mode: auto\nWorking folder: /ws/src\n</context>',
    );
  });

  test('says in Restricted Mode what is left, and carries a note', () => {
    const block = contextBlock({ mode: 'normal', trusted: false, cwd: '/ws' }, 'A note.');
    assert.match(block, /not trusted yet: only Read, Glob and Grep/);
    assert.match(block, /\nA note\.\n/);
  });
});
