import { commands, env, l10n, Uri, window } from 'vscode';
import { assertNever } from '../core/assertNever';
import type { BlockedCall } from '../core/gate/allowBlocked';
import type { Question } from '../core/gate/prompter';
import type { Direction } from '../core/sessions/reversal';
import type { AgentAnswer } from '../core/tools/asker';
import type { Draft, FromPage, NoticeActionId } from '../webview/protocol';
import type { Activity } from './activity';
import { askWhy } from './askWhy';
import type { CardDesk } from './cardDesk';
import type { ChatItems } from './chatItems';
import type { showModal } from './dialogs';
import type { Documents } from './documents';
import { openLink } from './openLink';

interface PageMessagePorts {
  readonly activity: Activity;
  readonly desk: CardDesk;
  readonly documents: Documents;
  readonly show: typeof showModal;
  /** Of the session that is on the page now. */
  items(): ChatItems;
  saveDraft(draft: Draft): void;
  /** Lets the person change the rule that *Always* would save; undefined when they thought better of it. */
  editRule(question: Question, rule: string): Promise<string | undefined>;
  /** Lets the person allow a call that was blocked. */
  allowCall(call: BlockedCall): Promise<void>;
  /** What the person says to the agent's questions; undefined: they do not want to answer. */
  reply(callId: string, answers: readonly AgentAnswer[] | undefined): void;
  /** Ends what a call started in the background. */
  stopJob(job: string): Promise<void>;
  /** Takes back what a call changed, or does it again. */
  undoCall(callId: string, direction: Direction): Promise<void>;
  /** Goes back to before a message. @param n its number. */
  rewind(n: number): Promise<void>;
  send(text: string): Promise<void>;
  /** Takes a waiting message back. @param edit puts it into the box. */
  withdraw(id: string, edit: boolean): Promise<void>;
  sendWaiting(): Promise<void>;
  stop(): Promise<void>;
  retry(): Promise<void>;
  /** Goes on with a turn that was cut short. */
  goOn(): Promise<void>;
  newSession(): Promise<void>;
  startDemo(): Promise<void>;
  showLog(): void;
}

/** Does what the page asks for. The messages have the protocol's shape already; what they name may no longer exist. */
export function createPageMessages(ports: PageMessagePorts): (message: FromPage) => Promise<void> {
  const { activity, desk, documents } = ports;
  /** Questions whose rule is on the screen. */
  const editing = new Set<string>();

  async function act(action: NoticeActionId): Promise<void> {
    switch (action) {
      case 'set-api-key':
        await commands.executeCommand('gatehouse.setApiKey');
        return;
      case 'retry':
        return ports.retry();
      case 'go-on':
        return ports.goOn();
      case 'show-log':
        return ports.showLog();
      case 'new-session':
        return ports.newSession();
      case 'demo':
        return ports.startDemo();
      case 'ledger':
        await commands.executeCommand('gatehouse.showLedger');
        return;
      default:
        return assertNever(action);
    }
  }

  return async (message) => {
    switch (message.type) {
      case 'ready':
        return;
      case 'send':
        activity.typed();
        return ports.send(message.text);
      case 'withdraw':
        return ports.withdraw(message.id, message.edit);
      case 'send-waiting':
        return ports.sendWaiting();
      case 'stop':
        return ports.stop();
      case 'draft':
        activity.typed();
        return ports.saveDraft({ text: message.text, at: message.at });
      case 'pick-mode':
        await commands.executeCommand('gatehouse.selectPermissionMode');
        return;
      case 'answer': {
        const asked = desk.waiting.find(({ id }) => id === message.questionId);
        const offer = asked?.offers.find(({ type }) => type === 'always');
        if (message.choice !== 'always' || !asked || offer?.type !== 'always')
          return desk.answer(message.questionId, message.choice);
        if (editing.has(asked.id)) return;
        editing.add(asked.id);
        const rule = await ports.editRule(asked, offer.rule).finally(() => editing.delete(asked.id));
        // Thinking better of the rule leaves the question open.
        return rule === undefined ? undefined : desk.answer(message.questionId, 'always', { rule });
      }
      case 'deny-why': {
        const asked = desk.waiting.find(({ id }) => id === message.questionId);
        if (!asked || editing.has(asked.id)) return;
        editing.add(asked.id);
        const why = await askWhy(asked).finally(() => editing.delete(asked.id));
        // Thinking better of it leaves the question open.
        return why === undefined ? undefined : desk.answer(asked.id, 'deny', { why });
      }
      case 'show-diff': {
        const diff = ports.items().call(message.itemId)?.diff;
        if (diff) await documents.diff(diff.path, diff.before, diff.after);
        return;
      }
      case 'show-log': {
        const logPath = ports.items().call(message.itemId)?.logPath;
        if (logPath) await window.showTextDocument(Uri.file(logPath), { preview: false });
        return;
      }
      case 'allow-call': {
        const entry = ports.items().call(message.itemId);
        if (entry?.record) await ports.allowCall({ record: entry.record, exact: entry.exact });
        return;
      }
      case 'reply': {
        activity.typed();
        const entry = ports.items().call(message.itemId);
        if (entry) ports.reply(entry.callId, message.answers);
        return;
      }
      case 'stop-job': {
        const job = ports.items().call(message.itemId)?.job;
        return job === undefined ? undefined : ports.stopJob(job);
      }
      case 'undo-call': {
        const entry = ports.items().call(message.itemId);
        if (entry) await ports.undoCall(entry.callId, entry.item.undo === 'undone' ? 'redo' : 'undo');
        return;
      }
      case 'rewind': {
        const n = ports.items().message(message.itemId);
        return n === undefined ? undefined : ports.rewind(n);
      }
      case 'show-call': {
        const item = ports.items().call(message.itemId)?.item;
        if (item) await documents.open(l10n.t('{0} call', item.tool), item.exact);
        return;
      }
      case 'action':
        return act(message.action);
      case 'open-link':
        return openLink(message.url, ports.show);
      case 'copy':
        return env.clipboard.writeText(message.text);
      default:
        return assertNever(message);
    }
  };
}
