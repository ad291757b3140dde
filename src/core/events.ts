import type { Mode } from './gate/modes';
import type { DecisionRecord } from './gate/record';
import type { CallId } from './ids';
import type { Usage } from './ports';
import type { Said } from './say';
import type { Todo, ToolDisplay } from './tools/call';

/** Why a turn ended. `done`: the model finished. `stopped`: the person stopped it. */
export type TurnEnd = 'done' | 'stopped' | 'failed' | 'limit';

/**
 * Everything a front end sees of a session: the only way from the core to a screen. Plain data, in order; replaying the events
 * of a session gives the same screen (golden transcripts are made of these).
 */
export type AgentEvent =
  /**
   * `n`: the number of its message in the stored conversation, by which the person can go back to it. `queued`: it waited until
   * now, under this id.
   */
  | {
      readonly type: 'user';
      readonly text: string;
      readonly at: number;
      readonly n?: number;
      readonly queued?: string;
    }
  /** The person sent a message while the agent worked: it waits in sight until the next safe point. */
  | { readonly type: 'queued'; readonly id: string; readonly text: string; readonly at: number }
  /** The person took a waiting message back. */
  | { readonly type: 'withdrawn'; readonly id: string }
  /** The person went back to before that message: it and what came after are out of the conversation. */
  | { readonly type: 'rewound'; readonly n: number }
  | { readonly type: 'turn-start' }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  /**
   * The assistant message that was streamed is complete; what follows starts a new one. Text and thinking that no `message-end`
   * has followed are void once a `retry` or a `turn-end` comes: the reply was lost, and front ends take it off the screen.
   */
  | { readonly type: 'message-end' }
  | {
      readonly type: 'call';
      readonly id: CallId;
      readonly tool: string;
      readonly title: string;
      readonly exact: string;
    }
  | { readonly type: 'call-reviewing'; readonly id: CallId; readonly by: 'analysis' | 'classifier' | 'person' }
  | { readonly type: 'call-decided'; readonly id: CallId; readonly record: DecisionRecord }
  | { readonly type: 'call-output'; readonly id: CallId; readonly chunk: string }
  | {
      readonly type: 'call-done';
      readonly id: CallId;
      readonly isError: boolean;
      readonly text: string;
      readonly display: ToolDisplay | undefined;
      readonly durationMs: number;
    }
  /** What the call started goes on in the background, or has ended there. */
  | {
      readonly type: 'job';
      readonly id: CallId;
      readonly job: string;
      readonly state: 'running' | 'done' | 'failed' | 'ended';
    }
  /** What the call changed was kept and can be taken back. `files`: how many paths; `lost`: how many that cannot be. */
  | { readonly type: 'call-kept'; readonly id: CallId; readonly files: number; readonly lost?: number }
  /** The person took back what the call changed, or did it again. `path`: of one file only. */
  | { readonly type: 'call-undone'; readonly id: CallId; readonly undone: boolean; readonly path?: string }
  | { readonly type: 'todos'; readonly todos: readonly Todo[] }
  | { readonly type: 'cwd'; readonly cwd: string }
  | { readonly type: 'mode'; readonly mode: Mode }
  | {
      readonly type: 'retry';
      readonly attempt: number;
      readonly attempts: number;
      readonly delayMs: number;
      readonly said: Said;
    }
  | {
      readonly type: 'notice';
      readonly level: 'info' | 'warning' | 'error';
      readonly said: Said;
      readonly action?: NoticeAction;
    }
  | { readonly type: 'usage'; readonly usage: Usage }
  /**
   * So many messages at the beginning of the conversation are left out of it from here on, with this in their place. Undefined:
   * there is no summary, only what the person said.
   */
  | { readonly type: 'compacted'; readonly summary: string | undefined; readonly messages: number }
  | { readonly type: 'turn-end'; readonly end: TurnEnd };

/** The one button of a notice. */
export type NoticeAction = 'set-api-key' | 'retry' | 'go-on' | 'show-log' | 'new-session';
