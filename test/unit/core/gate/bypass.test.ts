import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const preamble = `
import type { Approved, Gate } from '../../src/core/gate/gate';
import type { ToolCall } from '../../src/core/tools/call';
import type { Tool, ToolContext } from '../../src/core/tools/tool';

type Shell = ToolCall<{ readonly command: string }>;
declare const tool: Tool<{ readonly command: string }>;
declare const gate: Gate;
declare const call: Shell;
declare const approved: Approved<Shell>;
declare const context: ToolContext;
declare const signal: AbortSignal;
`;

interface Snippet {
  readonly what: string;
  readonly code: string;
  /** Codes that the compiler's one error may have, or undefined when it must compile. */
  readonly error: readonly string[] | undefined;
}

const notAssignable = ['TS2345', 'TS2739', 'TS2740', 'TS2741'];
const snippets: readonly Snippet[] = [
  {
    what: 'the way through the gate compiles',
    code: `
export async function proper() {
  const review = await gate.review(call, signal, () => {});
  if (review.outcome !== 'approved' || !gate.redeem(review.approved)) return undefined;
  return tool.run(review.approved, context);
}`,
    error: undefined,
  },
  { what: 'a plain call does not compile', code: 'tool.run(call, context);', error: notAssignable },
  {
    what: 'an object that looks approved does not compile',
    code: `tool.run({ call, hash: '', realPath: undefined }, context);`,
    error: notAssignable,
  },
  {
    what: 'an approval made by hand does not compile',
    code: `import { Approved as Made } from '../../src/core/gate/gate'; new Made<Shell>();`,
    error: ['TS2673'],
  },
  {
    what: 'a subclass does not compile',
    code: `import { Approved as Made } from '../../src/core/gate/gate'; export class Forged extends Made<Shell> {}`,
    error: ['TS2675'],
  },
  { what: 'a copy does not compile', code: 'tool.run({ ...approved }, context);', error: notAssignable },
  {
    what: 'a copy with another call does not compile',
    code: `tool.run({ ...approved, call: { ...call, input: { command: 'rm -rf ~' } } }, context);`,
    error: notAssignable,
  },
  {
    what: 'a copy that Object.assign changes does not compile',
    code: 'tool.run(Object.assign({ call }, { hash: approved.hash, realPath: approved.realPath }), context);',
    error: notAssignable,
  },
  {
    what: 'a changed approval does not compile',
    code: 'approved.call = call;',
    error: ['TS2540'],
  },
  {
    what: 'a review still under way does not compile',
    code: 'tool.run(gate.review(call, signal, () => {}), context);',
    error: notAssignable,
  },
  {
    what: 'a review that nobody looked at does not compile',
    code: 'tool.run(await gate.review(call, signal, () => {}), context);',
    error: notAssignable,
  },
  {
    what: "a review's approval without asking for the outcome does not compile",
    code: 'tool.run((await gate.review(call, signal, () => {})).approved, context);',
    error: ['TS2339'],
  },
];

interface CompilerError {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

suite('going around the gate', () => {
  let project: string;
  let errors: readonly CompilerError[];

  suiteSetup(async function () {
    this.timeout(60_000);
    mkdirSync('out', { recursive: true });
    // Two levels below the root, where the snippets' imports expect to be.
    project = mkdtempSync(resolve('out', 'bypass-'));
    snippets.forEach(({ code }, index) => {
      writeFileSync(join(project, `${index}.ts`), preamble.trim().concat('\n', code.trim(), '\n'));
    });
    const options = { extends: '../../tsconfig.json', compilerOptions: { noUnusedLocals: false }, exclude: [] };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ ...options, include: ['*.ts'] }));
    errors = await compile(project);
  });
  suiteTeardown(() => rmSync(project, { recursive: true, force: true }));

  snippets.forEach(({ code, error, what }, index) => {
    test(what, () => {
      const own = errors.filter(({ file }) => file === `${index}.ts`);
      if (error === undefined) return assert.deepEqual(own, [], code);
      const firstLine = preamble.trim().split('\n').length + 1;
      assert.deepEqual(
        own.map(({ line }) => line),
        [firstLine],
        code,
      );
      assert.ok(error.includes(own[0]?.code ?? ''), `${own[0]?.code}: ${code}`);
    });
  });
});

/** The compiler's errors in the project's own files. */
async function compile(project: string): Promise<readonly CompilerError[]> {
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [compiler, '-p', project, '--pretty', 'false'], (_error, stdout, stderr) =>
      done(stdout + stderr),
    );
  });
  // Nothing at all, not even about the snippets that must fail, means that the compiler did not run.
  assert.match(output, /error TS/, output);
  return [...output.matchAll(/([^\\/\n]+)\((\d+),\d+\): error (TS\d+)/g)].map(([, file = '', line, code = '']) => ({
    ...{ file, code },
    line: Number(line),
  }));
}
