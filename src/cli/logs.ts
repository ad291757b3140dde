import { existsSync } from 'node:fs';
import { verifyAudit } from '../core/gate/audit';
import { type Recorded, readRecord } from '../core/gate/replay';
import { nodeDigest } from '../node/nodeDigest';
import { createRotatingLines } from '../node/rotatingLines';
import { visible } from './check';

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

const columns = ['at', 'mode', 'outcome', 'step', 'rule', 'tool', 'title', 'cwd', 'person', 'reason'] as const;

/** Prints recorded decisions: as they are, or as a table for a spreadsheet (RFC 4180). */
export async function exportLogs(
  { csv, logs }: { readonly csv: boolean; readonly logs: readonly string[] },
  output: Output,
  errors: Output,
): Promise<number> {
  const records = await recordsOf(logs, errors);
  if (!csv) {
    for (const record of records) output.write(`${JSON.stringify(record)}\n`);
    return 0;
  }
  output.write(`${columns.join(',')}\r\n`);
  for (const record of records)
    output.write(
      `${columns.map((column) => cell((record as Partial<Record<string, unknown>>)[column])).join(',')}\r\n`,
    );
  return 0;
}

/** A spreadsheet runs what begins like a formula. */
function cell(value: unknown): string {
  const text = visible(value === undefined || value === null ? '' : String(value));
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
