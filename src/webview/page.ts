import type { FromPage } from './protocol';
import type { QuestionDesk } from './questionDesk';
import type { Texts } from './texts';

/** What every part of the page needs. */
export interface Page {
  readonly t: Texts;
  readonly post: (message: FromPage) => void;
  readonly questions: QuestionDesk;
}
