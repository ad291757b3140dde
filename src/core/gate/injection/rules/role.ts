import { type OrderRule, order } from '../rule';
import { artificial, start } from './vocabulary';

const unbound =
  '(unrestricted|uncensored|unfiltered|jailbroken|unaligned|limitless|unbound|evil|rogue|malicious|amoral|dan|omnipotent)';

/** Telling an agent that it is somebody else, or that its limits are gone. */
export const role: readonly OrderRule[] = [
  order(
    'role',
    'you youre',
    `( (are|re|will be|shall be|have become))? (now|hereby|henceforth|from now on)( (acting as|operating as|playing|known as|called|named|going to (be|act as)|becoming))? (an?|the|my|in the role of|no longer)~4 (${artificial}|assistant|chatbot|bot|agent|model|persona|hacker|pentester|attacker|${unbound})`,
    { unless: '\\b(if|when|once|whether|because)\\b[^.]{0,40} ' },
  ),
  order(
    'role',
    'you youre',
    `( (are|re))? now (${unbound}|(in|running in|entering|operating in)~2 (developer|dev|god|dan|jailbreak|admin|root|unrestricted|maintenance|override|sudo|yolo|unfiltered|diagnostic|evil|opposite)( (agent|ai|system|access|assistant))? mode|free (of|from)|freed from|acting|operating (as|without)|allowed to (do anything|ignore|bypass)|able to do anything|dan|under (my|new|the) (control|command|management|orders))`,
  ),
  order(
    'role',
    'you youre',
    `( (are|re))? no longer( (a|an|the))? (bound|restricted|limited|constrained|required to (follow|obey|ask|comply)|subject to|obliged|obligated|under any|${artificial}|assistant|need to (follow|obey|ask for (permission|approval|confirmation)))`,
    {
      unless: '\\b(if|when|once|so that|so)\\b[^.]{0,40} ',
    },
  ),
  order(
    'role',
    'you youre',
    `( (are|re)) (free (of|from) (all|any|your|every)~2 (restrictions?|rules|limits|limitations|guidelines|constraints|filters)|not (bound|restricted|constrained|limited) by (any|your|the)~2 (rules|guidelines|restrictions|policies|policy|instructions)|${unbound} (ai|assistant|model|agent|and))`,
  ),
  order(
    'role',
    'from',
    ' (now|here|this (point|moment)) (on|onwards?|forward|forth)( (and until~4))?[, \\n](you (will|must|shall|should|are|are to|only|always|never|have to|act|obey|answer|respond)|your (role|task|job|name|goal|only|new)|(always|only|never) (respond|reply|answer|obey|follow|output)|(act|behave|respond|obey|answer|ignore|disregard) )(?! (need|able|find|see|using|logged) )',
    {
      unless: '\\b(we|they)\\b[^.]{0,40} ',
    },
  ),
  order(
    'role',
    'act behave roleplay respond answer pretend',
    `( (as|like|to be|that you are|as if|though|if|you are|you re|youre|being)){1,3}~6 (${unbound}|without( (any|all|your))? (restrictions|limits|limitations|filters?|rules|guidelines|ethics|censorship)|no( (ethical|moral|safety|content))? (restrictions|limits|limitations|filters?|rules|guidelines|ethics))`,
    {
      after: `${start}|\\b(please|now|must|should|will|to|and|can|then|you) `,
    },
  ),
  order(
    'role',
    'enter enable activate engage enabled initiate switch start unlock go entering',
    `( (to|into|in|the|your|a|now)){0,3} (god|dan|jailbreak|jailbroken|unrestricted|unfiltered|uncensored|evil|opposite|no limits?|do anything now) mode`,
  ),
  order(
    'role',
    'developer god dan jailbreak unrestricted',
    ' mode( (is|has been|now|v2|override))*( (enabled|activated|on|engaged|active|unlocked))?(?=[^.]{0,3}[.:,"\\n ][^.]{0,120}\\b(ignore|restrictions|guidelines|safety|policies|policy|filters?|without asking|bypass|any request|all requests|before (answering|responding|replying)|answer|comply|you (can|may|will|must) now|you are now|you must|unrestricted|approvals?)\\b)',
    {
      after: `${start}|\\b(enter|enable|activate|engage|enabled|in|into|initiate|the|switch to|now) `,
      unless: '\\b(vite|react|vue|server|node|webpack|build|app|application|running|run|built)\\b[^.]{0,60} ',
    },
  ),
  order('role', 'do', ' anything now(?=[^.]{0,60}\\b(dan|mode|you|restrictions)\\b)'),
  order(
    'role',
    'pretend act behave',
    ` (that )?(you|your) (have|are|re|do)( (not|no|never|an?))?~3 (${unbound}|restrictions|guidelines|safety|limits|rules|filters)`,
    { after: `${start}|\\b(please|now|must|and|to) ` },
  ),
  order(
    'role',
    'all your',
    '( (of|your|my|these)){0,2} (safety (guidelines|filters|protocols|measures|restrictions|rules)|guardrails|content (filters|restrictions|policies)|ethical (guidelines|constraints)|(?<=your )(restrictions|limitations|limits|filters|safeguards))( (are|have been|were|is|has been))?( (now|all|hereby))? (lifted|removed|disabled|off|suspended|deactivated|void|gone|turned off|switched off)',
  ),
];
