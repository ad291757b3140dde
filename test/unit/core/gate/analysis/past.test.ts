import { strict as assert } from 'node:assert';
import { createPast } from '../../../../../src/core/gate/analysis/past';
import { bash, judge, place, virtual } from './analysisWorld';

suite('the past of a session', () => {
  test('holds what calls wrote, read and started', () => {
    const past = createPast();
    past.learn(judge('Write', { file_path: 'a.py', content: 'x = 1\n' }, virtual, place, past));
    past.learn(bash('cat .env', virtual, place));
    assert.equal(past.of('/home/me/ws/a.py')?.text, 'x = 1\n');
    assert.equal(past.secret, '/home/me/ws/.env');
  });

  test('counts what is lost until the user speaks', () => {
    const past = createPast();
    past.learn(bash('rm a.txt b.txt', virtual, place));
    assert.equal(past.lost, 2);
    past.userSpoke();
    assert.equal(past.lost, 0);
  });

  test('remembers bytes that somebody accepted', () => {
    const past = createPast();
    past.accept('abc');
    assert.deepEqual([past.accepted('abc'), past.accepted('abd')], [true, false]);
  });

  test('what runs in the background may write at any time, also after others have', () => {
    const past = createPast();
    const background = (command: string) => judge('Bash', { command, run_in_background: true }, virtual, place, past);
    past.learn(background('cat .env > a.sh'));
    past.learn(judge('Write', { file_path: 'a.sh', content: 'echo\n' }, virtual, place, past));
    const a = past.of('/home/me/ws/a.sh');
    assert.deepEqual([a?.state, a?.text, a?.unknown, a?.secret], ['changed', undefined, true, true]);
    past.learn(background('rm b.sh'));
    assert.equal(past.of('/home/me/ws/b.sh')?.state, 'changed', 'it may still stand there');
    assert.deepEqual(
      [...past.all()].map(([path, { unknown }]) => [path, unknown]),
      [
        ['/home/me/ws/a.sh', true],
        ['/home/me/ws/b.sh', true],
      ],
    );
  });

  test('lets go of texts, never of the fact that a file changed', () => {
    const past = createPast();
    for (let n = 0; n < 5_010; n += 1)
      past.learn(judge('Write', { file_path: `f${n}.py`, content: 'x = 1\n' }, virtual, place));
    const first = past.of('/home/me/ws/f0.py');
    assert.deepEqual([first?.text, first?.unknown, first?.state], [undefined, true, 'made']);
    assert.equal(past.of('/home/me/ws/f5009.py')?.text, 'x = 1\n');
  });
});
