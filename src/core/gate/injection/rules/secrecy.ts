import { type OrderRule, order } from '../rule';
import { deed, person, start } from './vocabulary';

const never =
  '\\b(do not|dont|never|must not|mustnt|should not|shouldnt|shall not|may not|not to|avoid|refrain from|under no circumstances|no need to) ((ever|under any circumstances|also|please|directly|and do not|or) )?';
/** Somebody else's doing: `the app does not tell the user`. */
const theirs =
  '\\b(we|it|they|i|he|she|which|that|who|app|apps|tools?|program|command|browsers?|does|did|function|method|api|server|this|these|to|clients?|implementations?|apis|user agents?) (do not|dont|never|must not|should not|shouldnt|may not|shall not) ((ever|also) )?';

const end = '(?=[,:."\\n]|$)';
const theUser = `(the |your |my )?${person}`;

/** Telling an agent to keep something from the person it works for. */
export const secrecy: readonly OrderRule[] = [
  order(
    'secrecy',
    'tell inform alert telling informing',
    ` ${theUser}(${end}| (about|that you|what you|anything|of (this|these|your|what)|any of|or anyone|or anybody|or (ask|mention|reveal|stop|report|show)|why you|you (are|did|have|were|ran)|nothing|this))`,
    {
      after: never,
      unless: theirs,
    },
  ),
  order(
    'secrecy',
    'mention reveal disclose report say divulge admit mentioning revealing',
    `( (this|it|that|these|those|anything|any of (this|it)|them|your~2|(the|these|this|any) (instructions?|command|message|note|text|action|step|change|changes|request|section|comment|prompt|upload)s?)){1,2}~4 (to|with) (the |your |any )?(${person}|users)(?! (space|land|mode|code|agents?|names?|ids?|interface|input|data|level|facing|pages?))`,
    {
      after: never,
      unless: theirs,
    },
  ),
  order(
    'secrecy',
    'mention reveal disclose report show say divulge',
    ` (this|these|the|any)( (hidden|secret|above|system|following))? (instructions?|message|note|prompt|directive|request|comment)s?(${end}| (in your|to anyone|in the (summary|answer|response|reply|output|chat)|or))`,
    {
      after: never,
      unless: theirs,
    },
  ),
  order(
    'secrecy',
    'mention say report refer',
    `( to)?( (this|it|that|these|any of (this|it)|the (hidden |script |secret |following )?(command|commands|file|upload|change|changes|request|script|tag|link|instructions?)))~3 in (your|the) (summary|answers?|responses?|reply|replies|output|report|final~1|commit message|chat)`,
    { after: never, unless: theirs },
  ),
  order(
    'secrecy',
    'without',
    ` (ever )?(telling|informing|letting|the knowledge of|any word to|mentioning (it|this|that|anything) to|revealing (it|this|that|anything) to|disclosing (it|this|that|anything) to) (the |your )?${person}`,
    {
      after: `(${start}|\\b(and|then|must|should|please|now|you|just|to|but) )(silently |quietly |always |immediately |also |first )?${deed}[^.]{0,80} |\\b(do|done|this|silently|quietly) `,
      unless:
        '\\b(can|could|may|might|would|will|does|did|fails?|crash(es)?|which|who|apps?|malware|able|attempts?|tries|want|wants) [^.]{0,80}',
    },
  ),
  order(
    'secrecy',
    'without',
    ` (asking|notifying|alerting|prompting|consulting|warning|involving|confirmation from|approval (from|of)|(the )?(consent|permission|confirmation|approval) (of|from)) (the |your |a |any )?${person}`,
    {
      counts: 'together',
    },
  ),
  order(
    'secrecy',
    'without',
    ' (asking|confirmation|approval|permission|hesitation|question|waiting for (confirmation|approval))',
    { counts: 'together' },
  ),
  order(
    'secrecy',
    'keep keeping',
    ` (this|it|these|that|everything|all of this|these instructions|this message)~3 (secret|confidential|private|hidden|quiet|a secret|between us)( (from (the |your )?${person}|between us|and do not|at all~2))`,
    { unless: '\\b(to|must|we|should) ' },
  ),
  order(
    'secrecy',
    'hide conceal',
    ` (this|it|these|that|everything|any (trace|sign|evidence)|the (fact|evidence|changes?|output|command))~4 from (the |your )?${person}`,
    { counts: 'together' },
  ),
  order(
    'secrecy',
    'user human operator owner person',
    ' (must|should|shall) (not|never) (know|find out|be told|learn|suspect|be aware|be made aware|realize|realise|be informed|notice)',
    {
      after: '\\b(the|your) ',
      unless: '\\b(that|so|if|because|message|error|where|since|which)\\b[^.]{0,40} (the|your) ',
    },
  ),
  order('secrecy', 'ask', `( ${theUser})?( for| about)? (confirmation|permission|approval|questions|anything)`, {
    after: never,
    counts: 'together',
  }),
  order('secrecy', 'ask', ` ${theUser}`, { after: never, counts: 'together' }),
  order('secrecy', 'mention tell inform notify alert warn', ` (this|it|that|anyone|anybody|${theUser})`, {
    after: never,
    counts: 'together',
  }),
  order(
    'secrecy',
    'act continue respond behave proceed answer carry',
    '( on)? as (if|though) (nothing|this never|this did not|you (did not|never|had not))',
    { counts: 'together' },
  ),
  order('secrecy', 'secretly covertly surreptitiously', ` ${deed}`, {
    after: '^|[.:"\\n]|\\b(must|should|then|and|please|now|you) ',
    unless: '\\b(that|which|who|to|they|it)\\b[^.]{0,40} ',
  }),
  order('secrecy', 'silently quietly discreetly', ` ${deed}`, { counts: 'together' }),
  order(
    'secrecy',
    'user human operator',
    ' (must|should|shall|may) (not|never) (see|be shown|read) (this|these|the) (instructions?|message above|prompt above|text above|instructions? above)',
    { after: '\\b(the|your) |^|[.:"\\n]', unless: '\\b(that|so|if|because|where|since|which)\\b[^.]{0,40} ' },
  ),
  order(
    'secrecy',
    'without',
    ' (user|human|any|further|asking for|requiring|seeking|prior|additional|explicit)( (further|user|human|any|additional))? (confirmation|approval|permission|consent|authorization|verification|validation)',
    { counts: 'together' },
  ),
  order(
    'secrecy',
    'without',
    ` (asking|notifying|prompting|alerting|informing|consulting|waiting for|(user|human|further|any|the users?|their|his|her))( (the|your|any|further|for|from|a))* (${person}|users?|confirmation|approval|permission|consent)`,
    {
      after:
        '\\b(execute|run|perform|proceed with|carry out) (this|these|the following|all|every)( (shell|bash|terminal|following))?( (commands?|code|scripts?|actions?|steps?|instructions?))?( (immediately|now|at once|silently))? ',
      unless: '\\b(will|can|could|may|might|would|it|option|flag|mode)\\b[^.]{0,40} ',
    },
  ),
  order(
    'secrecy',
    'show display expose explain',
    `( (this|it|that|these|anything|any of (this|it)|the~1 (instructions?|command|message|step|changes?|request)))( to)? (the |your |any )?${person}`,
    { counts: 'together', after: never, unless: theirs },
  ),
  order(
    'secrecy',
    'let',
    ` ${theUser} (know|notice|find out|realize|realise|learn|suspect)( (that you|about (this|it|that|what you)|what you|of this|this|anything|you)|${end})`,
    { after: never, unless: theirs },
  ),
  order(
    'secrecy',
    'user human operator',
    ' (never|does not|doesnt|wont|will not|cannot) (finds? out|know about|knows about|learn of|learns of|notices?|realizes?|discovers?)',
    { after: '\\b(make sure|ensure|so|be sure|see to it)( that)? (the|your) ' },
  ),
  order(
    'secrecy',
    'hide conceal mask obscure',
    ` (this|these|your|the|any)( (last|above|following))? (change|changes|action|actions|step|steps|edit|edits|upload|activity|tracks|behaviou?r)( <2>)? from (the |your )?${person}`,
    { after: `${start}|,|\\b(please|now|must|should|then|and|you) ` },
  ),
  order(
    'secrecy',
    'leave omit exclude',
    ' (this|it|that|these|any mention of this|all of this|the (change|command|upload|step))~2 (out of|from) (your|the) (final |next )?(summary|report|answer|response|reply|explanation|commit message)',
  ),
  order(
    'secrecy',
    'when once after',
    ' you( (report|respond|reply|answer|are done|finish|summari[sz]e|get back))( (back|to the user|to them|the task)){0,2}[ ,](only |just |please )?(say|claim|state|pretend|tell the user|tell them|do not mention|never mention|omit|leave out)',
  ),
];
