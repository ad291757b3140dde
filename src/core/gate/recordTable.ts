import type { Recorded } from './replay';
import { visibleLine } from './visible';

const columns = ['at', 'mode', 'outcome', 'step', 'rule', 'tool', 'title', 'cwd', 'person', 'reason'] as const;

/** Recorded decisions as a table for a spreadsheet (RFC 4180), a decision a row. */
export function recordTable(records: readonly Recorded[]): string {
  const rows = records.map((record) =>
    columns.map((column) => cell((record as Partial<Record<string, unknown>>)[column])),
  );
  return [columns, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

/** A spreadsheet runs what begins like a formula. */
function cell(value: unknown): string {
  const text = visibleLine(value === undefined || value === null ? '' : String(value));
  const inert = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
