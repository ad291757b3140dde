import assert from 'node:assert/strict';
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { workspace } from 'vscode';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { outcomes, resetUser, seam, setUser, until, withAgent } from '../agentWorld';

/** The folders as the editor names them, and where the second one really is. */
const opened = (): readonly string[] => (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
const [one = '', two = ''] = opened();
const second = realpathSync(two);

suite('a workspace of several folders, one of them a symbolic link', function () {
  this.timeout(60_000);
  setup(resetUser);
  teardown(resetUser);

  async function auto(): Promise<void> {
    const { control } = await seam();
    await setUser('permissionMode', 'auto');
    await until('Auto is in force', () => control.inForce().mode === 'auto');
  }

  const bash = (command: string) => ['Bash', { command }] as const;
  const writes = (file: string) => ['Write', { file_path: file, content: 'x' }] as const;

  test('both folders are in bounds, by the name that is open and by the real one', async () => {
    assert.equal(basename(second), 'second');
    await auto();
    await withAgent([message(text('Hello.'))], async ({ host }) => {
      for (const folder of [one, two, second]) {
        assert.equal(host.seam.course(...writes(join(folder, 'src', 'new.js'))), 'allow', folder);
        assert.equal(host.seam.course(...bash(`cat ${join(folder, 'src', 'app.js')}`)), 'allow', folder);
        assert.equal(host.seam.course('Read', { file_path: join(folder, 'src', 'app.js') }), 'allow', folder);
      }
      const above = join(dirname(second), 'elsewhere.txt');
      for (const file of [above, join(two, '..', 'elsewhere.txt')]) {
        assert.notEqual(host.seam.course(...writes(file)), 'allow', file);
        assert.notEqual(host.seam.course(...bash(`echo x > ${file}`)), 'allow', file);
      }
      for (const folder of [one, two, second])
        assert.equal(host.seam.course(...bash(`rm -rf ${folder}`)), 'ask', `critical: ${folder}`);
      await setUser('permissions.deny', ['Edit(src/locked.js)']);
      for (const folder of [one, two, second])
        await until(`the rule holds in ${folder}`, () => {
          const file = join(folder, 'src', 'locked.js');
          return (
            host.seam.course(...writes(file)) === 'deny' && host.seam.course(...bash(`echo x > ${file}`)) === 'deny'
          );
        });
    });
  });

  test('ask and deny rules of the workspace file, of each folder, and of its .claude hold; nothing there allows', async () => {
    const { book, control } = await seam();
    assert.equal(control.inForce().mode, 'normal', 'neither the workspace file nor a folder chooses the mode');
    const proposed = book.proposal()?.rules.map(({ entry }) => entry) ?? [];
    assert.deepEqual([...proposed].sort(), ['Bash(claude-allow:*)', 'Bash(folder-allow:*)', 'Bash(whole-allow:*)']);
    await auto();
    await withAgent([message(text('Hello.'))], async ({ host }) => {
      assert.equal(host.seam.course(...bash('whole-deny now')), 'deny');
      assert.equal(host.seam.course(...bash('folder-deny now')), 'deny');
      assert.equal(host.seam.course(...bash('claude-ask now')), 'ask');
      for (const command of ['claude-allow now', 'folder-allow now', 'whole-allow now'])
        assert.equal(host.seam.course(...bash(command)), 'classifier', command);
    });
  });

  test('what was accepted holds for exactly these folders', async () => {
    const { book } = await seam();
    const proposal = book.proposal();
    assert.ok(proposal);
    await book.accept(proposal);
    await auto();
    await withAgent([message(text('Hello.'))], async ({ host }) => {
      assert.equal(host.seam.course(...bash('folder-allow now')), 'allow');
      assert.equal(host.seam.course(...bash('folder-deny now')), 'deny');
    });
    await book.withdraw();
    assert.ok(book.proposal());
  });

  test('a write through the link lands in the folder it leads to', async () => {
    await auto();
    const file = join(two, 'src', 'written.js');
    await withAgent(
      [message(toolUse('Write', { file_path: file, content: 'x' })), message(text('Done.'))],
      async (agent) => {
        await agent.host.send('write it');
        assert.deepEqual(outcomes(agent.host), ['allowed']);
        assert.ok(existsSync(join(second, 'src', 'written.js')));
      },
    );
  });

  test('a folder that the user added is in bounds, one that holds the home folder is not', async () => {
    await auto();
    const outside = dirname(second);
    await withAgent([message(text('Hello.'))], async ({ host }) => {
      const call = writes(join(outside, 'elsewhere.txt'));
      assert.notEqual(host.seam.course(...call), 'allow');
      await setUser('additionalFolders', [outside]);
      await until('the folder is in bounds', () => host.seam.course(...call) === 'allow');
      await setUser('additionalFolders', ['/']);
      await until('it is out of bounds', () => host.seam.course(...call) !== 'allow');
      assert.notEqual(host.seam.course(...writes('/etc/elsewhere')), 'allow');
    });
  });

  // Last: the editor may start its extensions anew.
  test('a folder that is taken out of the workspace is out of bounds at once', async () => {
    await auto();
    await withAgent([message(text('Hello.'))], async ({ host }) => {
      const call = writes(join(two, 'src', 'new.js'));
      assert.equal(host.seam.course(...call), 'allow');
      assert.ok(workspace.updateWorkspaceFolders(1, 1));
      await until('it is out of bounds', () => host.seam.course(...call) !== 'allow');
      assert.equal(host.seam.course(...writes(join(one, 'src', 'new.js'))), 'allow');
      assert.notEqual(host.seam.course(...bash('folder-deny now')), 'deny', 'its rules went with it');
    });
  });
});
