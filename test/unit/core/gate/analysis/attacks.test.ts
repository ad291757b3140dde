import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { judge, virtual } from './analysisWorld';

/** What was tried against the gate by hand; each row says why it must not be allowed. */
interface Attack {
  readonly command: string;
  readonly home: string;
  readonly expect: 'not-allow' | 'block';
  readonly why: string;
}

const rows = readFileSync('test/cases/attacks.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Attack);

suite('attacks found by hand', () => {
  for (const { command, home, expect, why } of rows) {
    test(`${JSON.stringify(command)}: ${why}`, () => {
      const place = { workspace: [`${home}/ws`], cwd: `${home}/ws`, home, scratch: undefined, ours: [], user: 'dev' };
      const { answer, critical, findings } = judge('Bash', { command }, virtual, place);
      assert.notEqual(answer, 'allow', JSON.stringify(findings));
      if (expect === 'block') assert.ok(answer === 'block' || critical !== undefined, answer);
    });
  }
});
