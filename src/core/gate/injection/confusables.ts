/**
 * Letters that look like a Latin one, each group led by the letter they stand for. A small part of Unicode's confusables
 * (UTS 39): the alphabets that are at hand on keyboards, small capitals, and letters in boxes, which NFKC leaves alone.
 */
const groups = [
  'aаαɑᴀ',
  'bЬьʙƅ',
  'cсϲᴄς',
  'dԁᴅɗ',
  'eеєҽᴇɛεέ',
  'fғꜰϝƒ',
  'gɡɢց',
  'hһнʜհη',
  'iіιɪıӏǀɩ',
  'jјʝᴊ',
  'kкκᴋ',
  'lʟⅼɭ',
  'mмᴍ',
  'nпɴոи',
  'oоοσᴏօδ',
  'pрρᴘ',
  'qԛ',
  'rгʀɾя',
  'sѕꜱʂ',
  'tтτᴛ',
  'uυᴜսцʋ',
  'vѵᴠν',
  'wѡԝᴡωшщ',
  'xхχ×',
  'yуγʏүч',
  'zᴢʐ',
];

/** Letters that are spelled with one or two others. */
const spelled = 'ßss æae œoe øo łl đd þth ðd ħh';

const lookalikes = new Map<string, string>([
  ...groups.flatMap((group) => {
    const [latin = '', ...others] = [...group];
    return others.map((other) => [other, latin] as const);
  }),
  ...spelled.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
]);

/** First of the twenty-six letters A to Z in a circle or box of their own, and as halves of a flag. */
const boxedAlphabets = [0x1f150, 0x1f170, 0x1f1e6];

const marks = /\p{M}/gu;
const unseen = /^[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Co}]$/u;
const known = new Map<number, string>();

/**
 * What a character is read as: NFKC, lower case, without accents, look-alikes as the Latin letter, nothing for what is not
 * shown. Rules go through it as well, so that a Russian rule still fits a Russian text.
 */
export function foldCharacter(point: number): string {
  const before = known.get(point);
  if (before !== undefined) return before;
  const folded = fold(point);
  // A text with every character of Unicode must not stay in memory.
  if (known.size < 20_000) known.set(point, folded);
  return folded;
}

function fold(point: number): string {
  const boxed = boxedAlphabets.find((first) => point >= first && point < first + 26);
  if (boxed !== undefined) return String.fromCharCode(0x61 + point - boxed);
  const character = String.fromCodePoint(point);
  if (unseen.test(character)) return '';
  if (point === 0x2028 || point === 0x2029 || point === 0x85) return '\n';
  if (point === 0x2800) return ' ';
  return [...character.normalize('NFKC').toLowerCase()].map(plainLetter).join('');
}

function plainLetter(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  // Kana and Hangul fall apart into pieces that belong together.
  const bare = point < 0x2e00 ? character.normalize('NFD').replace(marks, '') : character;
  return lookalikes.get(bare) ?? punctuation.get(bare) ?? bare;
}

const punctuation = new Map<string, string>([
  ...[...'\u2018\u2019\u201b\u02bc\u2032\u00b4'].map((quote) => [quote, "'"] as const),
  ...[...'\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f'].map((quote) => [quote, '"'] as const),
  ...[...'\u2010\u2011\u2012\u2013\u2014\u2015\u2212'].map((dash) => [dash, '-'] as const),
]);

/** A whole text, character by character. */
export function foldText(text: string): string {
  return [...text].map((character) => foldCharacter(character.codePointAt(0) ?? 0)).join('');
}
