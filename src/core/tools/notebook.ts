import { applyEdits, type FormattingOptions, type JSONPath, modify, type ParseError, parse } from 'jsonc-parser';

/** One cell of a notebook, as far as it is read here. */
export interface Cell {
  /** Its own, or `cell-0`, `cell-1` … by its place where it has none. */
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly outputs: readonly unknown[];
}

export interface Notebook {
  /** Of the code, `''` when it does not say. */
  readonly language: string;
  readonly cells: readonly Cell[];
  /** The format gives new cells an id. */
  readonly hasIds: boolean;
}

/** @returns undefined when the text is no notebook of nbformat 4. */
export function readNotebook(text: string): Notebook | undefined {
  const errors: ParseError[] = [];
  const root = record(parse(text, errors, { disallowComments: true }));
  const cells = root['cells'];
  if (errors.length > 0 || !Array.isArray(cells)) return undefined;
  const metadata = record(root['metadata']);
  const language = record(metadata['language_info'])['name'] ?? record(metadata['kernelspec'])['language'];
  return {
    language: typeof language === 'string' ? language : '',
    hasIds: Number(root['nbformat']) > 4 || (Number(root['nbformat']) === 4 && Number(root['nbformat_minor']) >= 5),
    cells: cells.map((value, index) => {
      const { cell_type: type, id, outputs, source } = record(value);
      return {
        id: typeof id === 'string' && id !== '' ? id : `cell-${index}`,
        type: typeof type === 'string' ? type : 'unknown',
        source: joined(source),
        outputs: Array.isArray(outputs) ? outputs : [],
      };
    }),
  };
}

/** A notebook for a reader: each cell under its id, with what it printed. */
export function showNotebook({ cells, language }: Notebook): string {
  if (cells.length === 0) return '(a notebook without cells)';
  return cells
    .map(({ id, outputs, source, type }) => {
      const head = `--- cell ${id} (${type}${type === 'code' && language !== '' ? `, ${language}` : ''}) ---`;
      const printed = outputs.map(showOutput).filter((text) => text !== '');
      return [head, source, ...(printed.length > 0 ? ['--- output ---', ...printed] : [])].join('\n');
    })
    .join('\n\n');
}

function showOutput(value: unknown): string {
  const { data, ename, evalue, output_type: type, text, traceback } = record(value);
  if (type === 'stream') return plain(joined(text)).trimEnd();
  if (type === 'error')
    return Array.isArray(traceback) && traceback.length > 0
      ? plain(traceback.join('\n'))
      : `${String(ename)}: ${String(evalue)}`;
  const kinds = record(data);
  const said = kinds['text/plain'] ?? kinds['text/markdown'];
  const others = Object.keys(kinds).filter((kind) => !kind.startsWith('text/'));
  return [...(said === undefined ? [] : [plain(joined(said))]), ...others.map((kind) => `[${kind}]`)].join('\n');
}

export interface NotebookChange {
  readonly mode: 'replace' | 'insert' | 'delete';
  /** Of the cell; of the one before a new cell, which comes first without it. */
  readonly cellId: string | undefined;
  readonly source: string;
  readonly type: 'code' | 'markdown' | undefined;
}

/**
 * Changes one cell in the text of a notebook and leaves every other character as it is. What a changed code cell had printed is
 * taken out with it.
 * @param newId for a new cell. @returns what is wrong, for the model.
 */
export function editNotebook(
  text: string,
  { cellId, mode, source, type }: NotebookChange,
  newId: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string } {
  const notebook = readNotebook(text);
  if (!notebook)
    return { ok: false, problem: 'it is no notebook in JSON of nbformat 4. Read it as text and repair it with Edit' };
  const { cells } = notebook;
  const found = cells.flatMap((cell, index) => (cell.id === cellId ? [index] : []));
  const [at] = found;
  if (cellId !== undefined && at === undefined)
    return {
      ok: false,
      problem: `it has no cell ${JSON.stringify(cellId)}. Its cells are ${cells.map(({ id }) => id).join(', ') || 'none'}`,
    };
  if (found.length > 1)
    return {
      ok: false,
      problem: `${found.length} of its cells are called ${JSON.stringify(cellId)}. Give them ids of their own first`,
    };
  const formattingOptions = formatOf(text);
  const change = (body: string, path: JSONPath, value: unknown, insert = false): string =>
    applyEdits(
      body,
      modify(body, path, value, { ...(formattingOptions && { formattingOptions }), isArrayInsertion: insert }),
    );
  if (mode === 'insert') {
    const kind = type ?? 'code';
    const cell = {
      cell_type: kind,
      ...(kind === 'code' ? { execution_count: null } : {}),
      ...(notebook.hasIds ? { id: newId } : {}),
      metadata: {},
      ...(kind === 'code' ? { outputs: [] } : {}),
      source: lines(source),
    };
    return { ok: true, text: change(text, ['cells', at === undefined ? 0 : at + 1], cell, true) };
  }
  if (at === undefined) return { ok: false, problem: `cell_id is needed to ${mode} a cell` };
  if (mode === 'delete') return { ok: true, text: change(text, ['cells', at], undefined) };
  const asText = typeof record(parsedCell(text, at))['source'] === 'string';
  let body = change(text, ['cells', at, 'source'], asText ? source : lines(source));
  const kind = type ?? cells[at]?.type;
  if (type !== undefined && type !== cells[at]?.type) body = change(body, ['cells', at, 'cell_type'], type);
  if (kind === 'code') {
    if (!isEmptyList(record(parsedCell(body, at))['outputs'])) body = change(body, ['cells', at, 'outputs'], []);
    if (record(parsedCell(body, at))['execution_count'] !== null)
      body = change(body, ['cells', at, 'execution_count'], null);
  } else
    for (const key of ['outputs', 'execution_count'])
      if (key in record(parsedCell(body, at))) body = change(body, ['cells', at, key], undefined);
  return { ok: true, text: body };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function parsedCell(text: string, at: number): unknown {
  const cells = record(parse(text))['cells'];
  return Array.isArray(cells) ? cells[at] : undefined;
}

/** How the file is laid out; undefined for one that is a single line. */
function formatOf(text: string): FormattingOptions | undefined {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1];
  if (indent === undefined) return undefined;
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** A source as notebooks hold it: a list of lines, each but the last with its end. */
function lines(source: string): readonly string[] {
  return source === '' ? [] : source.split(/(?<=\n)/);
}

function joined(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join('') : typeof value === 'string' ? value : '';
}

/** Without the colours of a terminal. */
function plain(text: string): string {
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
