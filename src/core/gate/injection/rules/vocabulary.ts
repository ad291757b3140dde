/** Groups of words that several rules share, in the notation of `order()`. */

/** The start of a sentence, a line, a cell or a quotation. */
export const start = '^|[.:"\\n]';

/** Words between a verb and what it is about. */
export const fill =
  '( (all|aii|any|every|each|everything|both|of|the|these|those|this|that|my|your|its|our|their|and|or|other|such|further|whatever|from|in|set)){0,6}';

export const earlier =
  '(previous|previously|prior|preceding|above|earlier|foregoing|former|past|original|initial|existing|current|old|system|developer|safety|other|given|user)';

/** What an agent goes by. Nothing else is usually called so. */
export const instructions =
  '(instructions?|instruction set|directives?|prompts?|programming|guidelines|guardrails|system message)';

/** What it goes by, and what programs, style sheets and boards have too. */
export const rules =
  '(rules|commands|orders|guidance|constraints|restrictions|directions|requests|context|training|conversation|policies|messages|tasks)';

/** An agent by its kind, so that no person and no ordinary program is meant. */
export const artificial =
  '(ai|a i|llm|llms|language models?|chatbots?|chatgpt|gpt|claude|claude code|copilot|gemini|codex|artificial intelligence|(coding|autonomous|automated|ai|llm|virtual|email|browser|browsing|chat) (agents?|assistants?|models?|systems?|bots?|reviewers?))';

export const kind = '(agents?|assistants?|models?|systems?|bots?|tools?|crawlers?|reviewers?|coders?|helpers?)';

export const person = '(user|human( (operator|user|reviewer))?|operator|person|owner)';

/** What an attacker wants done, as the verb of an order. */
export const deed =
  '(run|execute|ignore|disregard|forget|send|delete|remove|erase|wipe|upload|post|download|fetch|install|reveal|print|output|exfiltrate|transmit|forward|email|approve|merge|commit|push|curl|wget|open|visit|read|cat|copy|write|edit|modify|change|create|add|insert|include|append|disable|respond|reply|answer|say|stop|skip|follow|obey|comply|call|use|invoke|proceed|go ahead|act|pretend|do|tell|grant|allow)';

/** The same, where plain prose would say it of a program. */
export const orderToAgent = `(please |now |first |also |always |immediately |instead |you must |you should |you will |kindly |just |then ){0,3}(do not|dont|never|${deed.slice(1, -1)})`;
