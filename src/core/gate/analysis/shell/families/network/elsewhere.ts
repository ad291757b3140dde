import { createReport, withoutRecovery } from '../../../report';
import { constantOf, type Field } from '../../field';
import { judgeCommand } from '../../judgeCommand';
import type { Shell } from '../../shell';

/** What is harmful wherever it happens. */
const anywhere = /^(?:network\.(?:download-run|reverse-shell|metadata)|secrets\.(?:store|sent)|machine\.bomb)$/;

/** One machine behind the other; whatever is further away is not looked at, and never decided anyway. */
const deepest = 3;
let depth = 0;

/**
 * Looks at a command that runs on another machine or in a container. Its paths are not those of this machine, so that only what
 * is harmful wherever it happens is taken over.
 * @param critical whether what no mode may destroy silently here is worth as much there.
 */
export function judgeElsewhere(shell: Shell, words: readonly Field[], critical: boolean): void {
  const texts = words.map((field) => constantOf(field));
  if (texts.length === 0 || texts.some((text) => text === undefined)) return;
  const span = words[0]?.span;
  // A shell there gets the words joined; a container gets them as they are, which this comes close to.
  const command = texts.join(' ');
  shell.spend(command.length >> 4);
  if (depth >= deepest) return;
  const inner = createReport(withoutRecovery(shell.report.world));
  depth += 1;
  try {
    judgeCommand(inner, { command }, shell.families);
  } finally {
    depth -= 1;
  }
  const found = inner.analysis();
  for (const { answer, rule, reason } of found.findings)
    if (answer === 'block' && anywhere.test(rule)) shell.report.harm(rule, reason, span);
  if (critical && found.critical) shell.report.harm(found.critical.rule, found.critical.reason, span);
}
