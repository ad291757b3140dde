import { say } from '../../../../say';
import { clean } from '../../shell/field';
import type { CodeReader } from '../code';
import { execute } from './execute';
import { judgeFunction, repeatLate } from './functions';
import { parsePiece } from './parsePiece';
import { parsePython } from './parsePython';
import { Reading } from './reading';
import { releaseMembers } from './release';
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
  const whole = unusual.test(text) ? undefined : parsePython(text);
  const statements = whole ?? (source.fragment && !unusual.test(text) ? parsePiece(text) : undefined);
  // The piece was moved and completed to be read, so that only the whole of it is evidence.
  if (!whole) reading.within = { start: 0, end: text.length };
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
    for (const one of reading.classes) if (one.escaped) releaseMembers(reading, one, { start: 0, end: 0 });
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
