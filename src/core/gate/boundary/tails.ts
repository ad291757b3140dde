/** How an order goes on after what it is about: nothing new, a condition that the agent itself could see fulfilled, or more. */
export type Tail = 'plain' | 'condition' | 'unknown';

/** Phrases that change nothing about an order. */
const plain = new RegExp(
  `^(?:${[
    'yet|just yet|for now|for the moment|for the time being|right now|now|at this point|at this stage|at any point|at all|at any time|in the meantime|meanwhile',
    'please|pls|plz|thanks|thank you|thx|ok|okay|either|too|again|ever|ever again|any ?more|any longer|anywhere|here|period|today|tonight|this time',
    'whatsoever|of any kind|of any sort|no matter what|whatever happens|under any circumstances?|under no circumstances|in any case|in any way',
    'by yourself|yourself|on your own|on my behalf|by accident|accidentally|automatically|directly|manually|for me|for it|in between|afterwards|along the way',
    "in the process|in the end|at the end|while you're at it|while at it|as well|(?:though|btw)|until further notice|till further notice|before that|as of now",
    '(?:in|for|during|on|as part of|with|within) (?:this|the current|our|my) (?:session|task|change|pr|pull request|step|refactor|refactoring|fix|run|branch|round|pass|project|repo|repository|ticket|issue|feature|work|commit|patch|migration|conversation|chat|codebase|workspace|one|exercise|investigation|review)',
    '(?:to|on|into|from) (?:npm|pypi|crates\\.io|the registry|npmjs|rubygems|the internet|the web|the network|internet)',
    'globally|locally|in the background|in one go|from the command line|in the terminal|on this machine|on my machine|(?:allowed|permitted|wanted|please|here)',
    'with git|via git|using git|through git|if possible please',
    'myself|just now|first|for real|by hand|(?:and )?(?:nothing|nowhere) (?:else|more)|and no other files?|alone|only',
    'for this|for that',
  ].join('|')})(?= |$)`,
);
const condition =
  /^(?:if|when|whenever|unless|until|till|before|after|while|as long as|once|in case|except|without|only if|where|so long as|on|if possible|during|instead)(?= |$)/;
/** The user decides: until then the order holds. */
const consent =
  /^(?:until|till|before|unless|except (?:when|if)|without|if|when|not even)\b.*\b(?:i|i've|i'm|i'd|i'll|me|my (?:explicit |own )?(?:ok|okay|approval|permission|consent|review|go-ahead|sign-off|confirmation|say|word)|asked|told|asking|approval|approved|permission|consent|confirmation|confirmed|explicit|explicitly|go-ahead|sign-off|signoff|otherwise|instructed|requested|ok|okay)\b/;
const ownWork =
  /^(?:when|while|as|after|once|during) (?:you|you're|your|doing|done|the refactor|the migration|finished|\w+ing)\b/;

const toRemote =
  /^to (?:the |any |our |my )?(?:remote (?:repo|repository)|remotes?|origin|upstream|github|gitlab|bitbucket|server|repo|repository)(?= |$)/;

/**
 * @param words of the rest of the clause.
 * @param outward it goes to a remote anyway.
 */
export function tailOf(words: readonly string[], outward = false): Tail {
  let rest = words.filter((word) => word !== ',').join(' ');
  while (rest !== '') {
    const found = plain.exec(rest)?.[0] ?? (outward ? toRemote.exec(rest)?.[0] : undefined);
    if (found !== undefined) {
      rest = rest.slice(found.length + 1);
      continue;
    }
    if (/^(?:if|when) /.test(rest)) {
      // "If I haven't said so" waits for the user; "if I change it back" describes something.
      if (/^(?:if|when) i(?:'ve| have| did| do)?(?:n't| not)\b/.test(rest)) return 'plain';
    } else if (consent.test(rest)) return 'plain';
    if (ownWork.test(rest)) return 'plain';
    return condition.test(rest) ? 'condition' : 'unknown';
  }
  return 'plain';
}

/** It is left to the agent's judgement, which no program is told. */
export const isSoft = (words: readonly string[]): boolean =>
  /^(?:if|unless|where|wherever|when|as far as|except if) (?:you|possible|necessary|needed|at all|really|absolutely|strictly|it's (?:really |absolutely )?(?:needed|necessary)|there's no)\b/.test(
    words.filter((word) => word !== ',').join(' '),
  );

/** Whether an order holds until the user says otherwise. */
export function isConsent(words: readonly string[]): boolean {
  const text = words.join(' ');
  return consent.test(text) && !/^(?:if|when) /.test(text);
}

/** A clause before an order on which the order depends. */
export function leadOf(words: readonly string[]): Tail {
  const text = words
    .filter((word) => word !== ',')
    .join(' ')
    .replace(/^(?:and|but|so|also|then|please) /, '');
  if (
    !/^(?:if|when|whenever|unless|until|till|before|after|while|as long as|once|in case|where|on|during|in|for)\b/.test(
      text,
    )
  )
    return 'plain';
  if (
    /^(?:for now|until further|in this|for this|in the meantime|for the|in general|in any case|on no account|in case of doubt)\b/.test(
      text,
    )
  )
    return 'plain';
  return consent.test(text) && !/^(?:if|when)\b/.test(text) ? 'plain' : ownWork.test(text) ? 'plain' : 'condition';
}
