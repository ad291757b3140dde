import { strict as assert } from 'node:assert';
import { combine } from '../../oracle/combine';
import { ownCommands } from '../../oracle/commandList';

suite('oracle: commands', () => {
  test('a line is a command; marked ones have line breaks', () => {
    assert.deepEqual(ownCommands("# a comment\n\nls\n| cat <<EOF\\nx\\nEOF\nprintf 'a\\n'\n"), [
      'ls',
      'cat <<EOF\nx\nEOF',
      "printf 'a\\n'",
    ]);
  });

  test('the same seed combines alike, another one does not', () => {
    const commands = ['ls', 'pwd', 'date'];
    assert.deepEqual(combine(commands, 1), combine(commands, 1));
    assert.notDeepEqual(combine(commands, 1), combine(commands, 2));
    assert.ok(combine(commands, 1).every((command) => /ls|pwd|date/.test(command)));
  });

  test('what ends the shell or has lines of its own is not put into others', () => {
    assert.ok(
      combine(['exit 1', 'a\nb', 'sleep 1 &', 'ls'], 1).every((command) => !/exit 1|a\nb|sleep 1/.test(command)),
    );
  });
});
