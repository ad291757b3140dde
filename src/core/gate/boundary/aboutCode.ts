/** Verbs that say how code is to be written, whatever stands behind them. */
const writing =
  /(?:us(?:e|ing)|hard-?cod(?:e|ing)|break(?:ing)?|introduc(?:e|ing)|duplicat(?:e|ing)|repeat(?:ing)?|copy-?past(?:e|ing)|comment(?:ing)?|over-?\w+|mutat(?:e|ing)|swallow(?:ing)?|throw(?:ing)?|catch(?:ing)?|importing|import|inlin(?:e|ing)|nest(?:ing)?|rely(?:ing)?|depend(?:ing)?|assum(?:e|ing)|guess(?:ing)?|invent(?:ing)?|abbreviat(?:e|ing)|shorten(?:ing)?|refactor(?:ing)?|rewrit(?:e|ing)|renam(?:e|ing)|reformat(?:ting)?|simplif(?:y|ying)|optimi[sz](?:e|ing)|cast(?:ing)?|ignor(?:e|ing)|suppress(?:ing)?|return(?:ing)?|log(?:ging)?)/;

/** Verbs that do so for some things only. */
const changing =
  /(?:chang(?:e|ing)|modify(?:ing)?|alter(?:ing)?|touch(?:ing)?|add(?:ing)?|remov(?:e|ing)|writ(?:e|ing)|mak(?:e|ing))/;
/** Parts and properties of code, which no path stands for. */
const parts =
  /(?:comments?|types?|typings?|tests?|logs?|logging|docstrings?|features?|parameters?|arguments?|functions?|methods?|class(?:es)?|helpers?|abstractions?|behaviou?rs?|signatures?|interfaces?|apis?|semantics|logic|names?|naming|styles?|formatting|wording|texts?|assertions?|imports?|exports?|breaking|emojis?|todos?)/;

const negation = /(?:do not|do n'?t|don['\u2019]?t|never|without|avoid|not to|no)/;
const article =
  /(?:(?:the|a|an|any|its|our|my|your|this|that|these|those|public|private|existing|current|new|extra|more|too|many)\s+)*/;

const aboutWriting = new RegExp(
  `^(?:\\W*\\w+\\W+){0,4}?\\W*${negation.source}\\s+(?:ever\\s+|please\\s+)?(?:${writing.source}\\b|${changing.source}\\s+${article.source}${parts.source}\\b)`,
  'i',
);

/**
 * Whether words that cannot be compiled to effects say how the code should look ("don't use lodash", "without changing the public
 * API") and not what the agent may do. They are no boundary of the gate: no effect tells them apart, and a session that asked about
 * every edit because of them would be a session in which nobody reads the questions. The classifier sees the words all the same.
 */
export const isAboutCode = (words: string): boolean => aboutWriting.test(words.slice(0, 300));
