import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  ConfigurationTarget,
  commands,
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  languages,
  Range,
  TextEdit,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { createEditorFiles } from '../../../src/extension/editorFiles';
import { nodeFiles } from '../../../src/node/nodeFiles';
import { fileText, folder, removeFile, writeFile } from '../agentWorld';

suite('files that are open in an editor', function () {
  this.timeout(30_000);
  const files = createEditorFiles(nodeFiles);
  let count = 0;
  /** One of its own for each test: an editor remembers what it has had open. */
  const name = () => `open-${count}.txt`;
  const path = () => join(folder(), name());
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const made: Disposable[] = [];
  async function open(text: string) {
    writeFile(name(), text);
    const document = await workspace.openTextDocument(path());
    await window.showTextDocument(document);
    return document;
  }
  setup(() => {
    count += 1;
  });
  teardown(async () => {
    for (const each of made.splice(0)) each.dispose();
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await commands.executeCommand('workbench.action.closeAllEditors');
    removeFile(name());
  });

  test('are changed through it and saved, and Ctrl+Z takes the change back', async () => {
    const document = await open('one\ntwo\nthree\n');
    const written = await files.write(path(), bytes('one\nTWO\nthree\n'), hash('one\ntwo\nthree\n'));
    assert.deepEqual(written, { ok: true, value: {} });
    assert.deepEqual([document.getText(), document.isDirty], ['one\nTWO\nthree\n', false]);
    assert.equal(fileText(name()), 'one\nTWO\nthree\n');
    await commands.executeCommand('undo');
    assert.equal(document.getText(), 'one\ntwo\nthree\n');
  });

  test('are left alone while they hold what is not saved', async () => {
    const document = await open('one\n');
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(0), 'mine ');
    await workspace.applyEdit(edit);
    const written = await files.write(path(), bytes('agent\n'), hash('one\n'));
    assert.ok(!written.ok && written.code === 'unsaved');
    assert.deepEqual([document.getText(), fileText(name())], ['mine one\n', 'one\n']);
  });

  test('are not changed when they are not what was read', async () => {
    const document = await open('one\n');
    const written = await files.write(path(), bytes('agent\n'), hash('another\n'));
    assert.ok(!written.ok && written.code === 'changed');
    assert.equal(document.getText(), 'one\n');
  });

  test('keep their line ends, mixed ones too, and a byte-order mark', async () => {
    for (const [before, after] of [
      ['one\r\ntwo\nthree\r\n', 'one\r\nTWO\nthree\r\n'],
      ['one\r\ntwo\r\n', 'one\r\nTWO\r\n'],
      ['\uFEFFone\n', '\uFEFFONE\n'],
    ] as const) {
      await open(before);
      const written = await files.write(path(), bytes(after), hash(before));
      assert.ok(written.ok && written.value.now === undefined);
      assert.equal(fileText(name()), after);
      await commands.executeCommand('workbench.action.closeAllEditors');
      count += 1;
    }
  });

  test('what a formatter makes of them on saving is told', async () => {
    made.push(
      languages.registerDocumentFormattingEditProvider(
        { pattern: '**/open-*.txt' },
        { provideDocumentFormattingEdits: () => [TextEdit.insert(document.positionAt(0), '// formatted\n')] },
      ),
    );
    const settings = workspace.getConfiguration('editor');
    await settings.update('formatOnSave', true, ConfigurationTarget.Global);
    const document = await open('one\n');
    // The settings reach the window that saves a moment after they are written.
    await new Promise((done) => setTimeout(done, 500));
    try {
      const written = await files.write(path(), bytes('two\n'), hash('one\n'));
      assert.ok(written.ok);
      assert.equal(Buffer.from(written.value.now ?? []).toString(), '// formatted\ntwo\n');
      assert.match(written.value.remark ?? '', /changed it further on saving/);
    } finally {
      await settings.update('formatOnSave', undefined, ConfigurationTarget.Global);
    }
  });

  test('new problems that a language sees in them are told, the old ones are not', async () => {
    const collection = languages.createDiagnosticCollection('test');
    made.push(collection);
    const uri = Uri.file(path());
    const problem = (line: number, message: string) =>
      new Diagnostic(new Range(line, 0, line, 1), message, DiagnosticSeverity.Error);
    await open('one\ntwo\n');
    collection.set(uri, [problem(0, 'an old one')]);
    made.push(
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === uri.toString())
          setTimeout(() => collection.set(uri, [problem(0, 'an old one'), problem(1, 'a new one')]), 100);
      }),
    );
    const written = await files.write(path(), bytes('one\nTWO\n'), hash('one\ntwo\n'));
    assert.ok(written.ok);
    assert.match(written.value.remark ?? '', /new problems in it:\n- line 2: a new one$/);
  });

  test('others are written to the disk', async () => {
    writeFile(name(), 'one\n');
    assert.deepEqual(await files.write(path(), bytes('two\n'), hash('one\n')), { ok: true, value: {} });
    assert.equal(fileText(name()), 'two\n');
  });
});
