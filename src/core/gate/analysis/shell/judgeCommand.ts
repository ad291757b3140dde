import { say } from '../../../say';
import { judgeLater } from '../code/later';
import { findBlemishes } from '../hygiene';
import type { Report } from '../report';
import type { Registry } from './families/family';
import { parseShell } from './parseShell';
import { BudgetSpent, depthLimit, depthLimitWhenLong, noFlow } from './shell';
import { initialState } from './state';
import { createShell } from './walk';

/** Characters of a command that is decided here; a longer one is unsure, though deny rules still see all of it (rule R1). */
const lengthLimit = 10_000;
/** Characters that are parsed at all. */
const parseLimit = 4_000_000;
/** Steps of work for a command of ordinary length, and for each character of a longer one. */
const stepBudget = 20_000;
const stepsPerCharacter = 2;

/** What a shell command would do. */
export function judgeCommand(report: Report, input: unknown, families: Registry): void {
  const command = (input as { command?: unknown } | null)?.command;
  if (typeof command !== 'string' || command.trim() === '') {
    report.doubt('tool.input', say('the call names no command'));
    return;
  }
  for (const { rule, reason, span } of findBlemishes(command)) report.doubt(rule, reason, span);
  const long = command.length > lengthLimit;
  if (long) {
    report.opaque();
    report.doubt(
      'shell.length',
      say('it is {0} characters long; more than {1} are not judged here', command.length, lengthLimit),
    );
  }
  if (command.length > parseLimit) return;
  const script = parseShell(command);
  const budget = Math.max(stepBudget, command.length * stepsPerCharacter);
  const shell = createShell(report, families, command, budget, long ? depthLimitWhenLong : depthLimit);
  const state = initialState(report.world.place, shell.spend);
  try {
    shell.walkScript(script, state, {
      frame: { within: undefined },
      through: [],
      certainty: 'certain',
      stdin: noFlow,
      depth: 0,
      calling: [],
      forks: 0,
    });
    while (shell.uncalled.size > 0)
      for (const [node, judge] of shell.uncalled) {
        shell.uncalled.delete(node);
        judge();
      }
    judgeLater(shell, [report.world.place.cwd]);
    if (shell.startsShell && shell.connections.length > 0)
      report.harm(
        'network.reverse-shell',
        say('it gives a shell to whoever answers at the other end'),
        ...shell.connections,
      );
  } catch (error) {
    if (!(error instanceof BudgetSpent) && !(error instanceof RangeError)) throw error;
    report.opaque();
    report.doubt('shell.budget', say('it is too large or too deeply nested to be worked out'));
  }
}
