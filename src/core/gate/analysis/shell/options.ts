import { constantOf, type Field, mayBeOption } from './field';

/**
 * What an option of a program means to analysis. `flag` takes no value; `value` takes one that is only data; `optional` takes
 * one only when it is attached; `reads` and `looks` take a path; `names` takes a pattern of file names to go through; `writes`
 * takes a file that is made or replaced, `makes` a folder; `moves` a folder the program works in; `runs` a file that is run or
 * obeyed as configuration; `command` a text that a shell runs; `sends` data that leaves the machine, a file after `@`.
 */
export type OptionKind =
  | 'flag'
  | 'value'
  | 'optional'
  | 'reads'
  | 'looks'
  | 'names'
  | 'writes'
  | 'makes'
  | 'moves'
  | 'runs'
  | 'command'
  | 'sends';

/** Options of a program, kind by kind, each a list separated by blanks: `-n --lines`. */
export type OptionTable = Partial<Readonly<Record<OptionKind, string>>>;

export interface ReadOption {
  readonly name: string;
  readonly kind: OptionKind;
  readonly value: Field | undefined;
}

export interface ReadOptions {
  readonly options: readonly ReadOption[];
  readonly operands: readonly Field[];
  /** The first word that is not understood: an unknown option, one without its value, a word that may turn out an option. */
  readonly doubtful: Field | undefined;
}

export interface Reading {
  /** `-5` means a number of lines or the like. */
  readonly digits?: boolean;
  /** Long options may be written with one dash (`-name`). */
  readonly longWithOneDash?: boolean;
  /** A word of several letters after one dash is one option, never several. */
  readonly noClusters?: boolean;
  /** Everything from the first operand on is operand. */
  readonly stopAtOperand?: boolean;
}

const tables = new WeakMap<OptionTable, ReadonlyMap<string, OptionKind>>();

function tableOf(table: OptionTable): ReadonlyMap<string, OptionKind> {
  const known = tables.get(table);
  if (known) return known;
  const made = new Map<string, OptionKind>();
  for (const [kind, names] of Object.entries(table) as [OptionKind, string][])
    for (const name of names.split(/\s+/)) if (name !== '') made.set(name, kind);
  tables.set(table, made);
  return made;
}

/**
 * Reads arguments as `getopt_long` does (rule R10): clusters, attached values, `--option=value`, `--`. Abbreviations of long
 * options are not taken for known ones.
 */
export function readOptions(args: readonly Field[], table: OptionTable, reading: Reading = {}): ReadOptions {
  const known = tableOf(table);
  const options: ReadOption[] = [];
  const operands: Field[] = [];
  let doubtful: Field | undefined;
  let ended = false;
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    if (!field) break;
    const text = constantOf(field) ?? startOf(field);
    if (ended || !mayBeOption(field) || text === '-') {
      operands.push(field);
      if (reading.stopAtOperand) {
        operands.push(...args.slice(index + 1));
        break;
      }
      continue;
    }
    if (text === undefined) {
      // It may be an option, and if it is one, nobody knows which.
      doubtful ??= field;
      operands.push(field);
      continue;
    }
    if (text === '--' && constantOf(field) === '--') {
      ended = true;
      continue;
    }
    if (reading.digits && /^-\d+[a-z]*$/i.test(text) && constantOf(field) !== undefined) continue;
    const takeNext = (): Field | undefined => {
      // A value that looks like an option is left where it stands: should the option take none, it is one.
      const next = args[index + 1];
      if (!next || /^-[^\d]/.test(constantOf(next) ?? '')) return undefined;
      index += 1;
      return next;
    };
    const read =
      text.startsWith('--') ||
      (reading.noClusters && text.length > 2) ||
      (reading.longWithOneDash && known.has(text.split('=', 1)[0] ?? ''))
        ? readLong(field, text, known, takeNext)
        : readCluster(field, text, known, takeNext);
    if (read) options.push(...read);
    else doubtful ??= field;
  }
  return { options, operands, doubtful };
}

/** The known part of an option whose value is not known: `--file=$X`, `-n$X`. */
function startOf(field: Field): string | undefined {
  const [first] = field.pieces;
  return first?.type === 'text' && !field.many ? first.text : undefined;
}

function readLong(
  field: Field,
  text: string,
  known: ReadonlyMap<string, OptionKind>,
  takeNext: () => Field | undefined,
): readonly ReadOption[] | undefined {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const kind = known.get(name);
  if (!kind || (equals < 0 && constantOf(field) === undefined)) return undefined;
  if (kind === 'flag') return equals < 0 ? [{ name, kind, value: undefined }] : undefined;
  if (equals >= 0) return [{ name, kind, value: dropStart(field, equals + 1) }];
  if (kind === 'optional') return [{ name, kind, value: undefined }];
  const value = takeNext();
  return value && !value.many ? [{ name, kind, value }] : undefined;
}

function readCluster(
  field: Field,
  text: string,
  known: ReadonlyMap<string, OptionKind>,
  takeNext: () => Field | undefined,
): readonly ReadOption[] | undefined {
  const options: ReadOption[] = [];
  for (let at = 1; at < text.length; at += 1) {
    const name = `-${text[at]}`;
    const kind = known.get(name);
    if (!kind) return undefined;
    if (kind === 'flag') {
      options.push({ name, kind, value: undefined });
      continue;
    }
    const attached = at + 1 < text.length || constantOf(field) === undefined;
    if (attached) return [...options, { name, kind, value: dropStart(field, at + 1) }];
    if (kind === 'optional') return [...options, { name, kind, value: undefined }];
    const value = takeNext();
    return value && !value.many ? [...options, { name, kind, value }] : undefined;
  }
  // Flags with something unknown after them: what follows may be further options.
  return constantOf(field) === undefined ? undefined : options;
}

function dropStart(field: Field, count: number): Field {
  const [first, ...rest] = field.pieces;
  if (first?.type !== 'text') return field;
  return { ...field, pieces: [{ type: 'text', text: first.text.slice(count) }, ...rest] };
}

/** The entries of a table, one by one, and the table without each. */
export function tablesWithout(table: OptionTable): readonly { readonly entry: string; readonly table: OptionTable }[] {
  return (Object.entries(table) as [OptionKind, string][]).flatMap(([kind, names]) =>
    names
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((entry) => ({
        entry,
        table: {
          ...table,
          [kind]: names
            .split(/\s+/)
            .filter((name) => name !== entry)
            .join(' '),
        },
      })),
  );
}
