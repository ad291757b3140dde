import { randomBytes } from 'node:crypto';
import { commands, env, l10n, Uri, type WebviewView } from 'vscode';
import type { Logger } from '../core/ports';
import {
  type ChatItem,
  type ChatStatus,
  type Draft,
  type FromPage,
  fromPage,
  pageStrings,
  type ToPage,
} from '../webview/protocol';
import { chatHtml } from './chatHtml';
import type { Change } from './chatItems';

/** Everything the page starts from. */
interface ChatSnapshot {
  readonly items: readonly ChatItem[];
  readonly status: ChatStatus;
  readonly draft: Draft;
}

interface ChatViewOptions {
  readonly extensionUri: Uri;
  readonly logger: Logger;
  snapshot(): ChatSnapshot;
  receive(message: FromPage): void;
}

/** The chat view. It keeps no state: a page that comes (back) says `ready` and gets everything. */
export interface ChatView {
  readonly visible: boolean;
  resolve(view: WebviewView): void;
  /** Shows what changed; many changes in a row become one message for each item. */
  show(change: Change): void;
  status(): void;
  reset(): void;
  /** Names the session on the page beside the view's own name. */
  title(of: string | undefined): void;
  /** @param count questions that wait for the person; 0 takes the badge away. */
  /** Puts a text into the box, unless something stands in it; @param before then in front of that. */
  fill(text: string, before?: boolean): void;
  badge(count: number): void;
  /** Opens the view and puts the keyboard into its box. */
  focus(): Promise<void>;
  dispose(): void;
}

/** Items that change faster are sent together. Milliseconds. */
const gatherMs = 50;

export function createChatView({ extensionUri, logger, snapshot, receive }: ChatViewOptions): ChatView {
  let view: WebviewView | undefined;
  let waitingBadge = 0;
  let sessionTitle: string | undefined;
  const gathered = new Map<string, ChatItem>();
  let timer: NodeJS.Timeout | undefined;

  function post(message: ToPage): void {
    // A page that is hidden or still loading loses messages; it asks for everything when it comes.
    view?.webview.postMessage(message).then(undefined, (error) => logger.debug(`the page is gone: ${String(error)}`));
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const items = [...gathered.values()];
    gathered.clear();
    for (const item of items) post({ type: 'item', item });
  }

  function reset(): void {
    clearTimeout(timer);
    timer = undefined;
    gathered.clear();
    post({ type: 'reset', ...snapshot(), strings: localizedStrings() });
  }

  function showBadge(): void {
    if (!view) return;
    view.badge =
      waitingBadge > 0 ? { value: waitingBadge, tooltip: l10n.t('The agent waits for your answer') } : undefined;
  }

  function showTitle(): void {
    if (view) view.description = sessionTitle ?? '';
  }

  function heard(data: unknown): void {
    const message = fromPage.safeParse(data);
    if (!message.success) {
      logger.warn('the chat page sent a message that is not of the protocol; it was ignored');
      return;
    }
    if (message.data.type === 'ready') reset();
    else receive(message.data);
  }

  return {
    get visible() {
      return view?.visible ?? false;
    },
    resolve(next) {
      view = next;
      const { webview } = next;
      const local = (...path: string[]): Uri => Uri.joinPath(extensionUri, ...path);
      webview.options = {
        enableScripts: true,
        enableForms: false,
        enableCommandUris: false,
        localResourceRoots: [local('dist'), local('media')],
      };
      webview.onDidReceiveMessage(heard);
      next.onDidDispose(() => {
        if (view === next) view = undefined;
      });
      webview.html = chatHtml({
        cspSource: webview.cspSource,
        script: webview.asWebviewUri(local('dist', 'chat.js')).toString(),
        style: webview.asWebviewUri(local('media', 'chat.css')).toString(),
        nonce: randomBytes(16).toString('base64url'),
        language: env.language,
        title: l10n.t('Claude Code: Chat'),
      });
      showBadge();
      showTitle();
    },
    show({ changed, removed }) {
      if (removed) return reset();
      for (const item of changed) gathered.set(item.id, item);
      const urgent = changed.some((item) => item.type === 'call' && item.question !== undefined);
      if (urgent) flush();
      else timer ??= setTimeout(flush, gatherMs);
    },
    status() {
      flush();
      post({ type: 'status', status: snapshot().status });
    },
    reset,
    title(of) {
      sessionTitle = of;
      showTitle();
    },
    badge(count) {
      waitingBadge = count;
      showBadge();
    },
    fill: (text, before = false) => post({ type: 'fill', text, before }),
    async focus() {
      await commands.executeCommand('gatehouse.chat.focus');
      post({ type: 'focus' });
    },
    dispose() {
      clearTimeout(timer);
      view = undefined;
    },
  };
}

function localizedStrings(): Record<string, string> {
  return Object.fromEntries(Object.entries(pageStrings).map(([key, text]) => [key, l10n.t(text)]));
}
