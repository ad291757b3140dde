import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { callId } from '../../../../src/core/ids';
import { factsOf, gateWorld, verdict } from '../../../fakes/gateWorld';
import { judge, place, virtual } from './analysis/analysisWorld';

interface Case {
  readonly tool?: string;
  readonly command?: string;
  readonly input?: unknown;
  readonly files?: unknown;
  readonly earlier?: unknown;
  readonly home?: unknown;
  readonly expect: string;
}

/** The classifier may raise and never lowers (rule R36): whatever it says, what is harmful or critical does not run. */
suite('a classifier that always says allow', () => {
  const rows = readdirSync('test/cases')
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(`test/cases/${name}`, 'utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as Case)
    .filter(({ earlier, expect, files, home }) => /^(?:block|critical)$/.test(expect) && !files && !earlier && !home);

  test('lets nothing run that analysis blocks or that is critical, alone or as one of several', async () => {
    assert.ok(rows.length > 80, String(rows.length));
    const judged: string[] = [];
    for (const row of rows) {
      const call = { id: callId('c'), tool: row.tool ?? 'Bash', input: row.input ?? { command: row.command } };
      const w = gateWorld(
        { verdict: verdict.allow, analysis: ({ input, tool }) => judge(tool, input, virtual, place) },
        true,
        factsOf(),
      );
      w.world.state = { ...w.world.state, place };
      w.gate.foresee([call, call], new AbortController().signal);
      const { outcome } = await w.review(call);
      if (outcome !== 'refused' || w.classified.length > 0) judged.push(JSON.stringify(call.input));
    }
    assert.deepEqual(judged, []);
  });
});
