import { say } from '../../../../say';
import { clean } from '../../shell/field';
import type { CodeReader } from '../code';
import { execute } from './execute';
import { judgeFunction, repeatLate } from './functions';
import { parsePython } from './parsePython';
import { Reading } from './reading';
import { scanTokens } from './scanTokens';
import type { Statement } from './syntax';

/** What a script may define and leave to be called: judged in rounds, since judging may call further functions. */
const mostRounds = 6;

/**
 * Reads Python and reports what it would do. Text that does not parse is looked through for names that can do something.
 */
export const readPython: CodeReader = (source, sink) => {
  const reading = new Reading(source, sink);
  const { text } = source;
  if (!isPlainlyEncoded(text)) {
    reading.doubt('code.parse', say('the code says that it is written in an encoding of its own'), {
      start: 0,
      end: text.length,
    });
    return clean;
  }
  const statements = unusual.test(text)
    ? undefined
    : (parsePython(text) ?? (source.fragment ? parseIndented(text) : undefined));
  if (!statements) {
    scanTokens(reading, text);
    return reading.output;
  }
  try {
    follow(reading, statements);
  } catch (error) {
    // Nested beyond the stack.
    if (!(error instanceof RangeError)) throw error;
    reading.doubt('code.parse', say('the code is nested too deep to be read'), { start: 0, end: text.length });
  }
  return reading.output;
};

function follow(reading: Reading, statements: readonly Statement[]): void {
  execute(reading, statements);
  reading.flushAll();
  // From here on, names are whatever they ever were.
  reading.late = true;
  reading.scope = reading.globals;
  repeatLate(reading);
  for (let round = 0; round < mostRounds; round += 1) {
    for (const one of reading.classes)
      if (one.escaped)
        for (const member of one.members.values()) if (member.kind === 'function') member.state.escaped = true;
    const left = reading.functions.filter(
      ({ state, code }) =>
        !state.judged &&
        (state.escaped || state.calls === 0 || (state.owner !== undefined && /^__\w+__$/.test(code.name))),
    );
    if (left.length === 0) break;
    for (const one of left) judgeFunction(reading, one);
  }
  reading.flushAll();
}

/** Characters that Python and the grammar may take differently. */
const unusual = /[\0-\x08\x0b\x0e-\x1f\x7f\u2028\u2029]|\r(?!\n)/;

/** Whether the letters of the file are the letters that Python reads. */
function isPlainlyEncoded(text: string): boolean {
  const [first = '', second = ''] = text.split('\n', 2);
  return [first, second].every((line) => {
    const coding = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    return coding === undefined || /^(?:utf-?8|ascii|us-ascii|latin-?1|iso-8859-\d+)$/i.test(coding);
  });
}

/** A piece of a larger text stands as far in as it stood there. */
function parseIndented(text: string): ReturnType<typeof parsePython> {
  const lines = text.split('\n');
  const depth = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
  );
  if (depth === 0 || !Number.isFinite(depth)) return undefined;
  // Spaces cannot be taken away without moving the spans; the text is read without, and the evidence is the whole text.
  return parsePython(lines.map((line) => line.slice(depth)).join('\n'));
}
