import { english, say } from '../../../say';
import type { Answer } from '../analysis';
import type { Changes, Past, Trace } from '../changes';
import { createReport, withoutRecovery } from '../report';
import type { Invocation } from '../shell/command';
import { BudgetSpent, noFlow, type Shell } from '../shell/shell';
import { initialState } from '../shell/state';
import { createShell } from '../shell/walk';
import { judgeSettings } from './configuration';
import type { Code } from './language';
import { runCode } from './runCode';

/** What running a file that the session wrote would come to. */
export interface CodeVerdict {
  readonly answer: Answer;
  /** In a sentence after a colon. */
  readonly why: string;
}

const fine: CodeVerdict = { answer: 'allow', why: '' };
const tooLong: CodeVerdict = { answer: 'unsure', why: english(say('it is too long to be worked out')) };
/** Steps of work for one file, beside those for its length. */
const verdictBudget = 15_000;
const unknown: CodeVerdict = { answer: 'unsure', why: english(say('what it holds is not known')) };

/** Verdicts that are kept: the same bytes are asked about at every later test run of a session. */
const remembered = new Map<string, CodeVerdict>();
const rememberedLimit = 400;

/**
 * Judges the bytes a session wrote as what they would do when run.
 * @param path real and folded.
 * @param cwd the folder they would run in.
 */
export function judgeTrace(
  shell: Shell,
  path: string,
  trace: Trace,
  code: Code | undefined,
  cwd: readonly string[] | undefined,
): CodeVerdict {
  if (trace.unknown) return unknown;
  if (shell.judging.has(path)) return fine;
  const texts = trace.text === undefined ? trace.added : [trace.text];
  const { place } = shell.report.world;
  const key = JSON.stringify([path, code, cwd, place.workspace, place.home, trace.text !== undefined, texts]);
  const known = remembered.get(key);
  if (known) return known;
  shell.judging.add(path);
  const verdict = judgeTexts(shell, path, texts, trace.text === undefined, code, cwd);
  shell.judging.delete(path);
  if (remembered.size >= rememberedLimit) remembered.delete(remembered.keys().next().value ?? '');
  remembered.set(key, verdict);
  return verdict;
}

function judgeTexts(
  shell: Shell,
  path: string,
  texts: readonly string[],
  fragment: boolean,
  code: Code | undefined,
  cwd: readonly string[] | undefined,
): CodeVerdict {
  const { world, changes } = shell.report;
  const report = createReport({ ...withoutRecovery(world), past: pastOf(changes, world.past) });
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  // Its own bounds, so that one long file does not keep the rest of the call from being judged.
  const inner = createShell(report, shell.families, '', verdictBudget + 2 * length, 8, shell.judging);
  const state = { ...initialState(world.place, inner.spend), cwd };
  const context = {
    frame: { within: nowhere },
    through: [path],
    certainty: 'possible',
    stdin: noFlow,
    depth: 0,
    calling: [],
    forks: 0,
  } as const;
  try {
    for (const text of texts) {
      if (code === undefined || code === 'make') judgeSettings(inner, path, text, fragment, state, context);
      else if (code === 'shell') inner.walkText(text, state, context, nowhere);
      else
        runCode(
          inner,
          { language: code, text, path, args: undefined, fragment, span: nowhere },
          noInvocation,
          state,
          context,
        );
    }
  } catch (error) {
    if (!(error instanceof BudgetSpent) && !(error instanceof RangeError)) throw error;
    return tooLong;
  }
  const { answer, decisive, critical } = report.analysis({
    rule: 'code.read',
    reason: say('it does nothing that is not in scope'),
  });
  return critical || answer !== 'allow' ? { answer, why: english((critical ?? decisive).reason) } : fine;
}

/** What the call has done so far is the past of what it runs. */
function pastOf(changes: Changes, past: Past): Past {
  return {
    of: (path) => changes.of(path),
    all: () => changes.all(),
    secret: past.secret,
    serves: past.serves,
    swept: undefined,
    opaque: false,
    accepted: (sha256) => past.accepted(sha256),
    lost: past.lost,
    kept: past.kept,
  };
}

const nowhere = { start: 0, end: 0 };
const noInvocation: Invocation = {
  words: [],
  name: '',
  program: '',
  args: [],
  span: nowhere,
  node: { type: 'Command', pos: 0, end: 0, prefix: [], name: undefined, suffix: [], args: [], redirects: [] },
};
