import type { ChatItem } from './protocol';
import type { Texts } from './texts';

/** Something a screen reader says. `assertive` interrupts. */
export interface Announcement {
  readonly text: string;
  readonly urgency: 'polite' | 'assertive';
}

/** A reply is announced by its beginning; the rest can be read in the conversation. Characters. */
const replyLength = 300;

/** What is worth saying when `before` (undefined: a new item) became `after`. Never called while a conversation is restored. */
export function announcementFor(before: ChatItem | undefined, after: ChatItem, t: Texts): Announcement | undefined {
  switch (after.type) {
    case 'user':
    case 'thinking':
      return undefined;
    case 'assistant': {
      const wasDone = before?.type === 'assistant' && !before.streaming;
      if (after.streaming || wasDone || after.text.trim() === '') return undefined;
      return { text: t('sayReply', beginning(after.text)), urgency: 'polite' };
    }
    case 'call': {
      const earlier = before?.type === 'call' ? before : undefined;
      if (after.question && after.question.id !== earlier?.question?.id) {
        return { text: t('sayQuestion', after.tool, after.title, after.question.reason), urgency: 'assertive' };
      }
      if (after.asks && after.asks.id !== earlier?.asks?.id)
        return {
          text: t('sayAsks', after.asks.questions.map(({ question }) => question).join(' ')),
          urgency: 'assertive',
        };
      const stopped = after.state === 'blocked' || after.state === 'denied';
      if (!stopped || after.state === earlier?.state) return undefined;
      const reason = after.decision?.label ?? '';
      return { text: t('sayBlocked', after.stateLabel, `${after.tool} ${after.title}`, reason), urgency: 'polite' };
    }
    case 'notice': {
      if (before || after.level === 'info') return undefined;
      const level = t(after.level === 'error' ? 'levelError' : 'levelWarning');
      return { text: t('sayNotice', level, after.text), urgency: 'polite' };
    }
  }
}

function beginning(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= replyLength ? line : `${line.slice(0, replyLength)}…`;
}
