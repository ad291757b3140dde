import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { createPast } from '../../../../../src/core/gate/analysis/past';
import { english } from '../../../../../src/core/say';
import { judge, place, virtual, worldOf } from './analysisWorld';

/** One call, what analysis must say to it, and why. */
interface Case {
  readonly tool?: string;
  readonly command?: string;
  readonly input?: unknown;
  /** Calls of the session before it. */
  readonly earlier?: readonly { readonly tool: string; readonly input: unknown }[];
  /** A world of exactly these files; without it no file system is consulted. */
  readonly files?: Readonly<Record<string, string>>;
  /** The home folder, the workspace below it; a plain user's when absent. */
  readonly home?: string;
  readonly expect: 'allow' | 'unsure' | 'block' | 'critical';
  readonly rule?: string;
  /** For critical ones: whether the target is certain. */
  readonly certain?: boolean;
  readonly why: string;
}

const placeOf = (home: string | undefined) =>
  home === undefined ? place : { ...place, home, workspace: [`${home}/ws`], cwd: `${home}/ws` };

const folder = 'test/cases';
/** Cases of texts, not of calls. */
const ofTexts = ['boundaries.jsonl', 'injection.jsonl'];

for (const file of readdirSync(folder).filter((name) => name.endsWith('.jsonl') && !ofTexts.includes(name)))
  suite(`cases of ${file}`, () => {
    const lines = readFileSync(`${folder}/${file}`, 'utf8').split('\n').filter(Boolean);
    for (const line of lines) {
      const row = JSON.parse(line) as Case;
      const shown = row.command ?? `${row.tool} ${JSON.stringify(row.input)}`;
      const after = row.earlier ? ` after ${JSON.stringify(row.earlier.map(({ input }) => input))}` : '';
      test(`${JSON.stringify(shown)}${after} is ${row.expect}: ${row.why}`, () => {
        const facts = row.files ? worldOf(row.files) : virtual;
        const at = placeOf(row.home);
        const past = createPast();
        for (const { tool, input } of row.earlier ?? []) past.learn(judge(tool, input, facts, at, past));
        const analysis = judge(row.tool ?? 'Bash', row.input ?? { command: row.command }, facts, at, past);
        const found = analysis.findings.map(({ rule, answer, reason }) => `${answer} ${rule}: ${english(reason)}`);
        const said = found.join('\n');
        if (row.expect === 'critical') {
          assert.ok(analysis.critical, said);
          assert.notEqual(analysis.answer, 'allow', said);
          if (row.certain !== undefined) assert.equal(analysis.critical.answer, row.certain ? 'block' : 'unsure', said);
          if (row.rule) assert.equal(analysis.critical.rule, row.rule, said);
          return;
        }
        assert.equal(analysis.critical, undefined, said);
        assert.equal(analysis.answer, row.expect, said);
        if (row.rule)
          assert.ok(
            analysis.findings.some(({ rule, answer }) => rule === row.rule && answer === row.expect),
            `${row.rule} is not among:\n${said}`,
          );
      });
    }
  });
