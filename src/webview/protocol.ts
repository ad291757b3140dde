import * as z from 'zod/mini';

export { pageStrings } from './strings';

/**
 * What the extension and the chat page say to each other. The page holds no state of its own but the draft and what is folded
 * open: the extension sends items, the page draws them. All texts arrive localized. Messages from the page are validated
 * with {@link fromPage}; nothing in them is trusted beyond that.
 */

export interface DecisionView {
  readonly outcome: 'allowed' | 'blocked' | 'denied' | 'aborted';
  /** One line: "Allowed here in 0.1 ms: reads inside the workspace". */
  readonly label: string;
  readonly rule: string;
  readonly reason: string;
  /** Where the rule comes from. */
  readonly source: string;
  readonly effects: readonly string[];
  /** Ranges of `exact` that the decision rests on. */
  readonly evidence: readonly { readonly start: number; readonly end: number }[];
  readonly person: string | undefined;
  /** The person may still allow exactly this call. */
  readonly allowable: boolean;
}

/** A question of Normal mode, asked on the card itself. Deny comes first and has the focus. */
export interface QuestionView {
  readonly id: string;
  readonly reason: string;
  readonly rule: string;
  readonly cwd: string;
  readonly effects: readonly string[];
  readonly hasDiff: boolean;
  readonly offers: readonly {
    readonly choice: 'once' | 'session' | 'always';
    readonly label: string;
    readonly detail: string | undefined;
  }[];
}

/** Questions of the agent's, answered on the card. */
export interface AsksView {
  readonly id: string;
  readonly questions: readonly {
    readonly header: string;
    readonly question: string;
    readonly multiple: boolean;
    readonly options: readonly { readonly label: string; readonly description: string | undefined }[];
  }[];
}

export type CallState =
  | 'pending'
  | 'reviewing'
  | 'asking'
  | 'running'
  | 'done'
  | 'failed'
  | 'blocked'
  | 'denied'
  | 'aborted';

export type ChatItem =
  /** `rewindable`: the person can go back to before it. */
  | { readonly id: string; readonly type: 'user'; readonly text: string; readonly rewindable?: boolean }
  | { readonly id: string; readonly type: 'assistant'; readonly text: string; readonly streaming: boolean }
  | { readonly id: string; readonly type: 'thinking'; readonly text: string; readonly streaming: boolean }
  | {
      readonly id: string;
      readonly type: 'call';
      readonly tool: string;
      readonly title: string;
      /** The whole call, control and bidirectional characters made visible. */
      readonly exact: string;
      readonly state: CallState;
      /** Localized: "Running", "Blocked", "Waiting for you" … */
      readonly stateLabel: string;
      readonly decision: DecisionView | undefined;
      readonly question: QuestionView | undefined;
      readonly asks: AsksView | undefined;
      /** Tail of the output. */
      readonly output: string;
      readonly hasDiff: boolean;
      readonly hasLog: boolean;
      readonly durationMs: number | undefined;
      /** What it changed can be taken back, or was. */
      readonly undo: 'available' | 'undone' | undefined;
      /** Paths that it changed and that cannot be taken back. */
      readonly notKept?: number;
      /** What it started goes on in the background and can be ended. */
      readonly stoppable: boolean;
    }
  | {
      readonly id: string;
      readonly type: 'notice';
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
      readonly action: { readonly id: NoticeActionId; readonly label: string } | undefined;
    };

export type NoticeActionId = 'set-api-key' | 'retry' | 'go-on' | 'show-log' | 'new-session' | 'demo' | 'ledger';

export interface TodoView {
  readonly text: string;
  readonly status: 'pending' | 'in_progress' | 'completed';
}

/** Everything on the page besides the items. */
export interface ChatStatus {
  readonly busy: boolean;
  readonly mode: { readonly id: 'normal' | 'auto' | 'skip'; readonly label: string; readonly detail: string };
  readonly model: string;
  /** Shown under the box; workspace-relative. */
  readonly cwd: string;
  readonly todos: readonly TodoView[];
  /** Messages that wait to enter, above the box. */
  readonly queued: readonly { readonly id: string; readonly text: string }[];
  /** Shown instead of an empty conversation: what to do first. */
  readonly welcome:
    | {
        readonly text: string;
        readonly actions: readonly { readonly id: NoticeActionId; readonly label: string }[];
        readonly suggestions: readonly string[];
      }
    | undefined;
  /** A line above the box while something limits what the agent can do (Restricted Mode, a mode that is not available). */
  readonly banner: string | undefined;
}

/** What stands in the box, and when it was typed. Milliseconds since the epoch; 0 for a box that was never used. */
export interface Draft {
  readonly text: string;
  readonly at: number;
}

export type ToPage =
  /** Answer to `ready`, and after a new session: the page starts over from this. `strings`: texts of the page by key. */
  | {
      readonly type: 'reset';
      readonly items: readonly ChatItem[];
      readonly status: ChatStatus;
      readonly draft: Draft;
      readonly strings: Readonly<Record<string, string>>;
    }
  /** Replaces the item with the same id, or appends it. */
  | { readonly type: 'item'; readonly item: ChatItem }
  | { readonly type: 'status'; readonly status: ChatStatus }
  /** A text for the box, unless something stands in it; with `before`, in front of that. */
  | { readonly type: 'fill'; readonly text: string; readonly before: boolean }
  | { readonly type: 'focus' };

const id = z.string().check(z.maxLength(200));

export const fromPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('send'), text: z.string().check(z.maxLength(1_000_000)) }),
  /** Takes a waiting message back, to throw it away or to write it anew. */
  z.object({ type: z.literal('withdraw'), id, edit: z.boolean() }),
  /** Sends what waits after the agent has stopped. */
  z.object({ type: z.literal('send-waiting') }),
  z.object({ type: z.literal('stop') }),
  /** The person is typing; `text` is the draft to keep, typed `at`. Also what modals wait on. */
  z.object({ type: z.literal('draft'), text: z.string().check(z.maxLength(1_000_000)), at: z.number() }),
  z.object({ type: z.literal('pick-mode') }),
  z.object({ type: z.literal('answer'), questionId: id, choice: z.enum(['deny', 'once', 'session', 'always']) }),
  /** Answers to the agent's questions, in their order; without any, the person does not want to answer. */
  z.object({
    type: z.literal('reply'),
    itemId: id,
    answers: z.optional(
      z
        .array(
          z.object({
            chosen: z.array(z.number().check(z.int(), z.nonnegative())).check(z.maxLength(10)),
            typed: z.string().check(z.maxLength(10_000)),
          }),
        )
        .check(z.maxLength(10)),
    ),
  }),
  /** A no with a reason, which the extension asks for. */
  z.object({ type: z.literal('deny-why'), questionId: id }),
  z.object({ type: z.literal('show-diff'), itemId: id }),
  z.object({ type: z.literal('show-log'), itemId: id }),
  /** A yes to a call that was blocked; the extension shows it whole and asks. */
  z.object({ type: z.literal('allow-call'), itemId: id }),
  /** Takes back what a call changed, or does it again; the extension shows what that would do and asks. */
  z.object({ type: z.literal('undo-call'), itemId: id }),
  /** Goes back to before a message; the extension asks what is to go back. */
  z.object({ type: z.literal('rewind'), itemId: id }),
  /** Ends what a call started in the background. */
  z.object({ type: z.literal('stop-job'), itemId: id }),
  /** Opens the whole call read-only in an editor. */
  z.object({ type: z.literal('show-call'), itemId: id }),
  z.object({
    type: z.literal('action'),
    action: z.enum(['set-api-key', 'retry', 'go-on', 'show-log', 'new-session', 'demo', 'ledger']),
  }),
  /** A link in the model's text was clicked; the extension shows where it leads and asks. */
  z.object({ type: z.literal('open-link'), url: z.string().check(z.maxLength(4000)) }),
  z.object({ type: z.literal('copy'), text: z.string().check(z.maxLength(1_000_000)) }),
]);
export type FromPage = z.infer<typeof fromPage>;
