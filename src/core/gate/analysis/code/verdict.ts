import { english, say } from '../../../say';
import type { Answer } from '../analysis';
import type { Trace } from '../changes';
import type { World } from '../report';
import type { Code } from './language';

/** What running a file that the session wrote would come to. */
export interface CodeVerdict {
  readonly answer: Answer;
  /** In a sentence after a colon. */
  readonly why: string;
}

/** Judges the bytes a session wrote as what they would do when run. */
export function judgeTrace(
  _world: World,
  _path: string,
  trace: Trace,
  _code: Code | undefined,
  _cwd: readonly string[] | undefined,
): CodeVerdict {
  if (trace.unknown) return { answer: 'unsure', why: english(say('what it holds is not known')) };
  return { answer: 'unsure', why: english(say('what it does is not known here')) };
}
