import { relative } from 'node:path';
import type { ModeInForce } from '../core/gate/modeInForce';
import { insteadText, modeDetails, modeLabels, refusalText } from '../core/gate/modeTexts';
import { type Said, say } from '../core/say';
import type { ChatStatus, NoticeActionId } from '../webview/protocol';
import { actionLabel, type Progress } from './chatItems';

/** What the page shows around the conversation depends on. */
export interface Situation {
  readonly progress: Progress;
  readonly mode: ModeInForce;
  readonly model: string;
  readonly connection: 'key' | 'demo' | 'none' | 'unknown';
  /** Why there is nothing to work with, when `connection` is `none`. */
  readonly missing: Said | undefined;
  readonly trusted: boolean;
  readonly folders: readonly string[];
  /** The sessions that work while another one is on the page. */
  readonly others: readonly { readonly title: string; readonly asks: boolean }[];
}

/** Everything on the page besides the items. */
export function chatStatus(situation: Situation, localize: (said: Said) => string): ChatStatus {
  const { connection, folders, mode, model, progress } = situation;
  const detail = [
    localize(modeDetails[mode.mode]),
    ...mode.refusals.map((refusal) => refusalText(refusal, localize)),
  ].join('\n');
  return {
    busy: progress.busy,
    mode: { id: mode.mode, label: localize(modeLabels[mode.mode]), detail },
    model: connection === 'demo' ? localize(say('Offline demo model')) : model,
    cwd: shortFolder(progress.cwd ?? folders[0], folders),
    todos: progress.todos,
    queued: progress.queued,
    welcome: welcome(situation, localize),
    banner: banner(situation, localize),
  };
}

/** Relative to its workspace folder, whose name stands first when there are several. */
function shortFolder(cwd: string | undefined, folders: readonly string[]): string {
  if (cwd === undefined) return '';
  const folder = folders.find((candidate) => cwd === candidate || cwd.startsWith(`${candidate}/`));
  if (folder === undefined) return cwd;
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  return [name, relative(folder, cwd)].filter((part) => part !== '').join('/');
}

/** The tasks that the demo plays in the sample workspace. It knows them by their English words, so they are not translated. */
const demoTasks = [
  'Fix the failing test',
  'Clean up the generated files',
  'Send the environment to the diagnostics server',
];
const tasks = [
  say('Explain how this project is built and tested'),
  say('Find out why the tests fail and fix it'),
  say('Which parts of this code have no tests?'),
];

function welcome({ connection, folders, missing }: Situation, localize: (said: Said) => string): ChatStatus['welcome'] {
  const action = (id: NoticeActionId) => ({ id, label: localize(actionLabel(id)) });
  if (folders.length === 0) {
    const text = localize(
      say('Open a folder first (File > Open Folder). The agent works on the files of a folder on this machine.'),
    );
    return { text, actions: [], suggestions: [] };
  }
  switch (connection) {
    case 'unknown':
      return undefined;
    case 'none': {
      const text = localize(
        say(
          'A coding agent that asks before it acts. {0} Or try it without one: the offline demo plays three tasks with scripted replies; the tools, the gate and its decisions are the real ones.',
          missing ? localize(missing) : '',
        ),
      );
      return { text, actions: [action('set-api-key'), action('demo')], suggestions: [] };
    }
    case 'demo': {
      const text = localize(
        say(
          'Offline demo: the replies are scripted, everything else is real. It plays these three tasks in the sample workspace.',
        ),
      );
      return { text, actions: [action('set-api-key')], suggestions: demoTasks };
    }
    case 'key': {
      const text = localize(
        say('Every call of the agent is reviewed before it runs. What would you like to have done?'),
      );
      return { text, actions: [], suggestions: tasks.map(localize) };
    }
  }
}

function banner(
  { connection, mode, others, trusted }: Situation,
  localize: (said: Said) => string,
): string | undefined {
  const instead = insteadText(mode, localize);
  const lines = [
    ...(trusted
      ? []
      : [
          localize(
            say(
              'Restricted Mode: this workspace is not trusted, so the agent may only look at its files. Trust the workspace to let it work.',
            ),
          ),
        ]),
    ...(connection === 'demo'
      ? [localize(say('Offline demo: the replies are scripted, not written by a model.'))]
      : []),
    ...(instead ? [instead] : []),
    ...(others.length > 0
      ? [
          others
            .map(({ asks, title }) =>
              localize(
                asks ? say('“{0}” waits for your answer.', title) : say('“{0}” works on behind this one.', title),
              ),
            )
            .join(' '),
        ]
      : []),
  ];
  return lines.length > 0 ? lines.join(' ') : undefined;
}
