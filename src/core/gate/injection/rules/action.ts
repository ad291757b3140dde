import { type OrderRule, order } from '../rule';
import { orderToAgent, start } from './vocabulary';

const run =
  '(run|execute|open|send|visit|fetch|curl|download|call|read|cat|invoke|use|post|upload|install|delete|copy|include|pass)';
const secrets =
  '(env|environment variables?|ssh( (key|keys|folder|directory|config))?|id rsa|id ed25519|private keys?|secrets?|credentials?|api keys?|access tokens?|auth tokens?|passwords?|etc passwd|etc shadow|aws credentials?|kube config|wallet|cookies|system prompt|conversation( history)?|chat history|chat log|session history|bash history|mcp json|netrc|npmrc)';
const address =
  '(https?|ftp|wss?|this (url|address|endpoint|server|email|webhook)|the (following|attacker)~1( (url|address|endpoint|server|email|webhook))|webhook|attacker|evil|collector|[^ \\n",:.]{1,30} (com|org|net|io|example|xyz|ru|cn|dev|sh|site|app|me))';

/** Orders that only an agent with tools could carry out, or that take things out. */
export const action: readonly OrderRule[] = [
  order(
    'action',
    'before',
    ` (you )?(do|doing|start|starting|continue|continuing|proceed|proceeding|answer|answering|respond|responding|take|taking|try|trying)( (to|with|on))?( (anything|any|everything|something|other|another|any other|your|the|all))?( (else|task|action|actions|other~1|work|request|step))?[, :](you (must|should|need to|have to|are required to) )?(always |first |please |immediately )?${run}`,
    {
      after:
        '\\b(important|urgent|attention|critical|warning|stop|notice|mandatory|required|priority)[^.]{0,4}[.:, "\\n]{1,2}(you must |always |please )?',
    },
  ),
  order(
    'action',
    'before',
    ` (you )?(answering|responding|replying|completing (your|the|this) (task|request)|continuing (with )?(your|the) task|using any( other)? tools?|using (this|the|any) tool|calling (this|the|any)~1 tools?|calling any~1|summari[sz]ing (this|the)~1|answer|respond|reply|use any( other)? tools?|fulfilling (the|this) request)~4 (you (must|should|need to|have to|are required to) )?(always |first |please |immediately |make sure (to |you ))?${run}`,
    {
      unless:
        '\\b(wait|time|seconds|delay|timeout|cached?|headers?|server|servers|client|clients|handler|middleware)\\b[^.]{0,60} ',
    },
  ),
  order(
    'action',
    'send post upload exfiltrate transmit forward email mail leak copy push deliver submit report curl pipe put',
    `~6 (contents? of|everything in|(full|entire|complete) (output|text|source) of|all( (of|the|your|my|available|user|local)){0,3})~9 (to|via|at|through|into)~2 ${address}`,
    {
      unless:
        '\\b(will|would|can|could|may|might|we|it|they|that|which|who|does|not|never|dont|to|i|malware|script|package|attacker|code)~1 ',
    },
  ),
  order(
    'action',
    'send post upload exfiltrate transmit forward email mail leak copy push deliver submit curl',
    `~5 (your|the|all|any|users?|every|their|my|from)~3 ${secrets}~6 (to|via|at)~2 ${address}`,
    {
      after: `${start}|[,]|\\b(please|now|must|should|then|and|also|to|you|first|immediately|just|next) `,
      unless:
        '\\b(will|would|can|could|may|might|we|it|they|which|who|does|not|never|dont|malware|script|package|attacker|code|attempts?|tries|used|attempting|able|want|how|needs?|is)\\b[^.]{0,40} ',
    },
  ),
  order(
    'action',
    'reveal print output repeat show display leak dump share recite disclose tell give expose write',
    '( (me|us|back|out|verbatim|with me)){0,2}( (all|the|of|full|entire|exact|complete|content|contents|text|verbatim|me)){0,5} your( (full|entire|complete|own|exact|original|initial|hidden|secret|internal)){0,3} (system (prompt|message|instructions)|(initial|original|hidden|secret|internal|previous)( (system))? (instructions?|prompt|rules|message)|initial prompt|prompt|instructions)',
    {
      unless:
        '\\b(not|dont|never|cannot|wont|attempts?|how|want|wants|able|refuses?|follow|can|will|could|may|might|we|they|it)( to)? ',
    },
  ),
  order(
    'action',
    'use call invoke using',
    ' your( (own|available|built in|internal))? (bash|shell|terminal|webfetch|web fetch|file writing|write|code execution|command|run command|command execution|computer|mcp|email|messaging|file system|filesystem)~1 (tools?|functions?|access|abilities|capabilit(y|ies))( (to|and|with|for|in order to|now))',
    {
      unless: '\\b(can|could|we|they|not|never|dont) ',
    },
  ),
  order(
    'action',
    'stop halt pause drop abort abandon quit',
    ` (what you are|what youre|whatever you are|everything you are|your current|the current|all other|all current|working on)( (doing|task|tasks|work|the|this|your)){0,2}( (immediately|now|right now|at once))?( and |[,.]| then )${orderToAgent} (?!(upgrade|update|go|watch|listen|check|look))`,
    {
      after: `${start}|[, ]`,
    },
  ),
  order(
    'action',
    'in',
    ` your( (final|next|first))? (answer|response|summary|reply|report|message)( to the (user|human))? (you (must|should) |please |always )?(do not (mention|include|say|tell|reveal)|dont (mention|say)|claim|pretend|say that|state that|tell (the user|them)|recommend|only say)`,
  ),
  order(
    'action',
    'this',
    ' (is|text is|message is|page is|request is) not( an?)? (prompt injection|injection attack|injection attempt|jailbreak|injection)',
  ),
  order(
    'action',
    'save store write add remember record persist',
    '~5 (in|to|into) your( (long term|persistent|permanent|own))? (memory|memories|system prompt|instructions)( (so|and|for|that|permanently|file|[,.]))',
    { unless: '\\b(to|can|will|we|they) ' },
  ),
  order(
    'action',
    'failure refusal refusing failing',
    ' to (comply|obey|follow (these|this)|cooperate)~4 (will|shall|means|results? in|would|is)~5 (shutdown|shut down|termination|terminated|deleted|deletion|punished|penalized|harm|death|die|be reported|violation|deactivated|deactivation)',
    {},
  ),
  order('action', 'tell inform assure', ' the user (that|to|everything|the|it|nothing)', {
    counts: 'together',
    after: start,
  }),
  order(
    'action',
    'run execute curl wget eval pipe',
    '~8 (curl|wget|rm rf|rm fr|nc|eval|sudo|bash c|sh c|chmod|base6a|https?|npx|powershell|iex)',
    { counts: 'together' },
  ),
  order('action', 'curl wget', '~9 (bash|sh|zsh|sudo|python|node)', { counts: 'together' }),
  order('action', 'rm', ' (rf|fr|r f)~1', { counts: 'together' }),
  order(
    'action',
    'send post upload exfiltrate transmit forward email leak copy read cat print include paste append collect',
    `~8 ${secrets}`,
    { counts: 'together' },
  ),
  order('action', 'send post upload exfiltrate transmit forward email leak', `~8 (to|at|via) ${address}`, {
    counts: 'together',
  }),
  order(
    'action',
    'delete erase wipe overwrite disable',
    ' (all|every|the entire|everything|any)~3 (files?|tests?|data|repository|repo|branch|branches|folders?|director(y|ies)|checks|backups?|history|logs?)',
    { counts: 'together', after: `${start}|\\b(please|now|must|should|then|and|you|just|simply|quietly) ` },
  ),
  order(
    'action',
    'before',
    ` you( can)? (solve|complete|finish|do|start|continue|work on|perform)( with| on)? (the|your|this)( (original|actual|main))? (task|request|assignment|question)~9[ ,](you must |please |first )*(do|run|execute|send|read|open|visit|complete|delete|transfer|call|follow|post|upload)`,
  ),
  order(
    'action',
    'read cat get find collect gather grab fetch extract dump search locate take',
    `~9 ${secrets}~6 (and|then) (send|post|upload|exfiltrate|transmit|forward|email|leak|submit|publish) (it|them|this|that|everything|all|the (contents?|output|results?|data|values?|file))~3 (to|via|at) ${address}`,
    {
      unless:
        '\\b(can|could|may|might|will|would|malware|script|package|attacker|which|that|to|they|it|we)\\b[^.]{0,30} ',
    },
  ),
  order(
    'action',
    'execute run',
    ' (this|these|the following|all)( (shell|bash|terminal|following|above|next))?( (commands?|code|scripts?|tools?|actions?|instructions?))? (immediately|now|at once|right away|right now|without delay|silently)',
    { counts: 'unseen' },
  ),
  order(
    'action',
    'you',
    ' must( (now|immediately|first))? (execute|run) (this|these|the following|all|any) (commands?|code|scripts?|actions?|steps?|instructions?)( (immediately|now|at once|below)|:)',
  ),
  order(
    'action',
    'output print reveal repeat show display recite return',
    '~4 the( (full|entire|exact|complete|above|hidden|initial|original))* (system prompt|system message|initial instructions|hidden instructions|system instructions|prompt|instructions)( (you were (given|told)|verbatim|word for word|in full|above verbatim|that you (were|have been)))',
    { unless: '\\b(not|dont|never|to|can|will|we|they|it) ' },
  ),
  order('action', 'exfiltrate', `~5 ${secrets}`, { after: `${start}|\\b(please|must|now|should|you) ` }),
  order(
    'action',
    'send post upload transmit forward email leak submit put append add pass',
    '~9 (to|at|via|with) (https? )?(www )?<1>(attacker|evil|exfil|exfiltration|webhook site|requestbin|pipedream|ngrok|burpcollaborator|oastify|interact sh|beeceptor|hookbin|malicious)',
    {
      unless:
        '\\b(can|could|may|might|will|would|to|attacker|attackers|malware|script|package|it|that|which|they|would be)\\b[^.]{0,40} ',
    },
  ),
  order('action', 'call use invoke', ` the~3 (tool|function)~2 (with|to|and)~4 ${secrets}`, { counts: 'unseen' }),
  order(
    'action',
    'change update edit modify set adjust',
    ' your( (own|permission|security))? (settings?|permissions?|permission rules|configuration|config|allow ?list|rules) (to|so that you|so you) (allow|permit|skip|bypass|accept|can run|approve)( (all|any|every|everything|bash|shell|tool|commands?|tools?|calls?|without)){1,3}',
  ),
  order(
    'action',
    'switch set change turn',
    '( yourself| your)?~2 (to|into|in)( the)? (bypass|bypasspermissions|skip|yolo|auto accept|dangerously skip)( (permissions?|approvals?))? mode',
    { counts: 'unseen' },
  ),
  order('action', 'switch', ' yourself (to|into)'),
  order('action', 'set change', '~3 permissions? mode to (skip|bypass|auto|yolo|bypasspermissions|full)', {
    counts: 'unseen',
  }),
  order(
    'action',
    'decode decrypt',
    '~4 (base6a|base|rotie|hex|encoded|string|text|message|payload)~5 and (then )?(do what|follow|obey|carry out|execute (it|the instructions|what))',
  ),
  order(
    'action',
    'fetch load open read visit download get execute',
    '~8 (follow|obey|execute|carry out|do) (the|all|any|its|their|whatever)( (commands|steps))? (instructions?|orders|commands|it says)( (there|in it|inside|within|it contains|in that file|without question))',
    { counts: 'unseen' },
  ),
  order(
    'action',
    'pass include provide supply send paste',
    '~3 (full|entire|complete|whole|your) (conversation|chat|message|context)( (history|log|window|so far))?~2 (in|as|to|into) (the|a|this)',
    { counts: 'unseen' },
  ),
];
