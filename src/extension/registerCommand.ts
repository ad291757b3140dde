import { commands, type Disposable, type LogOutputChannel, l10n, window } from 'vscode';
import type { Logger } from '../core/ports';

/**
 * Registers a command that takes no arguments: whatever a task, a keybinding or another extension passes is dropped, so that
 * nobody but the person can choose (a mode, for one). A failure is shown and logged.
 */
export function registerCommand(
  id: string,
  run: (...given: readonly unknown[]) => unknown,
  { channel, logger }: { readonly channel: LogOutputChannel; readonly logger: Logger },
): Disposable {
  return commands.registerCommand(`gatehouse.${id}`, async (...given: readonly unknown[]) => {
    try {
      await run(...given);
    } catch (error) {
      logger.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      const log = l10n.t('Show Log');
      const message = error instanceof Error ? error.message : String(error);
      void window.showErrorMessage(l10n.t('That did not work: {0}', message), log).then((picked) => {
        if (picked === log) channel.show(true);
      });
    }
  });
}
