import type { AgentEvent } from '../../core/events';
import { decisionLabel } from '../../core/gate/decisionLabel';
import { visible, visibleLine } from '../../core/gate/visible';
import type { CallId } from '../../core/ids';
import { english, say } from '../../core/say';
import type { Block, CallState, ShownBlock, Surface } from './surface';

/** Lines of a call's output that are shown; the rest is counted. */
const outputLines = 6;
const lineChars = 400;

type CallBlock = Extract<Block, { type: 'call' }>;
interface ShownCall {
  readonly tool: string;
  readonly shown: ShownBlock;
  readonly block: CallBlock;
}

/** Puts the events of a session on a surface, in order. The same events give the same screen. */
export interface Conversation {
  add(event: AgentEvent): void;
}

/** @param folder paths in titles are shown from there. */
export function createConversation(surface: Surface, folder: string): Conversation {
  let answer: { readonly shown: ShownBlock; text: string } | undefined;
  const calls = new Map<CallId, ShownCall>();

  function change(id: CallId, next: Partial<Omit<CallBlock, 'type'>>): void {
    const call = calls.get(id);
    if (!call) return;
    const block = { ...call.block, ...next };
    calls.set(id, { ...call, block });
    call.shown.update(block);
  }

  function dropUnfinished(): void {
    answer?.shown.remove();
    answer = undefined;
  }

  const notice = (level: 'info' | 'warning' | 'error', text: string): unknown =>
    surface.add({ type: 'notice', level, text: readable(text) });

  return {
    add(event) {
      switch (event.type) {
        case 'user':
          surface.addHistory(event.text);
          surface.add({ type: 'user', text: readable(event.text) });
          return;
        case 'text': {
          const text = (answer?.text ?? '') + event.text;
          const block: Block = { type: 'assistant', text: readable(text) };
          if (answer) {
            answer.text = text;
            answer.shown.update(block);
          } else if (text.trim() !== '') answer = { shown: surface.add(block), text };
          return;
        }
        case 'message-end':
          answer = undefined;
          return;
        case 'retry':
          dropUnfinished();
          notice('warning', english(event.said));
          return;
        case 'call': {
          const title = visibleLine(`${event.tool}: ${event.title.replaceAll(`${folder}/`, '')}`);
          const block: CallBlock = { type: 'call', state: 'waiting', title, decision: undefined, output: [] };
          calls.set(event.id, { tool: event.tool, shown: surface.add(block), block });
          return;
        }
        case 'call-reviewing':
          change(event.id, { state: 'waiting', decision: reviewing[event.by] });
          return;
        case 'call-decided': {
          const { outcome } = event.record;
          const state: CallState = outcome === 'allowed' ? 'running' : outcome === 'aborted' ? 'stopped' : 'refused';
          change(event.id, { state, decision: visibleLine(english(decisionLabel(event.record, 'en'))) });
          return;
        }
        case 'call-done': {
          const call = calls.get(event.id);
          if (!call || call.block.state === 'refused') return;
          const text = event.display?.type === 'output' ? event.display.text : event.text;
          const { display } = event;
          const shown = display?.type === 'diff' ? changed(display) : display?.type === 'todos' ? [] : shortened(text);
          const output = call.tool === 'Read' ? counted(text) : shown;
          change(event.id, {
            state: event.isError ? 'failed' : 'done',
            output: event.isError ? shortened(text) : output,
          });
          return;
        }
        case 'call-undone':
          notice('info', event.undone ? english(say('Taken back.')) : english(say('Done again.')));
          return;
        case 'todos':
          if (event.todos.length > 0)
            surface.add({
              type: 'verbatim',
              text: event.todos.map(({ content, status }) => `${todoMarks[status]} ${visibleLine(content)}`).join('\n'),
            });
          return;
        case 'notice':
          notice(event.level, english(event.said));
          return;
        case 'turn-end':
          dropUnfinished();
          for (const [id, { block }] of calls)
            if (block.state === 'waiting' || block.state === 'running') change(id, { state: 'stopped' });
          if (event.end === 'stopped') notice('info', english(say('Stopped.')));
          return;
        case 'turn-start':
        case 'thinking':
        case 'call-output':
        case 'call-kept':
        case 'job':
        case 'rewound':
        case 'cwd':
        case 'mode':
        case 'usage':
          return;
      }
    },
  };
}

const reviewing = {
  analysis: 'under review',
  classifier: 'the classifier looks at it',
  person: 'waiting for you',
} as const;
const todoMarks = { pending: '☐', in_progress: '▶', completed: '☑' } as const;

/** With marks for what would not be seen. Tabs are blanks here: this is for reading, a call is shown as it stands. */
const readable = (text: string): string => visible(text.replaceAll('\t', '    '));

/** A file that was read is on the disk for whoever wants to see it. */
const counted = (text: string): readonly string[] => [english(say('{0} lines', text.trimEnd().split('\n').length))];

function shortened(text: string): readonly string[] {
  const lines = readable(text.trimEnd()).split('\n');
  const shown = lines
    .slice(0, outputLines)
    .map((line) => (line.length > lineChars ? `${line.slice(0, lineChars)}…` : line));
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, english(say('… {0} more lines', more))] : text.trim() === '' ? [] : shown;
}

/** The lines that an edit takes out and puts in, without those around them that stay. */
function changed({ after, before }: { readonly before: string; readonly after: string }): readonly string[] {
  const [old, next] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end)) end += 1;
  const lines = [
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...next.slice(start, next.length - end).map((line) => `+ ${line}`),
  ];
  return shortened(lines.join('\n'));
}
