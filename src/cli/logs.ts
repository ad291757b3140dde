import { existsSync } from 'node:fs';
import { verifyAudit } from '../core/gate/audit';
import { recordTable } from '../core/gate/recordTable';
import { type Recorded, readRecord } from '../core/gate/replay';
import { describeShadow, summarizeShadow } from '../core/gate/shadow';
import { english } from '../core/say';
import { nodeDigest } from '../node/nodeDigest';
import { createRotatingLines } from '../node/rotatingLines';

interface Output {
  write(text: string): unknown;
}

/** A log with the parts that were put aside beside it. Rejects when there is none. */
export async function linesOfLog(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) throw new Error(`${path} does not exist; name a file that ends in .audit.jsonl`);
  return createRotatingLines(path).read();
}

/** Records of logs in order; what is no record is named and left out. */
export async function recordsOf(logs: readonly string[], errors: Output): Promise<readonly Recorded[]> {
  const records: Recorded[] = [];
  for (const path of logs)
    for (const [at, line] of (await linesOfLog(path)).entries()) {
      const record = readRecord(line);
      if (record) records.push(record);
      else errors.write(`${path}: line ${at + 1} is no decision and is left out\n`);
    }
  return records;
}

/** Tells of each log whether every line follows from the one before it. @returns the exit status: 1 when one does not. */
export async function verifyLogs(logs: readonly string[], output: Output): Promise<number> {
  let whole = true;
  for (const path of logs) {
    const lines = await linesOfLog(path);
    const found = verifyAudit(lines, nodeDigest);
    whole &&= found.ok;
    output.write(
      found.ok
        ? `${path}: whole, ${lines.length} decisions\n`
        : `${path}: NOT WHOLE: line ${found.line} of ${lines.length} does not follow from the one before it; something was changed, left out or put in there\n`,
    );
  }
  return whole ? 0 : 1;
}

/** Prints recorded decisions: as they are, or as a table for a spreadsheet. */
export async function exportLogs(
  { csv, logs }: { readonly csv: boolean; readonly logs: readonly string[] },
  output: Output,
  errors: Output,
): Promise<number> {
  const records = await recordsOf(logs, errors);
  output.write(csv ? recordTable(records) : records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return 0;
}

/** Prints what Auto would have done with what was decided in Normal. */
export async function summarizeLogs(
  { logs }: { readonly logs: readonly string[] },
  output: Output,
  errors: Output,
): Promise<number> {
  const lines = describeShadow(summarizeShadow(await recordsOf(logs, errors)));
  output.write(`${lines.map(english).join('\n')}\n`);
  return 0;
}
