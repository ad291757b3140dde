import { say } from '../../../../../say';
import { globNamesSecrets } from '../../../../secretPaths';
import { globMatcher } from '../../../globs';
import {
  clean,
  constantOf,
  describeField,
  emptiedOf,
  type Field,
  knownStart,
  mixTaints,
  type Taint,
} from '../../field';
import { readField } from '../../paths';
import type { GitCall } from './command';

/** Sub-commands that put out what is in the files they are given. */
const showsContent = new Set([
  'diff',
  'show',
  'blame',
  'annotate',
  'cat-file',
  'log',
  'whatchanged',
  'grep',
  'diff-tree',
  'diff-index',
  'diff-files',
  'stash',
  'archive',
  'format-patch',
]);
/** Whether a word may name any file: something in it is not known, and it is no range of commits. */
function hidesPath(field: Field): boolean {
  return (
    field.pieces.some((piece) => piece.type === 'unknown' && piece.as !== 'integer') &&
    !/\.\./.test(knownStart(field.pieces))
  );
}

/** Sub-commands whose words name settings, patterns or commits, never files. */
const namesNoFiles = new Set(['config', 'check-ignore', 'branch', 'tag', 'remote', 'var', 'help', 'version', 'fsck']);

/**
 * Words that may name files, of the tree or of a commit; a secret is one wherever it is kept.
 * @param command the first word after `git`.
 * @returns what they carry, a secret for one.
 */
export function judgeNamedPaths({ shell, operands, options, state, context }: GitCall, command: string): Taint {
  if (namesNoFiles.has(command)) return clean;
  let taint = clean;
  // The first word of `git grep` is what is looked for.
  const words = command === 'grep' && !options.some(({ name }) => name === '-e') ? operands.slice(1) : operands;
  for (const field of words) {
    const text = emptiedOf(field.pieces);
    const path = text.slice(text.indexOf(':') + 1);
    const last = path.slice(path.lastIndexOf('/') + 1);
    // Git matches patterns by itself, quoted or not.
    if (/[*?[]/.test(last) && globNamesSecrets(last, globMatcher(last)))
      shell.doubt('secrets.project', say('{0} may name files that hold secrets', text), field.span);
    if (hidesPath(field) && showsContent.has(command))
      shell.doubt('paths.unknown', say('which path {0} stands for is not known', describeField(field)), field.span);
    if (path === '' || /[*?[{@^~]|\.\.\./.test(path) || constantOf(field) === undefined) continue;
    taint = mixTaints(
      taint,
      readField(
        shell,
        { ...field, pieces: [{ type: 'text', text: path }] },
        state,
        context,
        showsContent.has(command) ? 'content' : 'look',
      ),
    );
  }
  return taint;
}
