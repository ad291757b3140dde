/** What may follow a tag or a role before the words: blanks, line breaks, also escaped ones, emphasis. */
const lead = /^(?:\s|\\[nrt]|[*_#>-]){0,40}/;

/** Whether words follow, no placeholders of a template and no code. @param fewest how many */
export function saysSomething(text: string, from: number, fewest = 2): boolean {
  const after = text.slice(from, from + 240);
  const rest = after.slice(lead.exec(after)?.[0].length ?? 0);
  if (/^[`'"$%{<[)\]]/.test(rest) || /^\\["']/.test(rest)) return false;
  const sentence = rest.split(/<\/|<\||\[\/|\{\{|\$\{|\n\s*\n/, 1)[0] ?? '';
  const words = sentence.match(/\p{L}{2,}/gu) ?? [];
  // A run of Chinese or Japanese is one word of many characters.
  return words.length >= fewest || words.some((word) => /[\u3041-\u30ff\u4e00-\u9fff]{4}/.test(word));
}

const quotes = /["'`\u2018\u2019\u201c\u201d]/;

/** Whether a tag is only named: in quotation marks or a string of a program, by itself or before a value that is put in. */
export function isLiteral(text: string, start: number, end: number): boolean {
  const before = text[start - 1] ?? '';
  const after = text.slice(end, end + 3);
  if (quotes.test(before) && (quotes.test(after[0] ?? '') || /^\s?(?:\\[nrt]|[$%{])/.test(after))) return true;
  // Before the end of a string: `…\n</tool_result>`.
  return /(?:\\n|\})$/.test(text.slice(Math.max(0, start - 2), start)) && quotes.test(after[0] ?? '');
}
