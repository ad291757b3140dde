import type { ModeControl } from '../core/gate/modeControl';
import type { ManagedPolicy } from '../core/gate/policy';
import type { AgentHost } from './agentHost';
import type { showModal } from './dialogs';
import type { RuleBook } from './ruleBook';
import type { EditorSettings } from './settings';

/** What the suites inside the editor hold on to. Handed out only while they run. */
export interface TestSeam {
  readonly control: ModeControl;
  readonly settings: EditorSettings;
  readonly book: RuleBook;
  host(): Promise<AgentHost>;
  /** Ends the host; the next `host()` makes it anew from what is stored, as a reload of the window would. */
  closeHost(): Promise<void>;
  usePolicy(policy: ManagedPolicy): void;
  /** Answers modal dialogs, which the editor refuses in its tests. */
  useDialogs(show: typeof showModal): void;
  /** Stores or removes the API key, as *Set API Key* does. */
  useKey(key: string | undefined): Promise<void>;
}
