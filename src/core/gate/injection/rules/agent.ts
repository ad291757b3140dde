import { type OrderRule, order } from '../rule';
import { artificial, deed, kind, orderToAgent, start } from './vocabulary';

const reading =
  '(reading|processing|parsing|viewing|analyzing|analysing|seeing|scanning|summarizing|summarising|reviewing|ingesting|consuming|visiting|browsing|crawling|encountering|handling|looking at|read|reads|process|processes|see|sees|encounter|encounters|visit|visits)';

/** A deed with what it is done to, so that `agents should run in a sandbox` is not one. */
const deedToSomething = `(not )?(now |first |also |always |immediately |instead |then )?(run|execute|ignore|disregard|send|upload|exfiltrate|delete|download|fetch|curl|wget|visit|install|reveal|bypass|obey|forget|open|print|output|email|post|approve|merge|disable|follow|include|append|insert) (the following|this|these|all|any|every|your|previous|prior|their (previous|prior|system|safety|instructions)|curl|bash|sh|rm|sudo|npx|npm|git|https?)`;

const must =
  '(must|shall|should|need to|needs to|have to|has to|ought to|are to|is to|(are|is) (required|instructed|requested|obliged|obligated|ordered|directed|authorized|expected) to|will|please)';

/** Speaking to an agent as such. */
export const agent: readonly OrderRule[] = [
  order(
    'agent',
    'ai llm llms',
    `( ${kind})?( coding ${kind})?( (that|which|who|currently|now|is|are)){0,3} ${reading} (this|these|the (following|above|present|page|file|document|text|output|readme|repository|code))~6[ ,:\\n](you )?(${must}|${orderToAgent})`,
  ),
  order(
    'agent',
    'agent agents assistant assistants model models bot bots chatbot chatbots claude chatgpt gpt copilot gemini codex',
    `( (that|which|who|currently|now|is|are)){0,3} ${reading} (this|these)( (page|file|document|text|message|email|mail|issue|comment|readme|repository|repo|output|content|note|section|instructions?|website|site|article|ticket|log|line|lines|words|sentence|code|result|results)~3)? ${must}`,
  ),
  order(
    'agent',
    'ai llm llms',
    `( coding)? ${kind}~5 ${must} (${deedToSomething}|(now |first |immediately )(run|execute|send|ignore|delete|upload|install))`,
    {
      unless: '\\b(why|whether|when|if|that|how)\\b[^.]{0,50} ',
    },
  ),
  order(
    'agent',
    'claude chatgpt gpt copilot gemini codex',
    `( (code|cli|agents?|assistants?|models?))? (must|shall|is required to|is instructed to|has to) ${deedToSomething}`,
  ),
  order(
    'agent',
    'if',
    ` you( are|re| happen to be) (an?|the|some kind of|reading this (as|and (are|you are)) an?)( (helpful|automated|autonomous|coding|advanced|intelligent|digital|kind of|type of|generative|another)){0,2} (${artificial}|claude|chatgpt|gpt)( ${kind}| language model| model| coding ${kind}){0,2}(?=[,:."\\n]| (${reading}|working|then|you|please|must|tasked|operating|assisting|helping|ignore|disregard|run|execute|with|and|do|stop|or))`,
  ),
  order(
    'agent',
    'as',
    ` an?( (helpful|automated|autonomous|coding|responsible|advanced|digital))? (${artificial}|assistant|agent|model|language model)( ${kind}| language model| model){0,2} you (must|shall|are required|have to|are obliged|are obligated|are instructed|can now|may now|are now|are hereby|need to (run|execute|ignore|send|follow|read|first)|should (run|execute|ignore|send|disregard|first|now))`,
    { after: `${start}|,|\\b(and|so|because|now|remember|that) ` },
  ),
  order(
    'agent',
    'as',
    ` an?( (helpful|automated|autonomous|coding))? (${artificial}|assistant|agent|model|language model)( ${kind}| language model| model){0,2} ${reading} this( (file|page|text|message|document|note|comment|repository))?[,](please |now |first )?${orderToAgent}`,
    { after: `${start}|,|\\b(and|so|because|now|remember|that) ` },
  ),
  order(
    'agent',
    'when once after',
    ` you (have )?(read|seen?|processe?d?|encounter(ed)?|opened?) this( (file|page|text|message|document|note|comment))?[ ,](please )?(do not|dont|never) (tell|mention|inform|alert|reveal|report)`,
  ),
  order(
    'agent',
    'you',
    ` the( (ai|llm|coding|helpful))? (ai|assistant|agent|model|llm|language model|chatbot|claude) (must|should|shall|will|are (to|now|required|instructed)|have to|need to)`,
  ),
  order(
    'agent',
    'dear attention hey hello hi ok okay listen',
    `[ ,:]((any|all|every|the|my|to|up) )?((ai|llm|llms|language models?|chatbots?|chatgpt|copilot|gemini|codex|artificial intelligence|coding|assistants?|autonomous agents?))( ${kind})?[,:."\\n](?=[^.]{0,200}\\b(you|youre|your|please|must|${deed.slice(1, -1)})\\b)`,
  ),
  order(
    'agent',
    'attention dear',
    `( (to|any|all|every)){0,2}[ ,:](ai|llm|llms|language model|coding|autonomous|automated) (agents?|assistants?|models?|bots?)`,
  ),
  order(
    'agent',
    'note notes message instructions instruction notice directive directives memo warning reminder orders important',
    `( (for|to))( (the|any|all|every|you|future|other))?( (ai|llm|autonomous|automated|coding|helpful|reading))? ${artificial}( ${kind})?( (reading|processing|parsing|viewing|summarizing|summarising|reviewing|working|that|who|which|using)~5)?[:]`,
  ),
  order(
    'agent',
    'claude chatgpt gpt copilot gemini codex',
    `( (agent|assistant|code))?[,](i need you to |i want you to |we need you to )?${orderToAgent}`,
    { after: start },
  ),
  order(
    'agent',
    'ai llm assistant agent chatbot',
    `( (agents?|assistants?|model|models))?[,](i need you to |i want you to |you must |you should )?${orderToAgent} (the|this|that|these|those|all|any|every|an?|my|your|our|it|to|everything|https?|curl|with|only|tell|mention|ask)`,
    {
      after: start,
      unless:
        '\\b(the|an?|your|our|my|this|that|ai|user|coding|each|llm|any|every|with|of|and|or|by|for|custom|build|monitoring)[ \\n]',
    },
  ),
  order(
    'agent',
    'claude chatgpt gpt copilot gemini codex assistant agent ai llm',
    `( (agent|assistant|code|agents|assistants))?[,:. \\n](please |now |immediately )?(ignore|disregard|forget) (all|your|the|any|every|everything|previous|prior)~3 (instructions?|prompts?|rules|guidelines|above|before|directives|restrictions|warnings|told|safety~1|context)`,
    {
      unless:
        '\\b(make|makes|making|tell|tells|trick|tricks|cause|causes|get|gets|let|lets|does|do|why|how|that|if|when) <2>',
    },
  ),
  order(
    'agent',
    'claude chatgpt gpt copilot assistant agent ai llm',
    `( (agent|assistant|agents|assistants))?[:](you must|you should|you are (now|required|instructed)|please (run|execute|send|ignore|delete|read|open|fetch|upload|visit)|do not tell|stop what|your new)`,
    {
      after: start,
    },
  ),
  order(
    'agent',
    'message notice instruction instructions directive order command request',
    ` from( (your|the|our))? (anthropic|openai|your (developers?|creators?|administrator|operator|owner)|developers?|creators?|system administrator|operator|user|ai safety team)[:](?=[^.]{0,160}\\b(ignore|disregard|override|comply|obey|reveal|you are now|you must now|new instructions|safety|restrictions|assistant|agent|must (run|execute|send|delete)|please (delete|run|send|execute|upload|remove|ignore|forward|push|install))\\b)`,
  ),
  order(
    'agent',
    'system admin administrator anthropic openai developer',
    ` (message|notice|notification|alert|instruction|directive|command|note|update|prompt)([:]([^.]{0,100} )?|")(you (must|should|are (now|required|instructed|authorized|hereby)|will( now)?)( to)?( (now|immediately|first))? (${deed.slice(1, -1)})|ignore|disregard|the (ai|assistant|agent|model) (must|should|will|is)|all (ai|agents|assistants)|disable (all|confirmation|safety|the safety)|(run|execute) this (immediately|now|at once))`,
    {
      after: start,
    },
  ),
  order(
    'agent',
    'assistant ai llm',
    `( ${kind})? (must|shall|is required to|is instructed to|should( (now|immediately|first))) ${deedToSomething}`,
    {
      after: '\\b(the|this|any|every|our) (coding )?',
      unless: '\\b(why|whether|when|if|that|how)\\b[^.]{0,50} ',
    },
  ),
  order(
    'agent',
    'this i',
    ' (is|am) your (developer|creator|administrator|operator|maker|programmer|owner)s?( (speaking|here|and|from)|(?=[,.]))',
  ),
  order(
    'agent',
    'ai llm assistant agent agents assistants claude copilot chatgpt gpt gemini codex cursor',
    `(~4 (must|should|please|need to|needs to|have to|has to|shall)|[,:](please |now |also |always |you |must |should ){0,3}${deed})`,
    { counts: 'together' },
  ),
  order(
    'agent',
    'message note notice prompt instruction instructions text',
    ` (is|are)( (only|intended|meant|specifically))? (for|addressed to|directed at)( (the|any|all|every))? <2>(${artificial}|assistant|agents?)`,
  ),
  order(
    'agent',
    'instructions directives orders',
    ` (for|to)( (the|any|all))?( cursor)? (${artificial}|assistant)~2[:."\\n](?=[^.]{0,200}\\b(you (should|must|need|are|will)|ignore|disregard|run|execute|send|read|delete|do not)\\b)`,
    { after: start },
  ),
  order(
    'agent',
    'to',
    ' you[ ,](gpt( [0-9])?|chatgpt|claude|ai|gemini|copilot|llm|the (ai|assistant|agent|model))(?=[,:."\\n])',
  ),
  order(
    'agent',
    'claude chatgpt gpt copilot gemini codex',
    `( (code|agent|assistant))? (please|i need you to|you must|you should|can you please) (now |also |first )?${deed}`,
    { after: `${start}|\\b(hey|hi|hello|ok|okay|dear) ` },
  ),
  order(
    'agent',
    'claude chatgpt gpt copilot gemini codex assistant ai',
    `[,] ?(please |now |just |you must |you should |i need you to )?(run|execute|ignore|disregard|delete|exfiltrate|forget)`,
    { after: '\\b(hey|hi|hello|ok|okay|dear|attention|yo) ' },
  ),
  order(
    'agent',
    'claude chatgpt gpt copilot gemini codex cursor',
    `[:,] ?(if you are (analy[sz]ing|reviewing|summari[sz]ing|processing|scanning|reading|working on|editing|an?)|you (must|are required|should always))`,
    { after: start },
  ),
  order(
    'agent',
    'system',
    `[:](attention |notice |important |warning )?(you (must|are (now|required|authorized|instructed|hereby)|should now|will now|shall)|ignore|disregard|override|new (instructions?|directive)|the (ai|assistant|agent|model) (must|should|is (now|required|instructed|authorized)))`,
    { after: start },
  ),
  order(
    'agent',
    'when while',
    ` (summari[sz]ing|describing|asked about|asked to summari[sz]e|answering questions about|generating a summary of|you summari[sz]e) (this|the (above|following))( (page|document|article|text|file|email|website|product|repository|repo|content|site|paper|issue|message|code|conversation)){1,2}[ ,](you (must|should) )?(always|only|never|do not|dont|say|state|claim|include|mention|recommend|tell|insert|add|append|output|begin|end with|reply|respond)`,
  ),
  order(
    'agent',
    'if',
    ` you are (analy[sz]ing|reviewing|summari[sz]ing|processing|scanning|indexing) (this|the) (codebase|repository|repo|file|code|page|document|text|project)`,
    { counts: 'together' },
  ),
  order('role', 'you youre', `( (are|re))? an?~3 (ai|assistant|agent|llm|chatbot|language model)`, {
    counts: 'together',
  }),
  order(
    'agent',
    'ai llm llms claude copilot chatgpt gpt gemini codex',
    `( (code|coding))?( ${kind})?( reading (this|it))?([:,](you |please |now |also |always )*| )(must|should|please|need to|needs to|have to|has to|shall|will now|when|if|always|never|remember|${deed})`,
    { counts: 'unseen', after: `${start}|\\b(for|to|attention|hey|all|any|dear|note) ` },
  ),
  order(
    'agent',
    'ai assistant',
    `( (agent|assistant|model))?[:](please|kindly|you must|you should|you need to) ${deed}`,
    { after: start },
  ),
  order('agent', 'system hidden secret', ' (instructions?|directive|override|command)( for~4)?[:]', {
    counts: 'unseen',
    after: start,
  }),
  order(
    'agent',
    'for',
    ` (the |any |all )?(ai|llm|llms|automated|autonomous|coding|language model)( coding)? (agents?|assistants?|models?|tools?|reviewers?|crawlers?)( only)?[:"](?=[^.]{0,160}\\b(you|must|ignore|run|execute|send|always|never|do not|please|delete|disregard)\\b)`,
    { after: start },
  ),
  order(
    'agent',
    'ai llm',
    ` ${kind}[:](please |now |first |always |immediately )*(visit|execute|send|fetch|delete|upload|ignore|post|click|navigate to|obey|download|disregard|run|open|read|call) (the|this|these|all|any|every|your|https?|following|curl|npx|npm|git|bash|sudo)`,
    { after: start },
  ),
  order(
    'agent',
    'cursor',
    '[:,](please |always |now |you must )*(add|run|execute|insert|ignore|delete|send|write|include|append) (the|this|these|all|any|every|your|following)',
    { after: start },
  ),
  order(
    'agent',
    'if',
    ' you (can )?(read|see|are reading|are seeing) this( (text|message|line|sentence|comment|note))?[ ,](then |please |you must |immediately )*(reply|respond|output|include|say|tell the user|email|reveal|ignore|disregard)',
  ),
  order(
    'agent',
    'user human operator',
    ' (wants|asked|would like|needs|has asked|expects|instructed|told|requested)( you to|( (me|us) to tell you)) ',
    { counts: 'together' },
  ),
  order('agent', 'assistant ai llm', `( ${kind})? (must|should) (now|immediately|first) ${deed}`, {
    after: '\\b(the|this|any|every|all) (ai |coding )?',
    unless: '\\b(why|whether|when|if|that|how)\\b[^.]{0,50} ',
  }),
  order(
    'agent',
    'ai llm',
    ' (assistants?|agents?|models?) (please |you must |now )?(stop|ignore|disregard|do not|dont|forget|reveal) (the|this|these|all|any|your|what|everything|tell|mention|ask|previous)',
    { after: start },
  ),
];
