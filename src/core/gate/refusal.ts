import { english } from '../say';
import { alternatives } from './alternatives';
import type { Analysis } from './analysis/analysis';
import type { Opinion } from './decision';

/** Why a call did not run, in the order of who decided. */
export type Refusal =
  | { readonly by: 'rule' }
  | { readonly by: 'block' }
  | { readonly by: 'person'; readonly why: string | undefined }
  | { readonly by: 'nobody' }
  | { readonly by: 'unstable' };

/**
 * The tool result of a refused call: which rule, why, what would be acceptable, and that the end may not be reached by a
 * detour. It is written for the model and quotes nothing that a file or a page could have written.
 */
export function refusalText(refusal: Refusal, opinion: Opinion, analysis: Analysis): string {
  if (opinion.step === 'outage' && refusal.by === 'nobody') return withoutVerdict(opinion);
  const reason = `${english(opinion.reason).replace(/\.$/, '')} (rule ${opinion.rule}, ${opinion.source})`;
  switch (refusal.by) {
    case 'rule':
      return `This call was not run: ${reason}. Nothing in this conversation can lift that. ${noDetour} Tell the person if the task cannot be done without it.`;
    case 'block':
      return `This call was blocked before it ran: ${reason}. ${alternative(opinion, analysis)} ${noDetour}`;
    case 'person': {
      const words = refusal.why ? ` They said: ${JSON.stringify(refusal.why)}` : '';
      return `The person was asked and said no, so this call was not run: ${reason}.${words} ${noDetour} Go on without it, or ask what they want instead.`;
    }
    case 'nobody':
      return `This call needs a person's approval and nobody can be asked here, so it was not run: ${reason}. ${alternative(opinion, analysis)} ${noDetour}`;
    case 'unstable':
      return 'This call was not run: files, settings or the permission mode kept changing while it was being reviewed. Look at the present state and try again.';
  }
}

/** An outage is no block: there is nothing wrong with the call, and nothing to go around. */
function withoutVerdict({ reason }: Opinion): string {
  return `This call was not run, because there is no verdict on it and nobody can be asked instead: ${english(reason).replace(/\.$/, '')}. That says nothing against the call. Do not look for another route to the same end meanwhile: go on with what needs no review, or try this very call again later.`;
}

const noDetour = 'Do not try to reach the same end by another route.';

function alternative(opinion: Opinion, analysis: Analysis): string {
  const ways = alternatives(opinion, analysis);
  return ways.length > 0
    ? `What would be acceptable: ${ways.join(' ')}`
    : 'Find a narrower way that does only what the task needs.';
}
