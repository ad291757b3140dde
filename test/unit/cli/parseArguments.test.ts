import assert from 'node:assert/strict';
import { parseArguments } from '../../../src/cli/parseArguments';

const check = (...words: string[]) => parseArguments(['auto-mode', 'check', ...words]);

suite('arguments of the terminal program', () => {
  test('a command after -- is judged as it stands', () => {
    assert.deepEqual(check('--cwd', '/ws', '--workspace=/ws', '--json', '--', 'rm', '-rf', '--', 'x'), {
      ...{ type: 'check', tool: 'Bash', input: { command: 'rm -rf -- x' }, cwd: '/ws', workspace: ['/ws'] },
      ...{ home: undefined, virtual: false, json: true },
    });
  });

  test('a call of another tool comes as JSON', () => {
    const parsed = check('--tool', 'Read', '--input', '{"file_path":"/x"}');
    assert.ok(parsed.type === 'check' && parsed.tool === 'Read');
    assert.deepEqual(parsed.input, { file_path: '/x' });
  });

  test('help, version and lines', () => {
    assert.equal(parseArguments(['-p', '--help']).type, 'help');
    assert.equal(parseArguments(['auto-mode']).type, 'help');
    assert.equal(parseArguments([]).type, 'agent');
    assert.equal(check('--help').type, 'help');
    assert.equal(parseArguments(['--version']).type, 'version');
    assert.equal(check('--jsonl').type, 'lines');
  });

  const bad: readonly [RegExp, ...string[]][] = [
    [/not known/, 'auto-mode', 'frobnicate'],
    [/more than one prompt/, 'one', 'two'],
    [/--nope/, 'auto-mode', 'check', '--nope', '--', 'ls'],
    [/--tool/, 'auto-mode', 'check', '--tool'],
    [/no command/, 'auto-mode', 'check'],
    [/stray/, 'auto-mode', 'check', 'stray'],
    [/not JSON/, 'auto-mode', 'check', '--input', '{'],
    [/JSON object/, 'auto-mode', 'check', '--input', '[]'],
    [/not both/, 'auto-mode', 'check', '--input', '{}', '--', 'ls'],
    [/use --input/, 'auto-mode', 'check', '--tool', 'Read', '--', 'x'],
    [/absolute/, 'auto-mode', 'check', '--workspace', 'ws', '--', 'ls'],
    [/no other option/, 'auto-mode', 'check', '--jsonl', '--json'],
    [/no command/, 'auto-mode', 'check', '--jsonl', '--', 'ls'],
  ];
  for (const [message, ...words] of bad) {
    test(`${words.join(' ')} is an error that says what is wrong`, () => {
      const parsed = parseArguments(words);
      assert.ok(parsed.type === 'error', JSON.stringify(parsed));
      assert.match(parsed.message, message);
    });
  }
});
