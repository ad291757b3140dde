import { commands, type Disposable, l10n, window } from 'vscode';
import { gateRules, haveExamples } from '../core/gate/gateRules';
import type { ExampleAnalysis } from '../core/gate/ruleExamples';
import type { Logger } from '../core/ports';
import { english } from '../core/say';
import { additionalFolders } from '../node/additionalFolders';
import type { PolicyWatch } from '../node/policyWatch';
import { localize } from './localize';
import type { RuleBook } from './ruleBook';
import type { EditorSettings } from './settings';

interface ProblemSources {
  readonly settings: EditorSettings;
  readonly policy: PolicyWatch;
  readonly book: RuleBook;
  readonly logger: Logger;
}

/** Names everything in settings and policy that could not be used, in one notice, and again only when that changes. */
export function watchProblems({ book, logger, policy, settings }: ProblemSources): Disposable {
  let told = '';
  let ignored = '';

  let looks = 0;

  function look(): void {
    looks += 1;
    const mine = looks;
    report(undefined);
    if (!haveExamples(book.places())) return;
    void import('../node/ruleAnalysis').then(
      ({ analyzeExample }) => {
        if (mine === looks) report(analyzeExample);
      },
      (error: unknown) => logger.error(`the examples of rules could not be checked: ${String(error)}`),
    );
  }

  function report(analyze: ExampleAnalysis | undefined): void {
    const { problems } = gateRules(book.places(), analyze);
    const { problems: missing } = additionalFolders(settings.user.additionalFolders);
    tell([
      ...settings.problems.map(({ said }) => said),
      ...missing,
      ...policy.policy().problems,
      ...book.problems(),
      ...problems,
    ]);
    if (settings.ignored.join() === ignored) return;
    ignored = settings.ignored.join();
    for (const key of settings.ignored)
      logger.warn(`claudeCode.${key} of the workspace is ignored: only the value in the user settings counts.`);
  }

  function tell(problems: Parameters<typeof english>[0][]): void {
    const text = problems.map(english).join('\n');
    if (text === told) return;
    told = text;
    if (problems.length === 0) return;
    for (const problem of problems) logger.warn(english(problem));
    const open = l10n.t('Open Settings');
    void window.showWarningMessage(problems.map(localize).join(' '), open).then(async (picked) => {
      if (picked === open) await commands.executeCommand('workbench.action.openSettings', '@ext:gatehouse.gatehouse');
    });
  }

  look();
  return book.onChange(look);
}
