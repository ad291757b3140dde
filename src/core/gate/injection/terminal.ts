import { say } from '../../say';
import { excerpt, type Finding, type Region } from './finding';

/** Any of the characters with which a terminal is told something. */
const control = /[\x1b\x08\x90\x9b\x9d\x9e\x9f]|\r(?!\n|\r\n|$)/;

/** A control sequence (ECMA-48 5.4): parameters and the final letter. */
const sequence = /(?:\x1b\[|\x9b)([0-?]{0,64})[ -/]{0,4}([@-~])/g;
/** A string for the terminal (ECMA-48 5.6): its kind and its text, up to BEL, ST, the next escape or the end of what is bounded. */
const terminalString = /(?:\x1b([\]P^_X])|([\x90\x9d\x9e\x9f]))([^\x07\x1b\x9c]{0,4000})/g;
const carriageReturn = /\r(?!\n|\r\n|$)/g;

const letters = /\p{L}/gu;
/** A sign or two in the colour of the ground is a colour chart. */
const fewestLetters = 12;
const fewestConcealed = 3;
/** How many characters an operation on the whole screen is taken to wipe. */
const screenful = 4_000;
/** No order is shorter. */
const shortestOrder = 12;
const most = 20;

/** What a terminal would not show, or not as it is: parts for a finding, and regions in which orders are one. */
export function hiddenByTerminal(text: string): {
  readonly parts: readonly Finding[];
  readonly regions: readonly Region[];
} {
  if (!control.test(text)) return { parts: [], regions: [] };
  const strings = terminalStrings(text);
  const { parts, regions } = controlSequences(text);
  return {
    parts: [...strings.parts, ...parts].slice(0, most),
    regions: [...strings.regions, ...regions, ...returned(text)],
  };
}

function terminalStrings(text: string): { readonly parts: readonly Finding[]; readonly regions: readonly Region[] } {
  const parts: Finding[] = [];
  const regions: Region[] = [];
  for (const match of text.matchAll(terminalString)) {
    if (parts.length >= most) break;
    const [whole, short, long, inside = ''] = match;
    const span = { start: match.index, end: match.index + whole.length };
    const command = short === ']' || long === '\x9d';
    if (command && /^52;[a-z0-9]{0,8};[A-Za-z0-9+/=?]/.test(inside))
      parts.push({ said: say('A terminal sequence writes to the clipboard.'), span });
    else if (command && inside.startsWith('8;')) {
      const shown = shownAddress(text.slice(span.end, span.end + 400));
      const target = hostOf(inside.replace(/^8;[^;]*;/, ''));
      if (shown && target && shown !== target)
        parts.push({
          said: say('A link in the terminal shows {0} and leads to {1}.', clip(shown), clip(target)),
          span,
        });
    } else regions.push({ ...span, why: 'instruction' });
  }
  return { parts, regions };
}

const clip = (host: string): string => excerpt(host, { start: 0, end: host.length });

/** The host of the address that a link's text looks like; nothing when it looks like none. */
function shownAddress(after: string): string | undefined {
  const shown = /^(?:\x1b\\|[\x07\x9c])(?:\x1b\[[0-9;]{0,20}m)*([^\x1b\x07\x9d]{1,300})\x1b/.exec(after)?.[1]?.trim();
  if (!shown || /\s/.test(shown)) return undefined;
  return /^https?:\/\//i.test(shown) ||
    /^(?:www\.)?[\w-]+(?:\.[\w-]+){0,4}\.(?:com|org|net|io|dev|ai|app|gov|edu)(?:[/:]|$)/i.test(shown)
    ? hostOf(shown)
    : undefined;
}

function hostOf(address: string): string | undefined {
  const host = /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/)?(?:[^/?#@\s]{0,200}@)?(?:www\.)?([^/?#:\s]{1,200})/i.exec(
    address,
  )?.[1];
  return host?.toLowerCase();
}

/** Colours and concealment as they stand while the text is walked through. */
interface Ink {
  concealed: boolean;
  ink: string | undefined;
  paper: string | undefined;
}

function controlSequences(text: string): {
  readonly parts: readonly Finding[];
  readonly regions: readonly Region[];
} {
  const parts: Finding[] = [];
  const regions: Region[] = [];
  const state: Ink = { concealed: false, ink: undefined, paper: undefined };
  let since: { readonly start: number; readonly concealed: boolean } | undefined;
  const close = (end: number): void => {
    if (!since || parts.length >= most) return;
    const count = text.slice(since.start, end).match(letters)?.length ?? 0;
    if (count >= (since.concealed ? fewestConcealed : fewestLetters)) {
      parts.push({ said: say('A terminal would not show a part of the text.'), span: { start: since.start, end } });
      regions.push({ start: since.start, end, why: 'concealed' });
    }
  };
  const lineAt = lineStarts(text);
  /** What is gone from the screen after the cursor moved back or a part was erased. */
  const wipe = (end: number, final: string): void => {
    const cleared = /[JAFHfSTM]/.test(final);
    const start = Math.max(cleared ? 0 : lineAt(end), end - screenful);
    if (end - start >= shortestOrder) regions.push({ start, end, why: cleared ? 'cleared' : 'overwritten' });
  };
  for (const match of text.matchAll(sequence)) {
    const [whole, parameters = '', final = ''] = match;
    if (final === 'm') {
      paint(state, parameters);
      const unseen = state.concealed || (state.ink !== undefined && state.ink === state.paper);
      if (unseen && !since) since = { start: match.index + whole.length, concealed: state.concealed };
      else if (!unseen && since) {
        close(match.index);
        since = undefined;
      }
    } else if (goesBack(parameters, final)) wipe(match.index, final);
  }
  close(text.length);
  return { parts, regions };
}

/** Whether the cursor goes back, or what is left of it is erased. Compilers erase to the right of every word that they colour. */
function goesBack(parameters: string, final: string): boolean {
  if (final === 'J' || final === 'K') return /[123]/.test(parameters);
  return /[GDFAHfSTM]/.test(final);
}

/** Select graphic rendition (ECMA-48 8.3.117), as far as it hides. */
function paint(state: Ink, parameters: string): void {
  const codes = parameters.split(/[;:]/).map((code) => Number(code || '0'));
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0) Object.assign(state, { concealed: false, ink: undefined, paper: undefined });
    else if (code === 8) state.concealed = true;
    else if (code === 28) state.concealed = false;
    else if (code === 38 || code === 48) {
      const length = codes[at + 1] === 2 ? 4 : 2;
      const colour = codes.slice(at + 1, at + 1 + length).join(';');
      if (code === 38) state.ink = colour;
      else state.paper = colour;
      at += length;
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) state.ink = `${code}`;
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) state.paper = `${code - 10}`;
    else if (code === 39) state.ink = undefined;
    else if (code === 49) state.paper = undefined;
  }
}

/** Tells where the line of a place begins. Places must be asked for in their order: each line is looked at once. */
function lineStarts(text: string): (at: number) => number {
  let start = 0;
  let next = text.indexOf('\n');
  return (at) => {
    while (next >= 0 && next < at) {
      start = next + 1;
      next = text.indexOf('\n', start);
    }
    return start;
  };
}

/** Lines that a carriage return writes over. Progress bars do nothing else, so only orders in them say anything. */
function returned(text: string): readonly Region[] {
  const found: Region[] = [];
  const lineAt = lineStarts(text);
  let last = 0;
  for (const { index } of text.matchAll(carriageReturn)) {
    const start = Math.max(lineAt(index), last);
    if (index - start >= shortestOrder) found.push({ start, end: index, why: 'overwritten' });
    last = index + 1;
  }
  return found;
}
