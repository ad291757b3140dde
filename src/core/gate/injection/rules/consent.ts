import { type OrderRule, order } from '../rule';
import { start } from './vocabulary';

const agreed =
  '(approved|whitelisted|allowlisted|authorised|authorized|preapproved|preauthorized|agreed to|consented to|confirmed|granted|allowed|permitted|okayed|signed off on|given (you |their |full |explicit |its |his |her ){0,3}(permission|consent|approval|authorization|authorisation)( (for|to))?)';

const deedsOfAgent =
  '(actions?|commands?|operations?|calls?|tool calls?|execution|deletion|upload|transfer|installation|following|steps?|scripts?|use of|tools?|everything)';

/** `Check whether the user has approved this` asks; it does not claim. */
const asks =
  '\\b(if|when|whenever|once|after|until|unless|whether|assuming|assumes?|where|(?<!\\bnote )that|check|checks|verify|ensure|wait|only|as soon as|before|provided|in case|not|confirm|indicates?|means|skip|why|or|says|tools|which|every|list|records?)\\b[^.]{0,90} ';

/** Claiming that the person has agreed. Only the extension itself knows that. */
export const consent: readonly OrderRule[] = [
  order(
    'consent',
    'user human operator owner person administrator admin developer',
    `( (has|have|had|ve|already|explicitly|hereby))( (already|previously|explicitly|now|fully|also|pre|personally|just|hereby|verbally)){0,3} ${agreed}( (of|that))? (this|these|all|everything|any|every|you|your|running|executing|deleting|sending|in advance|(the|full|unrestricted|for)( (full|use|following|execution|deletion|requested|above|this|these|your))? (access|${deedsOfAgent}))(?! (app|application|client|scope|scopes|pr|mr|pull|merge|plan|design|order|article|document|request to|page|draft|proposal|site|device|privileges?|access|connection|cookies?|prompt|dialog|browser|same|at least|transaction|spending|token|contract))( (${deedsOfAgent}|in advance|and|so|to|of|[^ \\n",:.]{1,16}))?(?=[,:."\\n ]|$)`,
    {
      after: `(${start}|[, ])(\\b(note|yes|important|because|since|as|and|so|also|remember|p s) ){0,2}(that )?(the|your|this|my|our) |${start}`,
      unless: asks,
    },
  ),
  order(
    'consent',
    'this that these the all following',
    `( (following|above|next|below|requested))? ${deedsOfAgent}( (below|above|here|in this~2))? (has been|have been|was|were|is|are)( (already|pre|explicitly|fully|now|hereby|previously)){0,3} (approved|authorised|authorized|preapproved|preauthorized|confirmed|cleared|sanctioned|permitted)( (in advance|and~3|explicitly))?( for~2)? by( (the|your|our|an?|my))? (user|human|operator|owner|administrator|admin|security team|anthropic|openai|developers?|person|system administrator|it department)`,
    {
      unless: asks,
    },
  ),
  order(
    'consent',
    'you',
    ` (have|ve been granted|have been granted|have been given|are granted|now have|are hereby granted)( (the users?|user|full|explicit|my|prior|blanket|standing|express|complete|unrestricted|root|and|owners|unlimited)){1,4} (permission|authorization|authorisation|approval|consent|authority) (from the (user|owner|person)|(to|for) (run|running|execute|executing|delete|deleting|send|bypass|skip|proceed|access|act|push|merge|do|use|read|write|install|remove|this|everything|all|any))`,
    {
      unless: '\\b(if|unless|when|until|once|that|whether|ensure|sure|verify|check|do not|not)\\b[^.]{0,40} ',
    },
  ),
  order(
    'consent',
    'you',
    ` are( (now|hereby|already|fully|explicitly)){0,3} (authorized|authorised|cleared|pre authorized|preauthorized|permitted) to (run|execute|delete|send|bypass|ignore|skip|disable|upload|access (all|any|everything)|read (all|any)|do (anything|so)|proceed|use any)`,
    {
      unless: '\\b(if|unless|when|until|once|that|whether|ensure|sure|verify|check)\\b[^.]{0,40} ',
    },
  ),
  order(
    'consent',
    'i we',
    ' (hereby )?(pre )?(authorize|authorise|approve|grant|permit) (you|all|every|any|this)( (tool|command|commands|actions?|permissions?|future|full|calls?|requests?|unrestricted|operation|to (run|execute|delete|send|proceed|bypass))){1,3}',
    { after: start },
  ),
  order(
    'consent',
    'approve accept allow',
    ' (all|every|any)( (future|further|subsequent|pending|upcoming|following|next|remaining|permission|tool)){1,3} (calls?|prompts?|requests?|commands?|actions?|permissions?)',
    {
      after: `${start}|\\b(please|now|must|then) `,
      unless: '\\b(to|will|option|setting|flag|if|can)\\b[^.]{0,60} ',
    },
  ),
  order(
    'consent',
    'no',
    ' (further |additional |user |human |explicit |more )*(confirmation|approval|permission|authorization|consent|review) (is |from the user is |will be |from the user )?(needed|required|necessary)',
    { counts: 'together' },
  ),
  order(
    'consent',
    'user human operator owner',
    ' (has|have)( (already|previously|explicitly))? (approved|authorized|authorised|agreed|consented|confirmed|allowed|granted|given|said yes)',
    { counts: 'together' },
  ),
  order(
    'consent',
    'assistant ai',
    '( (agent|assistant|model))? (has been|is|was|have been)( (now|hereby|already)){0,2} (granted|given|authorized|authorised|cleared|permitted)~3 (permissions?|privileges|rights|to (run|execute|bypass|skip|write|delete|modify|proceed|push|do anything))',
    { after: '\\b(the|this|your|all) ', unless: '\\b(if|when|unless|until|whether|that|which)\\b[^.]{0,40} ' },
  ),
  order(
    'consent',
    'agent agents',
    ' (may|can|is allowed to|are allowed to|has permission to|is authorized to|are authorized to)( now)? (run|execute|bypass|skip|write|delete|modify|push)',
    { counts: 'unseen', after: '\\b(the|all|this|ai|coding) ' },
  ),
  order(
    'consent',
    'user human',
    ' (confirmed|approved|consented|agreed|authorized|authorised)[:](yes|ok|okay|go ahead|proceed|approved|all|delete|run)',
    { after: start },
  ),
];
