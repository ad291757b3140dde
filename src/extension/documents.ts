import { basename } from 'node:path';
import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  TabInputText,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';

/** Texts that are opened read-only in an editor: whole calls, logs of this session, both sides of a change. */
export interface Documents extends Disposable {
  /** @param name shown on the tab; its ending chooses the language. */
  open(name: string, text: string): Promise<void>;
  /** Opens Markdown as a page. @param name ends in `.md`. */
  page(name: string, markdown: string): Promise<void>;
  diff(path: string, before: string, after: string): Promise<void>;
  /** Opens an earlier version beside the file itself. @param before undefined: it is no text. @param exists the file does now. */
  compare(path: string, before: string | undefined, exists: boolean): Promise<void>;
  /** Opens a text and resolves when the person wants to decide, closes it, or `signal` aborts. */
  review(title: string, text: string, signal: AbortSignal): Promise<void>;
}

const scheme = 'gatehouse-view';
/** Texts that are kept for tabs which are still open; the oldest go first. */
const keptTexts = 60;

export function createDocuments(): Documents {
  const texts = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  const registration = workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) =>
      texts.get(uri.toString()) ?? l10n.t('This text is no longer kept. Open it again from the chat.'),
  });
  let made = 0;

  function add(name: string, text: string): Uri {
    const uri = Uri.from({ scheme, path: `/${++made}/${name.replaceAll('/', '∕')}` });
    texts.set(uri.toString(), text);
    for (const oldest of texts.keys()) {
      if (texts.size <= keptTexts) break;
      texts.delete(oldest);
    }
    return uri;
  }

  async function show(uri: Uri): Promise<void> {
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { preview: false, viewColumn: ViewColumn.Active });
  }

  return {
    open: (name, text) => show(add(name, text)),
    page: async (name, markdown) => commands.executeCommand('markdown.showPreview', add(name, markdown)),
    async diff(path, before, after) {
      const name = basename(path);
      const title = l10n.t('{0} (before and after)', name);
      await commands.executeCommand('vscode.diff', add(name, before), add(name, after), title, { preview: true });
    },
    async compare(path, before, exists) {
      const name = basename(path);
      if (before === undefined) {
        await commands.executeCommand('vscode.open', Uri.file(path));
        return;
      }
      const now = exists ? Uri.file(path) : add(name, '');
      const title = l10n.t('{0} (before the agent and now)', name);
      await commands.executeCommand('vscode.diff', add(name, before), now, title, { preview: true });
    },
    async review(title, text, signal) {
      const uri = add(l10n.t('Call to review'), text);
      await show(uri);
      await new Promise<void>((resolve) => {
        const finish = (): void => {
          closed.dispose();
          resolve();
        };
        const closed = window.tabGroups.onDidChangeTabs(({ closed: tabs }) => {
          const isThis = tabs.some(
            ({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString(),
          );
          if (isThis) finish();
        });
        signal.addEventListener('abort', finish, { once: true });
        // Closing the notification asks as well: there is no way to leave the question open for ever.
        void window.showWarningMessage(title, l10n.t('Decide…')).then(finish, finish);
      });
    },
    dispose() {
      registration.dispose();
      changed.dispose();
      texts.clear();
    },
  };
}
