import { homedir } from 'node:os';
import { join } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
import { recordTable } from '../core/gate/recordTable';
import type { Recorded } from '../core/gate/replay';
import { describeShadow, summarizeShadow } from '../core/gate/shadow';
import { localize } from './localize';

/** The decisions that were recorded for this workspace, the newest last. */
type Decisions = () => Promise<readonly Recorded[]>;

/** Opens a page that tells what Auto would have done with what was decided in Normal. */
export async function showShadow(
  decisions: Decisions,
  page: (name: string, markdown: string) => Promise<void>,
): Promise<void> {
  const lines = describeShadow(summarizeShadow(await decisions())).map(localize);
  await page(`${l10n.t('What Auto would have done')}.md`, `${lines.join('\n\n')}\n`);
}

/** Saves the recorded decisions where the person says: a line of JSON each, or a table for a spreadsheet. */
export async function exportDecisions(decisions: Decisions): Promise<void> {
  const records = await decisions();
  if (records.length === 0) {
    void window.showInformationMessage(l10n.t('Nothing has been decided in this workspace yet.'));
    return;
  }
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const file = await window.showSaveDialog({
    title: l10n.t('Export Decisions'),
    defaultUri: folder.with({ path: join(folder.path, 'decisions.csv') }),
    filters: { [l10n.t('Table for a spreadsheet')]: ['csv'], [l10n.t('Lines of JSON')]: ['jsonl'] },
  });
  if (!file) return;
  const text = file.path.endsWith('.csv')
    ? recordTable(records)
    : records.map((record) => `${JSON.stringify(record)}\n`).join('');
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const opening = l10n.t('Open');
  const said = l10n.t('{0} decisions were exported. Secrets that were recognised are masked.', records.length);
  if ((await window.showInformationMessage(said, opening)) === opening)
    await commands.executeCommand('vscode.open', file);
}
