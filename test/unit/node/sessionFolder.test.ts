import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../../../src/core/gate/ledger';
import { createSessionFolder, type SessionFolder } from '../../../src/node/sessionFolder';
import { lockSession } from '../../../src/node/sessionLock';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

const id = (digit: string): string => digit.repeat(32);
const user = (text: string, at = 1) => JSON.stringify({ type: 'event', event: { type: 'user', text, at } });
const began = JSON.stringify({ type: 'event', event: { type: 'turn-start' } });
const boundary: LedgerEntry = { id: 'b', type: 'boundary', words: 'Do not push', until: 'session', at: 1 };

suite('the sessions of a workspace', () => {
  let bench: Workbench;
  let folder: SessionFolder;
  let failures: unknown[];
  const file = (name: string) => join(bench.root, 'ours', 'sessions', name);
  setup(() => {
    bench = createWorkbench();
    failures = [];
    folder = createSessionFolder(join(bench.root, 'ours'), (error) => failures.push(error));
  });
  teardown(() => bench.dispose());

  async function store(session: string, ...lines: readonly string[]): Promise<void> {
    for (const line of lines) await folder.transcript(session).append(line);
  }

  test('are listed by what was asked, the last one first; empty ones and other files are not', async () => {
    await store(id('a'), user('Fix the test'), began);
    await store(id('b'), user('Explain this'), user('And that'));
    await store(id('c'), began);
    writeFileSync(file('notes.jsonl'), `${user('not ours')}\n`);
    utimesSync(file(`${id('a')}.jsonl`), 1000, 1000);
    const list = await folder.list();
    assert.deepEqual(
      list.map(({ title, asked, interrupted, held }) => ({ title, asked, interrupted, held })),
      [
        { title: 'Explain this', asked: ['Explain this', 'And that'], interrupted: false, held: false },
        { title: 'Fix the test', asked: ['Fix the test'], interrupted: true, held: false },
      ],
    );
  });

  test('are summed up anew when they have changed, and the list outlives a broken or false memory of it', async () => {
    await store(id('a'), user('Fix the test'));
    await folder.list();
    await store(id('a'), user('More'));
    const again = () => createSessionFolder(join(bench.root, 'ours'), (error) => failures.push(error)).list();
    assert.deepEqual((await again())[0]?.asked, ['Fix the test', 'More']);
    for (const broken of ['{', '[]', 'null', '{"x":1}', JSON.stringify({ [id('a')]: null })]) {
      writeFileSync(file('summaries.json'), broken);
      assert.deepEqual((await again())[0]?.asked, ['Fix the test', 'More'], broken);
    }
  });

  test('may be spelled otherwise by somebody who edited them, be torn, or be no text at all', async () => {
    await store(id('a'), user('Fix the test'));
    writeFileSync(
      file(`${id('b')}.jsonl`),
      `{ "type": "event", "event": ${JSON.stringify({ type: 'user', text: 'By hand', at: 2 })} }\n{"type":`,
    );
    writeFileSync(file(`${id('c')}.jsonl`), Buffer.from([0xff, 0xfe, 0, 10, 0xc3, 10]));
    assert.deepEqual((await folder.list()).map(({ title }) => title).sort(), ['By hand', 'Fix the test']);
  });

  test('keep what was allowed and forbidden in each; what cannot be read is not taken for nothing', async () => {
    const places = folder.places(id('a'));
    assert.equal(places.ledger, undefined);
    places.saveLedger([boundary]);
    assert.deepEqual(folder.places(id('a')).ledger, [boundary]);
    assert.equal(folder.places(id('b')).ledger, undefined, 'another session has its own');
    for (const broken of ['', '{', '[{"type":"boundary"}]', '[null]']) {
      writeFileSync(file(`${id('a')}.ledger.json`), broken);
      assert.equal(folder.places(id('a')).ledger, undefined, broken);
    }
    assert.deepEqual(
      readdirSync(join(bench.root, 'ours', 'sessions')),
      [`${id('a')}.ledger.json`],
      'nothing is left over',
    );
  });

  test('say when a yes or no could not be stored, and go on', async () => {
    writeFileSync(join(bench.root, 'blocked'), '');
    const blocked = createSessionFolder(join(bench.root, 'blocked'), (error) => failures.push(error));
    blocked.places(id('a')).saveLedger([boundary]);
    assert.equal(failures.length, 1);
  });

  test('know which one was open last, and nothing that is no session', () => {
    assert.equal(folder.current(), undefined);
    folder.setCurrent(id('a'));
    assert.equal(folder.current(), id('a'));
    writeFileSync(file('current'), '../../elsewhere');
    assert.equal(folder.current(), undefined);
  });

  test('are deleted whole, the log of decisions excepted', async () => {
    await store(id('a'), user('Fix the test'));
    const places = folder.places(id('a'));
    places.saveLedger([boundary]);
    await places.undo?.append('{}');
    await places.audit.append('{}');
    await folder.remove(id('a'));
    assert.deepEqual(await folder.list(), []);
    assert.deepEqual(
      readdirSync(join(bench.root, 'ours', 'sessions')).filter((name) => name.startsWith(id('a'))),
      [`${id('a')}.audit.jsonl`],
    );
  });

  suite('open in one window at a time', () => {
    const path = () => join(bench.root, 'ours', 'sessions', 's.lock');

    test('a second one is refused until the first lets go', async () => {
      const first = await folder.lock(id('a'), () => {});
      assert.ok(first);
      await store(id('a'), user('Fix the test'));
      assert.equal((await folder.list())[0]?.held, true);
      assert.equal(await folder.lock(id('a'), () => {}), undefined);
      await first.release();
      assert.equal((await folder.list())[0]?.held, false);
      const second = await folder.lock(id('a'), () => {});
      await second?.release();
      assert.deepEqual(
        readdirSync(join(bench.root, 'ours', 'sessions')).filter((name) => name.includes('.lock')),
        [],
      );
    });

    test('of many that try at once, one gets it', async () => {
      for (const stale of [false, true]) {
        if (stale) {
          const { pid } = spawnSync(process.execPath, ['-e', '']);
          writeFileSync(path(), JSON.stringify({ pid, host: (await import('node:os')).hostname(), token: 't' }));
        }
        const locks = await Promise.all(Array.from({ length: 20 }, () => lockSession(path(), () => {})));
        const got = locks.filter((lock) => lock !== undefined);
        assert.equal(got.length, 1, stale ? 'over a stale one' : 'afresh');
        for (const lock of got) await lock.release();
      }
    });

    test('a window that was killed holds nothing; one that lives does, whatever else it does', async () => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      try {
        const { hostname } = await import('node:os');
        await lockSession(path(), () => {}).then((lock) => lock?.release());
        writeFileSync(path(), JSON.stringify({ pid: child.pid, host: hostname(), token: 't' }));
        assert.equal(await lockSession(path(), () => {}), undefined);
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await gone;
        const lock = await lockSession(path(), () => {});
        assert.ok(lock);
        await lock.release();
      } finally {
        child.kill('SIGKILL');
      }
    });

    test('a holder elsewhere or unreadable is believed for a minute', async () => {
      await lockSession(path(), () => {}).then((lock) => lock?.release());
      for (const holder of [JSON.stringify({ pid: 1, host: 'elsewhere', token: 't' }), 'garbage']) {
        writeFileSync(path(), holder);
        assert.equal(await lockSession(path(), () => {}), undefined, holder);
        const old = Date.now() / 1000 - 61;
        utimesSync(path(), old, old);
        const lock = await lockSession(path(), () => {});
        assert.ok(lock, holder);
        await lock.release();
      }
    });

    test('letting go of a lock that somebody has taken over leaves theirs', async () => {
      const first = await lockSession(path(), () => {});
      const theirs = JSON.stringify({ pid: process.pid, host: 'elsewhere', token: 'theirs' });
      writeFileSync(path(), theirs);
      await first?.release();
      assert.ok(existsSync(path()));
      assert.equal(readFileSync(path(), 'utf8'), theirs);
    });
  });
});
