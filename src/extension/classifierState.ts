import { commands, type Disposable, EventEmitter, l10n, window } from 'vscode';
import type { ClassifierHealth } from '../core/gate/classifier/health';
import { localize } from './localize';

/** Whether the classifier of the open session answers, for everything in the window that shows it. */
export interface ClassifierState extends Disposable {
  readonly present: ClassifierHealth;
  set(health: ClassifierHealth): void;
  onChange(listener: () => void): Disposable;
}

export function createClassifierState(): ClassifierState {
  let present: ClassifierHealth = { state: 'ok' };
  const changed = new EventEmitter<void>();
  return {
    get present() {
      return present;
    },
    set(next) {
      if (next.state === present.state) return;
      present = next;
      changed.fire();
    },
    onChange: (listener) => changed.event(listener),
    dispose: () => changed.dispose(),
  };
}

/** What an outage means just now; undefined while there is none. */
export function outageText(health: ClassifierHealth): string | undefined {
  switch (health.state) {
    case 'ok':
      return undefined;
    case 'second':
      return l10n.t('The classifier’s model does not answer; {0} judges in its place.', health.model);
    case 'down':
      return l10n.t(
        'The classifier does not answer ({0}). Until it does, Auto lets run what analysis is sure of and asks you about the rest.',
        localize(health.why),
      );
  }
}

/** Says it once when the classifier stops answering; the status bar says the rest. */
export function watchClassifier(state: ClassifierState): Disposable {
  return state.onChange(() => {
    const { present } = state;
    const text = present.state === 'down' ? outageText(present) : undefined;
    if (text === undefined) return;
    const showLog = l10n.t('Show Log');
    void window.showWarningMessage(text, showLog).then(async (picked) => {
      if (picked === showLog) await commands.executeCommand('gatehouse.showLog');
    });
  });
}
