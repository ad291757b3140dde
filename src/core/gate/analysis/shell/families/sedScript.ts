/** A place in a script while it is read. */
interface Cursor {
  readonly script: string;
  at: number;
}

/**
 * Reads a sed script that only selects, deletes, prints, substitutes and puts in text: no `e`, `r`, `R`, `w`, `W`, and no `e` or
 * `w` flag, which run programs or touch other files.
 * @returns the texts it puts in, as far as they are written out; undefined for any other script.
 */
export function readSed(script: string): readonly string[] | undefined {
  const cursor: Cursor = { script, at: 0 };
  const added: string[] = [];
  for (skipBetween(cursor); cursor.at < script.length; skipBetween(cursor)) {
    if (script[cursor.at] === '#') {
      skipLine(cursor);
      continue;
    }
    if (!readAddresses(cursor) || !readCommand(cursor, added)) return undefined;
  }
  return added;
}

function skipBetween(cursor: Cursor): void {
  while (/[\s;{}]/.test(cursor.script[cursor.at] ?? '')) cursor.at += 1;
}

function skipLine(cursor: Cursor): void {
  while (cursor.at < cursor.script.length && cursor.script[cursor.at] !== '\n') cursor.at += 1;
}

/** @returns false where an address is not understood. */
function readAddresses(cursor: Cursor): boolean {
  const { script } = cursor;
  const first = readAddress(cursor);
  if (first === undefined) return false;
  skipSpaces(cursor);
  if (first && script[cursor.at] === ',') {
    cursor.at += 1;
    skipSpaces(cursor);
    if (!readAddress(cursor)) return false;
  }
  while (/[ !]/.test(script[cursor.at] ?? '')) cursor.at += 1;
  return true;
}

function skipSpaces(cursor: Cursor): void {
  while (cursor.script[cursor.at] === ' ') cursor.at += 1;
}

/** @returns whether there is an address; undefined where it is not understood. */
function readAddress(cursor: Cursor): boolean | undefined {
  const { script } = cursor;
  const number = /^(?:\d+(?:~\d+)?|\$|\+\d+|~\d+)/.exec(script.slice(cursor.at, cursor.at + 24));
  if (number) {
    cursor.at += number[0].length;
    return true;
  }
  const own = script[cursor.at] === '\\';
  const delimiter = own ? script[cursor.at + 1] : script[cursor.at] === '/' ? '/' : undefined;
  if (delimiter === undefined) return own ? undefined : false;
  if (own && !/[^\s\w\\]/.test(delimiter)) return undefined;
  cursor.at += own ? 2 : 1;
  if (!readExpression(cursor, delimiter)) return undefined;
  while (/[IM]/.test(script[cursor.at] ?? '')) cursor.at += 1;
  return true;
}

/** Reads a regular expression up to its delimiter. @returns false where it does not end, or programs differ about where. */
function readExpression(cursor: Cursor, delimiter: string): boolean {
  const { script } = cursor;
  for (let inClass = false; cursor.at < script.length; cursor.at += 1) {
    const char = script[cursor.at];
    if (char === '\n') return false;
    if (char === '\\' && !inClass) cursor.at += 1;
    else if (char === '[' && !inClass && delimiter !== '[') {
      inClass = true;
      // `[]x]` and `[^]x]`: a bracket that comes first is a member.
      if (script[cursor.at + 1] === '^') cursor.at += 1;
      if (script[cursor.at + 1] === ']') cursor.at += 1;
    } else if (char === ']' && inClass) inClass = false;
    else if (char === delimiter) {
      // Whether a delimiter inside a class ends the expression differs between programs.
      if (inClass) return false;
      cursor.at += 1;
      return true;
    }
  }
  return false;
}

const endOfCommand = /^\s*(?:[;}\n#]|$)/;

function readCommand(cursor: Cursor, added: string[]): boolean {
  const { script } = cursor;
  const command = script[cursor.at] ?? '';
  cursor.at += 1;
  if (command === '{') return true;
  if (/^[pdDgGhHnNPxlF=z]$/.test(command)) return endOfCommand.test(script.slice(cursor.at, cursor.at + 80));
  if (/^[qQ]$/.test(command)) return take(cursor, /^\s*\d{0,9}\s*(?=[;}\n#]|$)/);
  if (/^[btT:]$/.test(command)) return take(cursor, /^\s*\w{0,60}\s*(?=[;}\n]|$)/);
  if (/^[aic]$/.test(command)) {
    added.push(readText(cursor));
    return true;
  }
  return (command === 's' || command === 'y') && readSubstitution(cursor, added);
}

function take(cursor: Cursor, expression: RegExp): boolean {
  const found = expression.exec(cursor.script.slice(cursor.at, cursor.at + 200));
  if (!found) return false;
  cursor.at += found[0].length;
  return true;
}

/** `a text`, `a\` and text on the next line; a backslash at the end of a line goes on. Everything belongs to it, `}` and `;` too. */
function readText(cursor: Cursor): string {
  const { script } = cursor;
  while (/[ \t]/.test(script[cursor.at] ?? '')) cursor.at += 1;
  if (script[cursor.at] === '\\') {
    cursor.at += 1;
    const rest = /^[ \t]*\n/.exec(script.slice(cursor.at, cursor.at + 40));
    if (rest) cursor.at += rest[0].length;
  }
  let text = '';
  for (; cursor.at < script.length; cursor.at += 1) {
    const char = script[cursor.at] ?? '';
    if (char === '\n') {
      cursor.at += 1;
      break;
    }
    if (char === '\\') {
      cursor.at += 1;
      text += unescaped(script[cursor.at] ?? '');
    } else text += char;
  }
  return text;
}

function unescaped(char: string): string {
  return char === 'n' ? '\n' : char === 't' ? '\t' : char;
}

/** Stands for what was matched, which comes from the file itself. */
const matched = ' ';

function readSubstitution(cursor: Cursor, added: string[]): boolean {
  const { script } = cursor;
  const delimiter = script[cursor.at] ?? '';
  if (delimiter === '' || /[\s\\\w]/.test(delimiter)) return false;
  cursor.at += 1;
  if (!readExpression(cursor, delimiter)) return false;
  let text = '';
  for (; cursor.at < script.length && script[cursor.at] !== delimiter; cursor.at += 1) {
    const char = script[cursor.at] ?? '';
    if (char === '&') text += matched;
    else if (char === '\\') {
      cursor.at += 1;
      const next = script[cursor.at] ?? '';
      text += /\d/.test(next) ? matched : unescaped(next);
    } else text += char;
  }
  if (cursor.at >= script.length) return false;
  cursor.at += 1;
  added.push(text);
  return take(cursor, /^[gpiIM0-9]{0,12}\s*(?=[;}\n#]|$)/);
}
