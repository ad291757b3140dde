import { say } from '../../../say';
import type { Span } from '../../effect';
import { baseName } from '../../paths';
import type { Shell } from '../shell/shell';
import { codeOf } from './language';
import { judgeTrace } from './verdict';

/** Code of others, installed: what it says is not reviewed by anyone when it changes. */
const dependencies = /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor\/bundle)\//;

/**
 * Judges what a call put into files as what it would do when it runs (design section 5, rule R41): of files that later steps of
 * work obey all of it must be harmless; of any other code it must not be harmful.
 * @param cwd where it would run.
 */
export function judgeLater(shell: Shell, cwd: readonly string[] | undefined): void {
  const { report } = shell;
  for (const [path, span] of report.obeyed()) {
    judgeObeyed(shell, path, span, cwd);
    report.settleObeyed(path);
  }
  for (const [path, trace] of report.changes.own) {
    if (trace.state === 'gone' || trace.unknown || report.obeyed().has(path)) continue;
    // What this call runs has been judged as it ran.
    if (trace.text !== undefined && shell.ran.get(path) === trace.text) continue;
    const code = codeOf(baseName(path));
    if (code === undefined || code === 'make') continue;
    const verdict = judgeTrace(shell, path, trace, code, cwd);
    if (verdict.answer === 'block')
      report.doubt('edits.harmful', say('{0} would do harm when it runs: {1}', path, verdict.why));
  }
}

function judgeObeyed(shell: Shell, path: string, span: Span | undefined, cwd: readonly string[] | undefined): void {
  const { report } = shell;
  const trace = report.changes.of(path);
  const rule = 'edits.executed-later';
  if (!trace || trace.unknown || dependencies.test(path)) {
    if (trace?.state !== 'gone')
      report.doubt(rule, say('{0} runs or takes effect later, so what it says decides', path), span);
    return;
  }
  if (trace.network) {
    report.doubt(rule, say('{0} runs or takes effect later, and it was downloaded', path), span);
    return;
  }
  const verdict = judgeTrace(shell, path, trace, codeOf(baseName(path)), cwd);
  if (verdict.answer !== 'allow')
    report.doubt(rule, say('{0} runs or takes effect later: {1}', path, verdict.why), span);
}
