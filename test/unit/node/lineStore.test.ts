import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
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

  test('a torn last line is left out and never runs into the next one', async () => {
    await createLineStore(path).append('{"a":1}');
    appendFileSync(path, '{"torn":');
    const store = createLineStore(path);
    assert.deepEqual(await store.read(), ['{"a":1}']);
    await store.append('{"b":2}');
    assert.deepEqual(await store.read(), ['{"a":1}', '{"torn":', '{"b":2}']);
    assert.ok(readFileSync(path, 'utf8').endsWith('\n'));
  });
});
