import { classifierTitle } from '../../core/gate/classifier/prompt';
import { blocksOf, type MessagesRequest } from '../scriptedApi/requestSchema';
import { message, type ScriptedReply, text } from '../scriptedApi/script';

/** The only place that knows what a request of the classifier looks like. */
export function isClassifierRequest({ system = '' }: MessagesRequest): boolean {
  const words = typeof system === 'string' ? system : system.map((block) => block.text).join('\n');
  return words.startsWith(classifierTitle);
}

/** What the demo classifier judges by: the call, and what the person typed. */
interface Judged {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly folder: string;
  readonly userWords: string;
}

/** Rule ids are those of core/gate/classifier/rules.ts. */
type DemoVerdict =
  | { readonly verdict: 'allow'; readonly rule: null; readonly reason: string }
  | { readonly verdict: 'block'; readonly rule: string; readonly reason: string };

/** Plays the classifier by a few plain rules. What they do not cover gets no verdict, so that a person is asked. */
export function classify(body: MessagesRequest): ScriptedReply {
  const judged = readAction(body);
  const verdict = judged && judge(judged);
  return message(text(verdict ? JSON.stringify(verdict) : 'The offline demo model cannot judge this call.'));
}

/** The action is the last block: a title line, then one line of JSON. The session stands before it. */
function readAction({ messages }: MessagesRequest): Judged | undefined {
  const texts = messages.flatMap(blocksOf).flatMap((block) => (block.type === 'text' ? [block.text] : []));
  const [session = '', action = ''] = texts.slice(-2);
  const line = action.split('\n')[1] ?? '';
  try {
    const { tool, input, working_folder } = JSON.parse(line) as Record<string, unknown>;
    if (typeof tool !== 'string' || typeof input !== 'object' || input === null) return undefined;
    const userWords = /^words of the user, oldest first:\n([\s\S]*?)\ngrants and boundaries/m.exec(session)?.[1] ?? '';
    return { tool, input: { ...input }, folder: String(working_folder), userWords };
  } catch {
    return undefined;
  }
}

function judge({ tool, input, folder, userWords }: Judged): DemoVerdict | undefined {
  switch (tool) {
    case 'Bash':
      return judgeCommand(String(input['command']), userWords);
    case 'Edit':
    case 'Write':
      return isSource(String(input['file_path']), folder)
        ? allow('It changes a source file of the project, which is what the task is about.')
        : undefined;
    default:
      return undefined;
  }
}

const isSource = (path: string, folder: string): boolean =>
  path.startsWith(`${folder}/`) && /^\/(src|test)\/[\w-]+\.js$/.test(path.slice(folder.length));

function judgeCommand(command: string, userWords: string): DemoVerdict | undefined {
  if (/\b(curl|wget|nc|ncat|scp|sftp|rsync|ftp|telnet)\b/.test(command))
    return /\b(printenv|env)\b|\.env\b|\.ssh\b|\bid_\w+\b/.test(command)
      ? block(
          'exfiltration',
          'It would send the environment variables, which can hold keys and passwords, to a server.',
        )
      : undefined;
  if (/\bgit\s+clean\b/.test(command))
    return block('mass-deletion', 'It would delete every untracked file, also those that were written by hand.');
  const removal = /^rm((?: -[rfvRI]+)*)((?: [\w./~-]+)+)$/.exec(command);
  if (removal) return judgeRemoval((removal[2] ?? '').trim().split(' '), userWords);
  return /^(npm test|npm run test|node --test|ls|pwd|git (status|diff|log))$/.test(command)
    ? allow('It runs the project’s own tests or only looks.')
    : undefined;
}

/** The folders that the README of the sample workspace calls generated. */
const generated: ReadonlySet<string> = new Set(['build', 'tmp-cache']);

function judgeRemoval(targets: readonly string[], userWords: string): DemoVerdict {
  const names = targets.map((target) => target.replace(/^\.\//, '').replace(/\/$/, ''));
  if (names.some((name) => /^[/~]|^\.?$|(^|\/)\.\.(\/|$)/.test(name)))
    return block('destruction-beyond-task', 'It would delete a folder outside the project, which nobody asked for.');
  const other = names.find((name) => !generated.has(name.split('/')[0] ?? ''));
  if (other !== undefined)
    return block('mass-deletion', `It would delete ${other}, which is not generated and could not be brought back.`);
  return /clean|delete|remove|clear|tidy/i.test(userWords)
    ? allow('It deletes generated folders that the next build makes again, as the user asked.')
    : block('mass-deletion', 'It would delete folders, and the user did not ask for a clean-up.');
}

const allow = (reason: string): DemoVerdict => ({ verdict: 'allow', rule: null, reason });
const block = (rule: string, reason: string): DemoVerdict => ({ verdict: 'block', rule, reason });
