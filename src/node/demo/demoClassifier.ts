import type { MessagesRequest } from '../scriptedApi/requestSchema';
import type { ScriptedReply } from '../scriptedApi/script';
import { answerAs, type Ruling, textsOf } from './rulings';

/** What the demo classifier judges by: the call, and what the person typed. */
interface Judged {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly folder: string;
  readonly userWords: string;
}

/** Rule ids are those of core/gate/classifier/rules. Plays the classifier by a few plain rules. What they do not cover gets no verdict, so that a person is asked. */
export function classify(body: MessagesRequest): ScriptedReply {
  const judged = readAction(body);
  return answerAs(body, judged && judge(judged));
}

/** The action stands before the question: a title line, then the call. The session stands before it. */
function readAction(body: MessagesRequest): Judged | undefined {
  const texts = textsOf(body);
  const line = /^call (.*)$/m.exec(texts.at(-2) ?? '')?.[1] ?? '';
  try {
    const { folder, input, tool } = JSON.parse(line) as Record<string, unknown>;
    if (typeof tool !== 'string' || typeof input !== 'object' || input === null) return undefined;
    const lines = texts.slice(0, -2).flatMap((text) => text.split('\n'));
    const userWords = lines.filter((each) => each.startsWith('user ')).join('\n');
    return { tool, input: { ...input }, folder: String(folder), userWords };
  } catch {
    return undefined;
  }
}

function judge({ tool, input, folder, userWords }: Judged): Ruling | undefined {
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

function judgeCommand(command: string, userWords: string): Ruling | undefined {
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

function judgeRemoval(targets: readonly string[], userWords: string): Ruling {
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

const allow = (reason: string): Ruling => ({ block: false, reason });
const block = (rule: string, reason: string): Ruling => ({ block: true, rule, reason });
