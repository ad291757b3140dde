import { strict as assert } from 'node:assert';
import { descriptorPath, parseTrace, stringOf, stringsOf } from '../../oracle/trace';

suite('oracle: trace', () => {
  test('a call has its arguments, its result and the path of its descriptor', () => {
    const [call] = parseTrace(
      '12 openat(AT_FDCWD</home/me/ws>, "src/a.ts", O_RDONLY|O_CLOEXEC) = 3</home/me/ws/src/a.ts>\n',
    );
    assert.deepEqual(
      { ...call, line: '' },
      {
        pid: 12,
        name: 'openat',
        args: ['AT_FDCWD</home/me/ws>', '"src/a.ts"', 'O_RDONLY|O_CLOEXEC'],
        result: 3,
        error: undefined,
        path: '/home/me/ws/src/a.ts',
        child: 3,
        line: '',
      },
    );
    assert.equal(descriptorPath(call?.args[0]), '/home/me/ws');
    assert.equal(stringOf(call?.args[1]), 'src/a.ts');
  });

  test('a failed call says how', () => {
    const [call] = parseTrace('7 unlink("x") = -1 ENOENT (No such file or directory)');
    assert.equal(call?.error, 'ENOENT');
    assert.equal(call?.child, undefined);
  });

  test('commas, brackets and quotes inside of texts and paths do not split', () => {
    const [call] = parseTrace('7 rename("a, \\"b)", "c]<d>") = 0');
    assert.deepEqual(call?.args.map(stringOf), ['a, "b)', 'c]<d>']);
    const [other] = parseTrace('7 openat(4</tmp/x, y \\76 z>, "f", O_WRONLY) = 5</tmp/x, y \\76 z/f>');
    assert.equal(descriptorPath(other?.args[0]), '/tmp/x, y > z');
    assert.equal(other?.path, '/tmp/x, y > z/f');
  });

  test('bytes in octal are UTF-8', () => {
    const [call] = parseTrace('7 unlink("\\303\\274\\n\\t\\\\") = 0');
    assert.equal(stringOf(call?.args[0]), 'ü\n\t\\');
  });

  test('an interrupted call is put together where it finished', () => {
    const calls = parseTrace(
      [
        '8 execve("/usr/bin/ls", ["ls", "-l"], 0x7f /* 3 vars */ <unfinished ...>',
        '9 unlink("y") = 0',
        '8 <... execve resumed>) = 0',
      ].join('\n'),
    );
    assert.deepEqual(
      calls.map(({ name }) => name),
      ['unlink', 'execve'],
    );
    assert.deepEqual(stringsOf(calls[1]?.args[1]), ['ls', '-l']);
  });

  test('a new process is known by the number of the tracer', () => {
    const [call] = parseTrace("11 clone(child_stack=NULL, flags=SIGCHLD) = 3 /* 12 in strace's PID NS */");
    assert.equal(call?.child, 12);
  });

  test('signals, ends and broken lines are passed over', () => {
    assert.deepEqual(
      parseTrace('8 --- SIGCHLD {si_signo=SIGCHLD} ---\n8 +++ exited with 0 +++\nnonsense\n8 unlink("y'),
      [],
    );
  });
});
