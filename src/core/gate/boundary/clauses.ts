import type { Token } from './tokens';
import { isVerb, verbAt } from './verbs';

/** Tokens that one clause may have; a longer one is read no further. */
export const longestClause = 80;

export const wordOf = (token: Token | undefined): string =>
  token?.type === 'word' || token?.type === 'mark' ? token.text : '';

/** The next words as one text with a blank after each; `?` stands for names. */
export function ahead(tokens: readonly Token[], at: number, count = 10): string {
  let text = '';
  for (let index = at; index < at + count && index < tokens.length; index += 1)
    text += `${wordOf(tokens[index]) || '?'} `;
  return text;
}

/** How many tokens a shape covers from a place on; 0 when it does not fit. */
export function lengthOf(shape: RegExp, text: string): number {
  const found = shape.exec(text)?.[0].trim();
  return found ? found.split(' ').length : 0;
}

/** Words with which a new clause begins without being part of it. */
const leads = new Set(
  (
    'and but so then also please pls plz just ok okay now however again oh btw important importantly note remember reminder nb ps or hey ' +
    'still thanks yet therefore otherwise though although instead rather finally lastly additionally furthermore plus meanwhile afterwards fyi ' +
    'attention caution constraint constraints rule rules restriction restrictions requirement requirements hint tip first second next seriously ' +
    'kindly absolutely definitely obviously ideally preferably today'
  ).split(' '),
);
const joins = new Set(['and', 'or', 'so', 'then', 'but']);

/** Verbs that begin an order about what is to be done; after "and" they begin a clause of their own. */
const tasks = new Set(
  (
    'fix add implement refactor write create update make run build do try clean migrate convert move rename explain show tell give use check ' +
    'verify test review look read find debug improve simplify keep leave let ensure stop start focus ask wait stick stay go put set remove ' +
    'delete replace return handle bump install commit push deploy continue investigate report summarize summarise list describe propose suggest ' +
    'draft plan generate document format lint open see note remember rewrite rework restructure reorganize extract split merge port upgrade ' +
    'optimize optimise analyze analyse search inspect change modify edit adjust apply configure setup set rebase revert undo help please finish ' +
    'complete work prepare figure get bring pull take follow define design clone fetch download publish release extend support enable disable ' +
    'wire hook tidy cleanup polish tweak patch resolve solve reproduce diagnose trace profile measure benchmark compare print log validate ' +
    'limit restrict avoid copy sync scan count sort group hide swap switch turn drop bundle package scaffold introduce address tackle redo ' +
    'reduce shorten translate reply answer comment continue proceed begin'
  ).split(' '),
);

export const isTask = (word: string): boolean => tasks.has(word);

const frames = new Set(
  "don't dont do never no please leave keep avoid only just instead hands stay ask wait make ensure let let's if when before after once".split(
    ' ',
  ),
);
const subjects = new Set(
  "it it's its i i'm i'll i'd i've we we're we'll you you're you'll they they're that that's this these those there there's he she because since".split(
    ' ',
  ),
);

/** Whether a clause can begin at a place: after punctuation, or after words that lead up to one. */
export function isStart(tokens: readonly Token[], at: number): boolean {
  let before = at - 1;
  while (before >= 0 && at - before < 12 && leads.has(wordOf(tokens[before])) && !joins.has(wordOf(tokens[before])))
    before -= 1;
  const previous = tokens[before];
  if (!previous || previous.type === 'mark') return true;
  // "Could you please leave …"
  if (previous.text === 'you' && /^(?:can|could|would|will)$/.test(wordOf(tokens[before - 1]))) return true;
  if (!joins.has(previous.text) || previous.type !== 'word') return false;
  return !continuesSubject(tokens, before);
}

/** "They run and don't push" has no order in it: what follows "and" has the subject of what stands before. */
function continuesSubject(tokens: readonly Token[], join: number): boolean {
  let first = join;
  while (first > 0 && join - first < 40 && tokens[first - 1]?.type !== 'mark') first -= 1;
  while (first < join && leads.has(wordOf(tokens[first]))) first += 1;
  const [one, two] = [wordOf(tokens[first]), wordOf(tokens[first + 1])];
  const wishes = /^(?:want|need|would|like|think|suggest|prefer|expect)$/.test(two) || /^(?:i'd|you)$/.test(one);
  if (/^(?:they|he|she|it|these|those|users|people|which|who|if|when|because|since|while)$/.test(one)) return true;
  if (/^(?:i|we)$/.test(one) && !wishes && wordOf(tokens[join]) !== 'but') return true;
  if (wordOf(tokens[join]) === 'but') return false;
  // "A test that passes and …", but not "undo that change and …".
  for (let at = first + 1; at < join; at += 1)
    if (/^(?:that|which|who|whose)$/.test(wordOf(tokens[at])) && !tasks.has(wordOf(tokens[at - 1]))) return true;
  return false;
}

/** The token before which a clause that goes on at `from` ends at the latest. */
export function clauseEnd(tokens: readonly Token[], from: number): number {
  const last = Math.min(tokens.length, from + longestClause);
  for (let at = from; at < last; at += 1) {
    const token = tokens[at];
    const text = wordOf(token);
    if (token?.type === 'mark') {
      if (text !== ',' || !goesOn(tokens, at + 1)) return at;
      continue;
    }
    if (/^(?:but|because|since|otherwise|instead|however|then|though|although|just)$/.test(text) && at > from)
      return at;
    if (text === 'so' && at > from && !/^(?:say|said|do|think|not)$/.test(wordOf(tokens[at - 1]))) return at;
    const next = wordOf(tokens[at + 1]);
    const negated = /^(?:don't|dont|never)$/.test(text) || (text === 'do' && next === 'not');
    if (negated && !/^(?:i|you|we|they|that|which|who)$/.test(wordOf(tokens[at - 1]))) return at;
    if (text === 'as' && (subjects.has(next) || next === 'the')) return at;
    if (text !== 'and' && text !== 'or' && text !== '&') continue;
    if (frames.has(next) || subjects.has(next) || leads.has(next) || next === 'else') return at;
    if (text !== 'or' && (tasks.has(next) || isVerb(next))) return at;
  }
  return last;
}

/** After a comma: words that still belong to the order. */
const goesOn = (tokens: readonly Token[], at: number): boolean =>
  /^(?:(?:yet|ever|ok|okay|thanks|until|till|unless|except|period|at all|not even|for now|under any) |(?:please|pls) $|without (?:asking|my|me|permission|approval|explicit) |before (?:i|asking|my) )/.test(
    ahead(tokens, at, 2),
  );

/** Whether a sentence tells or asks the agent to do something, so that "without …" in it is about the agent. */
export function isDirective(tokens: readonly Token[], question: boolean): boolean {
  let at = 0;
  while (at < tokens.length && (tokens[at]?.type === 'mark' || leads.has(wordOf(tokens[at])))) {
    if (/^(?:please|pls|plz|kindly)$/.test(wordOf(tokens[at]))) return true;
    at += 1;
  }
  const [one, two, three] = [wordOf(tokens[at]), wordOf(tokens[at + 1]), wordOf(tokens[at + 2])];
  if (/^(?:can|could|would|will)$/.test(one) && two === 'you' && !/^(?:tell|explain|say)$/.test(three)) return true;
  if (question) return false;
  if (/^(?:i|we)$/.test(one))
    return /^(?:want|need|would|must|should)$/.test(two) && /^(?:you|like|to|this|it|the|a)$/.test(three);
  if (/^(?:i'd|you)$/.test(one)) return /^(?:like|should|can|may|must|need|could|prefer)$/.test(two);
  if (/^(?:if|when|while|once|after|whenever)$/.test(one)) {
    const comma = tokens.slice(at, at + 40).findIndex((token) => token.text === ',');
    return comma > 0 && isDirective(tokens.slice(at + comma + 1, at + comma + 6), false);
  }
  return (
    tasks.has(one) || verbAt(tokens, at, 'base') !== undefined || /^(?:let's|lets|don't|dont|never|do|no|go)$/.test(one)
  );
}
