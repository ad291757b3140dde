import type { Question } from '../core/gate/prompter';
import { effectLine, offerLabel } from '../core/gate/questionText';
import { visibleLine } from '../core/gate/visible';
import { type Said, say } from '../core/say';
import type { QuestionView } from '../webview/protocol';

/** A question of Normal's as its card shows it. The exact call stands on the card itself. */
export function questionView(question: Question, localize: (said: Said) => string): QuestionView {
  const { cwd, diff, effects, id, loss, offers, opinion } = question;
  return {
    id,
    reason: visibleLine(localize(opinion.reason)),
    rule: visibleLine(opinion.rule),
    cwd: visibleLine(cwd),
    effects: [...effects.map((effect) => effectLine(effect, localize)), ...(loss ? [localize(loss)] : [])],
    hasDiff: diff !== undefined,
    offers: offers.map((offer) => ({
      choice: offer.type,
      label: offerLabel(offer, localize),
      detail:
        offer.type === 'always'
          ? localize(say('Adds {0} to your user settings', visibleLine(offer.rule)))
          : offer.type === 'session'
            ? localize(say('Exactly this call, until you start a new session'))
            : undefined,
    })),
  };
}
