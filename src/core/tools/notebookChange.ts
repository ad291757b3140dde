import type { NotebookChange } from './notebook';

/** What a call asks for; also for whoever reviews it. The input may be anything. */
export function notebookChange(input: Readonly<Record<string, unknown>>): NotebookChange {
  const { cell_id, cell_type, edit_mode, new_source } = input;
  return {
    mode: edit_mode === 'insert' || edit_mode === 'delete' ? edit_mode : 'replace',
    cellId: typeof cell_id === 'string' ? cell_id : undefined,
    source: typeof new_source === 'string' ? new_source : '',
    type: cell_type === 'code' || cell_type === 'markdown' ? cell_type : undefined,
  };
}
