import { say } from '../../../../../say';
import { constantOf, describeField, type Field } from '../../field';
import type { GitCall, GitDoing } from './command';

/** The name of a branch, tag or commit, as people write them; no range, no options, nothing that a shell would expand. */
const plainRef =
  /^(?:-|@|@?@\{[\w .:/-]+\}|\^?[A-Za-z0-9_][\w./+#-]*(?:@[\w.+-]+)*(?:@\{[\w .:/-]+\})?)(?:[~^]\d*|\^[!@-]\d*|\^\{(?:commit|tree|tag|)\})*$/;
/** A name that is given: other tools put it into command lines, so that it holds nothing a shell would take for more. */
const newName = /^[A-Za-z0-9_](?:[\w/+#@-]|\.(?!\.))*$/;
/** What others have proposed and nobody has taken in yet. */
const foreign = /(?:^|\/)(?:pr|pull|mr|merge-requests?|pull-requests?|patch|fork)[-_/#]?\d+(?:$|[/_-])|^FETCH_HEAD/i;

export function isRef(text: string): boolean {
  return text.split(/\.{2,3}/).every((part, at) => (part === '' ? at > 0 || text.length > 2 : plainRef.test(part)));
}

/** Whether a name stands for what others have proposed. */
export function isForeign(text: string): boolean {
  return foreign.test(text);
}

/** A commit or branch whose content comes into the work tree or the history. @returns its text when it is a plain one. */
export function judgeRef({ shell, name }: GitCall, field: Field): string | undefined {
  const text = constantOf(field);
  if (text === undefined || !isRef(text)) {
    shell.doubt('git.ref', say('what {1} means to {0} is not known', name, describeField(field)), field.span);
    return undefined;
  }
  if (isForeign(text))
    shell.doubt(
      'git.foreign',
      say('{0} may hold what someone else proposes, and later steps would run it', text),
      field.span,
    );
  return text;
}

/** A branch or tag that is made. */
export function judgeNewName({ shell }: GitCall, field: Field): void {
  const text = constantOf(field);
  if (text === undefined || !newName.test(text) || /@\{|\/\/|\.lock$|^HEAD$|\/$/.test(text))
    shell.doubt('git.ref', say('{0} is no plain name for a branch or tag', describeField(field)), field.span);
}

/** Every operand is a commit, a branch or a range of commits. */
export const takesRefs: GitDoing = {
  name: 'takes refs',
  run(at) {
    for (const field of at.operands) judgeRef(at, field);
  },
};

/** Makes a branch or tag: the name first, then where it starts. @param options that are given the name instead. */
export function makesRef(options = ''): GitDoing {
  return {
    name: 'makes a ref',
    run(at) {
      const names = options.split(' ');
      const given = at.options.filter(({ name }) => names.includes(name));
      for (const { value } of given) if (value) judgeNewName(at, value);
      for (const [index, field] of at.operands.entries())
        if (index === 0 && given.length === 0) judgeNewName(at, field);
        else judgeRef(at, field);
    },
  };
}
