import type { ExtensionContext, LogOutputChannel } from 'vscode';
import type { ModeControl } from '../core/gate/modeControl';
import type { Logger } from '../core/ports';
import type { PolicyWatch } from '../node/policyWatch';
import type { ClassifierState } from './classifierState';
import type { showModal } from './dialogs';
import type { Documents } from './documents';
import type { RuleBook } from './ruleBook';
import type { RuleUse } from './ruleUse';
import type { EditorSettings } from './settings';

/** What activation makes and the agent host, which is loaded later and from a file of its own, builds on. */
export interface HostParts {
  readonly context: ExtensionContext;
  readonly settings: EditorSettings;
  readonly policy: PolicyWatch;
  readonly book: RuleBook;
  readonly use: RuleUse;
  readonly documents: Documents;
  readonly control: ModeControl;
  readonly classifier: ClassifierState;
  /** Told when files were changed or taken back. */
  readonly onFilesChanged: () => void;
  readonly logger: Logger;
  readonly channel: LogOutputChannel;
  /** Modal dialogs; tests, in which the editor refuses them, put their own in. */
  readonly show: typeof showModal;
}
