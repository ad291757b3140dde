import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLineStore } from '../../../src/node/lineStore';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

suite('line store', () => {
  let bench: Workbench;
  let path: string;
  setup(() => {
    bench = createWorkbench();
    path = join(bench.root, 'private', 'log.jsonl');
  });
  teardown(() => bench.dispose());

  test('keeps the order of appends that are not waited for, in a private file', async () => {
    const store = createLineStore(path);
    await Promise.all(Array.from({ length: 50 }, (_, n) => store.append(String(n))));
    assert.deepEqual(
      await store.read(),
      Array.from({ length: 50 }, (_, n) => String(n)),
    );
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(join(bench.root, 'private')).mode & 0o777, 0o700);
  });

  test('an absent file is empty', async () => assert.deepEqual(await createLineStore(path).read(), []));

  test('a torn last line is left out, and is gone after the next append', async () => {
    await createLineStore(path).append('{"a":1}');
    appendFileSync(path, '{"torn":');
    const store = createLineStore(path);
    assert.deepEqual(await store.read(), ['{"a":1}']);
    await store.append('{"b":2}');
    assert.deepEqual(await store.read(), ['{"a":1}', '{"b":2}']);
    assert.equal(readFileSync(path, 'utf8'), '{"a":1}\n{"b":2}\n');
  });

  test('a torn line that is longer than what is read at once is cut off whole, also when it is the only one', async () => {
    for (const whole of ['', 'first\n']) {
      writeFileSync(join(bench.root, 'log'), `${whole}${'x'.repeat(200_000)}`);
      const store = createLineStore(join(bench.root, 'log'));
      await store.append('next');
      assert.equal(readFileSync(join(bench.root, 'log'), 'utf8'), `${whole}next\n`);
    }
  });

  test('a failed append is told, and the next one works', async () => {
    mkdirSync(path, { recursive: true });
    const store = createLineStore(path);
    await assert.rejects(store.append('lost'));
    rmdirSync(path);
    await store.append('kept');
    assert.deepEqual(await store.read(), ['kept']);
  });
});
