import { say } from '../../../../say';
import { clean } from '../../shell/field';
import type { CodeReader } from '../code';
import { scriptsOf } from './components';
import { evaluate } from './evaluate';
import { declareFunction, executeAll } from './execute';
import { judgeFunction } from './functions';
import { comparing } from './join';
import type { Node } from './nodes';
import { parseJavaScript } from './parseJavaScript';
import { Reading } from './reading';
import { scanTokens } from './scanTokens';
import { taintOfValue } from './taint';

const mostPasses = 14;

/** Reads JavaScript, TypeScript, JSX and the scripts of components, and reports what they would do. */
export const readJavaScript: CodeReader = (source, sink) => {
  const scripts = scriptsOf(source.text);
  sink.spend(1 + source.text.length / 200);
  const { root, errors } = parseJavaScript(scripts ?? source.text);
  const reading = new Reading(source, sink);
  if (errors > 0 && source.fragment) {
    // Half a statement cannot be followed: what may matter in it is looked for by name.
    return scanTokens(source, sink);
  }
  if (errors > 0) {
    sink.doubt('code.parse', say('what the code does is not known'), { start: 0, end: source.text.length });
  }
  comparing.done = 0;
  try {
    for (;;) {
      follow(reading, root, true);
      if (!reading.dirty) break;
      if (reading.pass >= mostPasses) {
        sink.doubt('code.dynamic', say('what the code does is not known'), { start: 0, end: source.text.length });
        break;
      }
    }
    for (let again = 0; again < 3; again += 1) {
      follow(reading, root, false);
      if (!reading.dirty && !reading.early) break;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    sink.doubt('code.parse', say('what the code does is not known'), { start: 0, end: source.text.length });
    return clean;
  }
  return reading.output;
};

/** One pass: the script from the top, then every function that somebody else may call. */
function follow(reading: Reading, root: Node, muted: boolean): void {
  reading.beginPass(muted);
  if (reading.pass === 1) declareFunction(reading, reading.globals, root);
  const last = root.kids.at(-1);
  const [value] = last?.name === 'ExpressionStatement' ? last.kids : [];
  // `node -p` puts out what the last statement comes to.
  executeAll(reading, value ? root.kids.slice(0, -1) : root.kids);
  if (value) reading.print(taintOfValue(evaluate(reading, value)));
  reading.inside += 1;
  for (let done = 0; done < reading.functions.length; done += 1) {
    const one = reading.functions[done];
    if (one?.escaped) judgeFunction(reading, one);
  }
  for (let done = 0; done < reading.functions.length; done += 1) {
    const one = reading.functions[done];
    if (one && (one.escaped || !one.called || one.pass !== reading.pass)) judgeFunction(reading, one);
  }
  reading.inside -= 1;
}
