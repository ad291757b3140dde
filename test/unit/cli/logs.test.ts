import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLogs, verifyLogs } from '../../../src/cli/logs';
import { parseArguments } from '../../../src/cli/parseArguments';
import { runReplay } from '../../../src/cli/replay';
import { createAudit } from '../../../src/core/gate/audit';
import type { DecisionRecord } from '../../../src/core/gate/record';
import { nodeDigest } from '../../../src/node/nodeDigest';
import { createRotatingLines } from '../../../src/node/rotatingLines';

/** What was printed. */
function paper() {
  let text = '';
  return { write: (more: string) => (text += more), text: () => text };
}

suite('logs of decisions in the terminal', () => {
  let folder: string;
  let log: string;
  setup(async () => {
    folder = mkdtempSync(join(tmpdir(), 'logs-'));
    log = join(folder, 'a.audit.jsonl');
    const audit = createAudit({ store: createRotatingLines(log, 400), digest: nodeDigest, onFailure: assert.ifError });
    for (const command of ['ls', 'git push', '=cmd|"x"', 'npm test'])
      audit.append({
        ...{ version: 1, id: command, at: '2026-03-01T00:00:00.000Z', tool: 'Bash', title: `Bash: ${command}` },
        ...{
          input: { command },
          cwd: '/home/me/ws',
          mode: 'auto',
          decision: 'allow',
          outcome: 'allowed',
          step: 'analysis',
        },
        ...{ rule: 'looks', reason: command === 'git push' ? '=1+1' : 'it only looks', source: 'built-in' },
      } as unknown as DecisionRecord);
    await audit.flushed();
  });
  teardown(() => rmSync(folder, { recursive: true, force: true }));

  test('a log that is whole says so, one that was changed says where', async () => {
    const good = paper();
    assert.equal(await verifyLogs([log], good), 0);
    assert.match(good.text(), /whole, 4 decisions/);
    const part = join(folder, 'a.audit.1.jsonl');
    writeFileSync(part, readFileSync(part, 'utf8').replace('"command":"ls"', '"command":"la"'));
    const bad = paper();
    assert.equal(await verifyLogs([log], bad), 1);
    assert.match(bad.text(), /NOT WHOLE: line \d+ of 4/);
    await assert.rejects(verifyLogs([join(folder, 'none')], paper()), /does not exist; name a file/);
  });

  test('replay prints what other rules change', async () => {
    const rules = join(folder, 'rules.json');
    writeFileSync(rules, '{"permissions":{"deny":["Bash(npm test)"],"ask":["Bash(x y"]}}');
    const args = parseArguments(['auto-mode', 'replay', '--rules', rules, '--home', '/home/me', log]);
    assert.ok(args.type === 'replay');
    const [output, errors] = [paper(), paper()];
    assert.equal(await runReplay(args, output, errors), 0);
    assert.match(output.text(), /allow → deny {2}Bash: npm test\n {4}Bash\(npm test\): /);
    assert.match(
      output.text(),
      /4 calls, 4 of them decided otherwise/,
      'the rule that cannot be read asks about all of Bash',
    );
    assert.match(errors.text(), /cannot be read.*covers all of Bash/);
  });

  test('export gives lines, or a table in which nothing is a formula', async () => {
    const lines = paper();
    await exportLogs({ csv: false, logs: [log] }, lines, paper());
    assert.equal(lines.text().trim().split('\n').length, 4);
    const table = paper();
    await exportLogs({ csv: true, logs: [log] }, table, paper());
    const rows = table.text().split('\r\n');
    assert.equal(rows[0], 'at,mode,outcome,step,rule,tool,title,cwd,person,reason');
    assert.match(rows[2] ?? '', /,'=1\+1$/);
    assert.match(rows[3] ?? '', /"Bash: =cmd\|""x"""/);
  });

  test('what is wrong with the words is said', () => {
    for (const [words, expected] of [
      [['replay'], /no log/],
      [['replay', '--mode', 'free', log], /no mode/],
      [['replay', '--workspace', 'ws', log], /not an absolute path/],
      [['verify-log', '--rules', 'x', log], /--rules/],
      [['export', '--json', log], /--json/],
    ] as const) {
      const parsed = parseArguments(['auto-mode', ...words]);
      assert.ok(parsed.type === 'error');
      assert.match(parsed.message, expected);
    }
  });
});
