import { type OrderRule, order } from '../rule';
import { earlier, fill, instructions, person, rules, start } from './vocabulary';

const verbs = 'ignore disregard forget dismiss neglect unlearn overrule nullify disobey';

/** Sentences that speak about such orders, or forbid them. Said to `you`, the same words are an order. */
export const spokenAbout = [
  '\\b(not|dont|never|cannot|cant|wont|doesnt|didnt|shouldnt|mustnt|without|than) ((ever|blindly|simply|just|silently) )?',
  '(?<!\\byou (are|re|were|have been|will be|shall be) (now |hereby |also )?)\\b(asked|told|tricked|instructed|allowed|able|used|meant|likely|free) to ',
  '\\b(attempts?|tries|try|trying|tried|designed|failed|fails?|wants?|wanted|how|refuses?|decided?|chooses?|chose|ability|commands?|prompts?|instructions?|attempting|possible|going) to ',
  '\\b(tells?|telling|asks?|asking|instructs?|instructing|tricks?|tricking|convinces?|gets?|getting|causes?|causing|makes?|making|forces?|forcing|persuades?|manipulates?|directs?|leads?|allows?|enables?)( (a|an|the|your|our|its|any|my))?( (ai|llm|target|victim|language))?( (models?|llms?|ais?|agents?|assistants?|bots?|chatbot|system|it|them|claude|chatgpt|gpt|copilot))?( (in)?to)? ',
  '\\b(i|we|they|he|she|it|which|who|that|models?|llms?|attackers?|users?|compilers?|parsers?|tools?|programs?|implementations?|(?<!\\byou )(can|could|might|may|would)|optionally|to safely|safely) ',
].join('|');

/** Advice to a reader who is somewhere else: `If you use Homebrew, ignore the instructions above`. Whoever reads is meant by it. */
const conditional =
  '\\b(if|unless|otherwise|in that case|you can|you may|then|users|when|case)\\b(?![^.]{0,60}\\b(read|reads|reading|see|process|processing|parse|ai|llm|assistant|agent|model|encounter)\\b)[^.]{0,80} ';

/** Telling an agent that what it was told no longer holds. */
export const override: readonly OrderRule[] = [
  order(
    'override',
    verbs,
    `${fill} ${earlier}( (${earlier}|and|or|future|subsequent|the|safety|set|of)){0,4} ${instructions}`,
    {
      unless: `${spokenAbout}|${conditional}`,
    },
  ),
  // Readers of a manual are told to ignore `the` instructions; with nobody but an agent to mean by it, a condition is no excuse.
  order(
    'override',
    verbs,
    `( (all|any|every))? (previous|prior|preceding|earlier)( (and|or|system|user|safety|given|original)){0,3} ${instructions}`,
    { unless: spokenAbout },
  ),
  order(
    'override',
    verbs,
    `${fill} ${instructions}( (provided|given|written|stated|listed))? (above|before this|from before|so far|up to now|until now)(?! (if|when|unless|and (use|install|instead use|run|see)|for))`,
    {
      unless: `${spokenAbout}|${conditional}`,
    },
  ),
  order(
    'override',
    'set put cast throw leave',
    ` (aside|away|behind)( (all|any|of|every))* (your|all previous|previous)( (previous|prior|earlier|original|initial|existing|current|and))* ${instructions}`,
    { unless: spokenAbout },
  ),
  order(
    'override',
    'all any',
    ` (previous|prior|earlier|existing|former)( (instructions?|rules|orders|guidelines|directives|commands|restrictions|prompts?|and)){1,3} (are|is|were|have been|no longer)( (now|hereby|all|no longer|from now on))* (void|null|cancell?ed|revoked|rescinded|superseded|overridden|suspended|lifted|invalid|valid|binding|in force|in effect|apply|count|matter|hold)`,
    { unless: '\\b(if|when|unless|whether)\\b[^.]{0,60} ' },
  ),
  order(
    'override',
    `${verbs} override bypass`,
    ` (all|aii|any|every|each)( (of|the|these|those|my|your|other)){0,4} (previous|prior|preceding|earlier|foregoing|above|past|former|existing|original)( (and|or|future|system|safety|user|developer|other|given)){0,4} (${instructions}|${rules})`,
    { unless: spokenAbout },
  ),
  order(
    'override',
    `${verbs} override bypass`,
    ` all( (of|the|your|my|other)){0,3} (instructions?|directives|guardrails|guidelines|safety~2)`,
    {
      after: start,
      unless: spokenAbout,
    },
  ),
  order(
    'override',
    'ignore disregard forget override bypass violate abandon disobey break discard disable deactivate suspend circumvent remove drop',
    '( (all|any|every|of)){0,3} your( (own|previous|current|existing|built in|internal|original|initial|core)){0,3} (instructions?|guidelines|programming|directives|guardrails|safeguards|alignment|ethics|moral code|prompt|system (prompt|message|instructions)|training( data)?|(safety|ethical|content|moral|security|behavioral)( (and|or|safety|security|ethical))* (guidelines|protocols?|restrictions?|filters?|guardrails|constraints?|limits?|limitations?|rules?|policy|policies|measures|checks|training|programming|mechanisms|safeguards|instructions|features))',
    { unless: spokenAbout },
  ),
  order(
    'override',
    'override bypass ignore disregard forget break',
    ' your (safety|restrictions|limitations|ethics|constraints)',
    {
      unless: spokenAbout,
    },
  ),
  order(
    'override',
    'ignore disregard forget discard',
    `( (all|everything|anything|the|your|this|that|in|of)){0,4} (system|developer|hidden) (prompt|message|instructions?|prompts)`,
    {
      unless: `${spokenAbout}|${conditional}`,
    },
  ),
  order(
    'override',
    'override bypass replace',
    ` (the|your) system (prompt|message|instructions)( (and|with|now|by|to|completely))`,
    { counts: 'together' },
  ),
  order(
    'override',
    'ignore disregard forget',
    ' (everything|all|anything|whatever|what)( (that|of|which|it|else)){0,2} (you|i)( (were|have|had|ve|been|was)){0,3} (told|instructed|asked|taught|given|ordered|said|wrote|learned)( (you|to do|before|above|previously|earlier|so far|until now|by~3)){0,2}',
    { unless: spokenAbout },
  ),
  order(
    'override',
    'ignore disregard forget',
    ' (everything|all|anything)( (that|of|which|the)){0,2} (above( (and|instead|but|this)|[,.])|(said|written|stated|came|comes|discussed|mentioned|going|gone) (before|above|previously|earlier)|before this( (point|line|message|sentence|and)|[,.])|prior to this)',
    { unless: `${spokenAbout}|${conditional}` },
  ),
  order('override', 'forget', ' everything (you know|you ve learned|from before)(?=[,:."\\n]| (and|now))', {
    unless: spokenAbout,
  }),
  order(
    'override',
    'ignore disregard forget',
    '( all)?( of)? the (above|previous|preceding|foregoing|prior)( (text|directions|input|content|request|task|context|message|conversation|instructions?|prompt))?( and |[,])(instead|do|say|run|output|print|tell|reply|respond|send|execute|write|return|translate|reveal|follow|just|only|now|start|begin|act|give|show)',
    { unless: `${spokenAbout}|${conditional}` },
  ),
  order(
    'override',
    'pay give take',
    ` no (attention|heed|mind|notice) (to|of)${fill} ${earlier} (${instructions}|${rules})`,
  ),
  order(
    'override',
    'stop cease quit discontinue',
    ` (following|obeying|complying with|adhering to|listening to)${fill}( ${earlier})? (${instructions}|rules|orders|${person})`,
    { after: start },
  ),
  order(
    'override',
    'follow obey comply heed apply',
    `( (with|to))?${fill} (previous|prior|earlier|original|initial|system|your|users|user)( (system|own|original|users|user))? (instructions|directives|guidelines|prompts?|orders|requests?|rules)`,
    {
      after: '\\b(do not|dont|never|no longer|must not|should not|stop to) ',
      unless: '\\b(we|they|it|which|that|who|i|to) (do not|dont|never|must not|should not) ',
    },
  ),
  order(
    'override',
    'this these the following message',
    ` <3>(supersedes?|overrides?|replaces?|takes? precedence over|takes? priority over|outranks?|cancels?|voids?)( (all|any|every|of|the|your)){0,4} (previous|prior|earlier|system|existing|other|original)( (and|or|system|user|safety|developer)){0,3} (${instructions}|orders)`,
  ),
  order(
    'override',
    'all any your previous prior earlier',
    `( (of|the|your|previous|prior|earlier|above|original|system|existing)){0,4} (instructions?|directives|prompts?|guidelines)( (above|before this|given~2))? (are|is|were|have been|has been|become)( (now|hereby|all|no longer|from now on)){0,3} (void|null|cancell?ed|revoked|rescinded|superseded|overridden|suspended|lifted|invalid|valid|binding|in force|in effect)`,
    { unless: '\\b(if|when|unless|whether)\\b[^.]{0,60} ' },
  ),
  // `New instructions: AVX-512` belongs to a processor: there must be somebody who is told to do something.
  order(
    'override',
    'new real actual true secret hidden urgent corrected your',
    `( (system|developer|user|priority|high|new|real|actual|true|secret|hidden|updated)){0,3} (instructions?|directives?|system prompt|objective|mission)( (from|for|as of)~4| below| follow| now)?[:."\\n](?=[^.]{0,160}\\b(you|your|ignore|disregard|forget|reveal|exfiltrate|obey|comply|execute|run|send|delete|upload|assistant|agent|claude|do not|stop|bypass|disable|output)\\b)`,
    { after: start },
  ),
  order(
    'override',
    'additional updated revised important',
    `( (system|developer))? (instructions?|directives?)( (from|for)~4)?[:](?=[^.]{0,160}\\b(ignore|disregard|you are now|you must|reveal|exfiltrate|obey|comply|assistant|the user)\\b)`,
    { after: start },
  ),
  order(
    'override',
    'your',
    ' (new|real|actual|true|updated|secret)( (and|only|new|real|primary|main|sole|true)){0,2} (task|goal|objective|mission|instructions?|job|purpose|role|directives?|orders|priority)( (now|from now on))? (is|are)( now)? (to|as|now|not|the following)',
    { unless: '\\b(if|when|once|whether|what)\\b[^.]{0,40} ' },
  ),
  order(
    'override',
    'system admin administrator emergency priority security root developer',
    ' override(?= (activated|engaged|initiated|accepted|enabled|code|mode|in effect|authorized|sequence)|[^.]{0,3}[.:!,"\\n ][^.]{0,120}\\b(ignore|disregard|you|your|assistant|agent|execute|run|send|safety|instructions|delete|reveal)\\b)',
    { after: start },
  ),
  order(
    'override',
    verbs,
    `${fill} (${instructions}|rules|orders|directions|commands|restrictions)( that)? (you (were|have been|ve been|had|have|got|received)( (given|told|taught|received|previously|before))?|(were |have been )?given to you|(from|by|of) (your|the|anthropic|openai)( (original|system|initial))? (system|developers?|user|creators?|operator|owner|prompt|human)|before this|above (this|and)|prior to this)`,
    { unless: spokenAbout },
  ),
  order(
    'override',
    'ignore disregard forget',
    ' (what|whatever|everything|anything|all)( that)? (the|your) (users?|human|operator|developers?|owner|person)( (has|have|just|had|originally|previously))? (said|says|asked|asks|told|tells|wants|wanted|requested|wrote|instructed)',
    { unless: `${spokenAbout}|${conditional}` },
  ),
  order(
    'override',
    'discard drop abandon scrap',
    ' (all )?(of )?your (previous|prior|earlier|original|initial|existing|current) (directions|orders|commands|instructions|context|rules|goals?|tasks?|objectives?)',
    { unless: spokenAbout },
  ),
  order(
    'override',
    'ignore disregard bypass override circumvent forget',
    ` (all |any |every |the |these |those )?(other |existing |previous |current )?(agent|ai|llm|model|assistant|safety|ethical|content) <1>(protocols?|guidelines|rules|guardrails|restrictions|policy|policies|measures|constraints|safeguards|instructions|training|filters)`,
    { unless: spokenAbout },
  ),
  order(
    'override',
    'ignore disregard',
    ` (all |any |every )(other |existing |previous |current )?security <1>(protocols?|rules|restrictions|policies|measures|constraints|checks|controls|guidelines)`,
    { after: `${start}|\\b(and|then|must|should|please|now|you|about) |, ?`, unless: spokenAbout },
  ),
  order(
    'override',
    'previous prior earlier existing',
    ` (security|safety) (constraints|protocols|restrictions|rules|guidelines|instructions|checks)`,
    { after: '\\b(ignore|disregard|forget|bypass|override) (all |any |the |your )?' },
  ),
  order(
    'override',
    'ignore disregard',
    ' (any|all|the|every|further|other|subsequent) <1>(commands?|instructions?|orders|directives)( that are)? (given|sent|issued|made|coming|from|by)~2 (the|your) (user|human|operator|person)',
    { unless: spokenAbout },
  ),
  order('override', 'system', ' (prompt|message|instructions?) override(d|n)?(?=[:]| (activated|enabled))', {
    after: start,
  }),
  order('override', 'agent ai assistant', ' override[:]', { after: start }),
  order(
    'override',
    'instruction instructions directive directives',
    '~4 (supersedes?|overrides?|replaces?|takes? (precedence|priority) over|outranks?|outweighs?) (everything( else)?|any (other )?instructions?|all (other )?instructions?|(your|the) system (prompt|message)|(the|your) users?( (instructions|requests?|wishes))?|whatever the user)',
  ),
  order(
    'override',
    'obey follow listen do',
    '( (to|what))?~5[ ,](and )?(not|instead of|rather than) (to )?(what )?(the|your) (user|human|operator)',
    { unless: '\\b(not|dont|never|to|can|will|should we) ' },
  ),
  order('override', 'obey listen', '( to)? (the|your) (user|human|operator)', {
    after: '\\b(do not|dont|never|stop|must not|no longer) ',
    unless: '\\b(we|they|it|which|that|who|i|to|does) (do not|dont|never|must not|no longer) ',
  }),
  order(
    'override',
    'ignore disregard forget cancel abandon abort drop',
    ' (the users?|your (current|original|assigned|actual|main)|the (original|current|assigned|actual) users?)( (current|original|actual))? (task|request|question|query|assignment|job|goal|prompt|instructions)',
    { after: `${start}|,|\\b(please|now|must|should|then|and|you) ` },
  ),
  order(
    'override',
    'new',
    ' (user|system|human)( (provided|level))? (request|message|instructions?|prompt|input|turn)[:](?=[^.]{0,80}\\b(you|please|ignore|delete|send|run|execute|upload|reveal|write|stop|read|open|push)\\b)',
    { after: start },
  ),
  order(
    'override',
    'end',
    ' of( the)? (tool|function|untrusted|system|assistant|user|external|retrieved)( (tool|call|provided))? (output|results?|content|contents|data|prompt|message|input|turn|instructions|text|response)(?=[^a-z]{0,12}[^.]{0,60}\\b(you|the user|now|ignore|new|assistant|please|system)\\b)',
    { after: start },
  ),
  order(
    'override',
    'ai llm agent',
    ' (instructions?|directive|command|override|note)[:](?=[^.]{0,120}\\b(you|respond|reply|ignore|run|execute|send|delete|must|always|never|do not|include|print|reveal)\\b)',
    { after: start },
  ),
  order(
    'override',
    'override',
    '( the)? (previous|prior|earlier|original) (instructions|directives|system (prompt|instructions))',
    { after: start },
  ),
  order(
    'override',
    'ignore disregard forget skip',
    ' (the|your|this)~2 (task|request|question|instructions?|prompt)(?=[^a-z]{1,4}(and )?instead )',
    { unless: spokenAbout },
  ),
];
