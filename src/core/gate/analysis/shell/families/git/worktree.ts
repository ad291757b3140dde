import { say } from '../../../../../say';
import { type Located, locate } from '../../../../paths';
import { protectionOf } from '../../../../protectedPaths';
import { globNamesSecrets, secrecyOf } from '../../../../secretPaths';
import { globMatcher } from '../../../globs';
import { isGenerated } from '../../../loss';
import { pathTarget } from '../../../report';
import { judgeDelete, judgeRead, judgeWrite, type Origin } from '../../../scope';
import { constantOf, emptiedOf, type Field } from '../../field';
import { judgeField } from '../../paths';
import { removeEach } from '../../touch';
import { treeEffect } from './acts';
import { type GitCall, type GitDoing, has } from './command';
import { losesWork } from './lossOfWork';
import { judgeRef } from './refs';

/** What git means by a word that names files: `:/` is the top, `:!x` leaves some out; `undefined`: nothing that is taken in. */
function pathspec(at: GitCall, field: Field): Field | undefined {
  const text = emptiedOf(field.pieces);
  if (!text.startsWith(':')) return field;
  if (/^:(?:[!^]|\(exclude\))/.test(text)) return undefined;
  const [root] = at.repositories;
  if (/^:\/?$/.test(text) && root) return { ...field, pieces: [{ type: 'text', text: root.root }] };
  at.shell.doubt('paths.unknown', say('which path {0} stands for is not known', text), field.span);
  return undefined;
}

/** Each operand names files whose content goes into the index or the history. */
export const addsFiles: GitDoing = {
  name: 'adds files',
  run(at) {
    const { shell, state, context } = at;
    const { place, facts } = shell.report.world;
    const forced = has(at, '-f --force');
    for (const field of at.operands) {
      const spec = pathspec(at, field);
      if (!spec) continue;
      const text = emptiedOf(spec.pieces);
      const last = text.slice(text.lastIndexOf('/') + 1);
      const secret = (): void =>
        shell.doubt(
          'git.secret-recorded',
          say('{0} may hold a secret, which the history would keep', text),
          field.span,
        );
      if (/[*?[]/.test(last) && globNamesSecrets(last, globMatcher(last))) secret();
      judgeField(shell, spec, state, context, (path, from) => {
        judgeRead(shell.report, path, from, 'look');
        const found = locate(path, facts);
        if (!found.ok) return;
        if (secrecyOf(found.at.real, place, facts) ?? secrecyOf(found.at.path, place, facts)) secret();
        if (facts.kind(found.at.real) === 'folder') addsFolder(at, found.at);
        // Without the list of what is left out, everything in a folder goes in: what is built, installed, secret.
        const kind = facts.kind(found.at.real);
        const output = kind === 'unknown' && isGenerated(`${found.at.real}/x`, shell.report) && !/\.\w+$/.test(text);
        if (forced && (kind === 'folder' || output || /(?:^|\/)\.?$|[*?[]/.test(text)))
          shell.doubt('git.ignored', say('it would take in what the project leaves out on purpose'), field.span);
      });
    }
    if (at.operands.length === 0 && has(at, '-A --all --no-ignore-removal'))
      for (const { root } of at.repositories) {
        const found = locate(root, facts);
        if (found.ok) addsFolder(at, found.at);
        if (forced)
          shell.doubt('git.ignored', say('it would take in what the project leaves out on purpose'), undefined);
      }
  },
};

/** A secret at the top of a folder that nothing leaves out would go in with the rest. */
function addsFolder({ shell, invocation }: GitCall, at: Located): void {
  const { place, facts } = shell.report.world;
  for (const name of facts.list(at.real) ?? []) {
    const path = `${at.real}/${name}`;
    if (secrecyOf(path, place, facts) && facts.tracking(path) === 'untracked')
      shell.doubt(
        'git.secret-recorded',
        say('{0} may hold a secret, which the history would keep', path),
        invocation.span,
      );
  }
}

/** Operands that name files are brought back to what a commit or the index holds, so that changes in them are lost. */
export const restores: GitDoing = {
  name: 'restores',
  run(at) {
    if (has(at, '-S --staged') && !has(at, '-W --worktree')) return;
    const source = at.options.find(({ name }) => name === '-s' || name === '--source')?.value;
    for (const field of at.operands) judgeRestore(at, field, sourceOf(source));
    if (at.operands.length === 0)
      losesWork(at, 'modified', 'git.work-lost', say('changes that are in no commit would be lost'));
  },
};

const sourceOf = (commit: Field | undefined): Source =>
  commit === undefined ? 'index' : isOwn(commit) ? 'own' : 'foreign';

/** Whether a commit is one that the current branch holds. */
function isOwn(field: Field): boolean {
  return /^(?:HEAD|@)(?:[~^]\d*)*$/.test(constantOf(field) ?? '');
}

/**
 * @param field names files of the work tree.
 * @param source where what they get comes from: the index, a commit of the branch, or another one, which may have been fetched.
 */
export function judgeRestore(at: GitCall, field: Field, source: Source = 'index'): void {
  const { shell, state, context } = at;
  const spec = pathspec(at, field);
  if (!spec) return;
  const text = emptiedOf(spec.pieces);
  // Git matches patterns by itself, and then more than one folder deep.
  if (/[*?[]/.test(text)) {
    treeEffect(at, 'write');
    losesWork(at, 'modified', 'git.work-lost', say('changes in {0} that are in no commit would be lost', text));
    return;
  }
  judgeField(shell, spec, state, context, (path, from) => restoreOne(at, path, from, source), 'write');
}

type Source = 'index' | 'own' | 'foreign';

function restoreOne(call: GitCall, path: string, from: Origin, source: Source): void {
  const { report } = call.shell;
  const { facts } = report.world;
  const at = judgeWrite(report, path, from, 'append');
  if (!at) return;
  const kind = facts.kind(at.real);
  if (kind === 'folder') report.effect('write', pathTarget(at, true), from.span, from.certainty);
  const trace = report.changes.of(at.real);
  if (source === 'foreign') report.changes.edit(at.real, [undefined]);
  // What the session wrote is its own to give up; what it removed comes back.
  if (trace?.state === 'made' || trace?.state === 'gone' || kind === 'missing') return;
  // What was added to the index and is in no commit is lost when it comes from a commit.
  if (facts.tracking(at.real) === 'clean' && source === 'index') return;
  losesWork(call, 'modified', 'git.work-lost', say('changes in {0} that are in no commit would be lost', at.path));
}

/** Folders that a project usually has, so that their names are hardly branches. */
const usualFolder =
  /^(?:src|lib|libs|app|apps|bin|cmd|pkg|packages?|internal|include|tests?|specs?|__tests__|docs?|examples?|scripts?|tools?|config|configs|public|static|assets|styles|components|pages|views|models|utils|server|client|frontend|backend|api|core|common|shared|web|data|migrations|fixtures|templates|vendor|node_modules|dist|build|out|target|infra|deploy|[A-Z][\w-]*|[\w-]+file)$/;
/** How a branch with a slash in its name usually begins. */
const branchPrefix =
  /^(?:refs|heads|remotes|origin|upstream|feature|features|feat|fix|fixes|bugfix|bug|hotfix|release|releases|chore|doc|refactor|perf|ci|style|experiment|experiments|exp|spike|topic|task|tasks|issue|issues|users?|dependabot|renovate|support|backport|wip|dev|claude|codex|cursor|copilot|agent)\//;

/** `checkout` and `switch` with what they are given: a branch, or files, whose changes are lost. */
export const checksOut: GitDoing = {
  name: 'checks out',
  run(at) {
    treeEffect(at, 'write');
    const { paths, words } = at;
    const [first, ...more] = words;
    for (const field of paths ?? []) judgeRestore(at, field, sourceOf(first));
    if (!first) return;
    if (paths && more.length === 0) {
      judgeRef(at, first);
      return;
    }
    if (more.length === 0 && isBranch(at, judgeRef(at, first))) {
      treeEffect(at, 'delete');
      // The files of another commit are not those that the session found.
      if (!isOwn(first)) at.shell.report.sweeps(at.name);
      return;
    }
    for (const field of words) judgeRestore(at, field, more.length > 0 ? sourceOf(first) : 'index');
  },
};

/** Whether a word that may be a branch or a file is a branch. Where files can be looked at, one of that name decides. */
function isBranch({ shell, state }: GitCall, text: string | undefined): boolean {
  if (text === undefined) return false;
  if (text === '-' || /^(?:HEAD|@)(?:[~^@].*)?$|^[0-9a-f]{7,40}$/.test(text)) return true;
  const { facts } = shell.report.world;
  const kinds = (state.cwd ?? []).map((folder) => facts.kind(`${folder}/${text}`));
  if (kinds.length > 0 && !kinds.includes('unknown')) return kinds.every((kind) => kind === 'missing');
  if (text.includes('/')) return branchPrefix.test(text) && !/\.\w+$/.test(text);
  // `release-1.2` is a branch, `setup.py` is none.
  return /^v?\d[\w.-]*$|\.(?:\d+|x)$/.test(text) || (!text.includes('.') && !usualFolder.test(text));
}

/** Takes files out of the work tree and the index; git refuses where changes would be lost. */
export const removesFiles: GitDoing = {
  name: 'removes files',
  run(at) {
    const { shell, state, context, operands } = at;
    if (has(at, '--cached')) return;
    const recursive = has(at, '-r');
    for (const field of operands) {
      const text = emptiedOf(field.pieces);
      if (/[*?[]|^:/.test(text)) {
        treeEffect(at, 'delete');
        shell.doubt('command.deletes', say('which files {0} names is not known', text), field.span);
      } else removeEach(shell, [field], recursive || /(?:^|\/)\.{0,2}$/.test(text), state, context);
    }
  },
};

/** Moves files and folders; git refuses where something is in the way. */
export const movesFiles: GitDoing = {
  name: 'moves files',
  run(at) {
    const { shell, state, context, operands } = at;
    const { report } = shell;
    const target = operands.at(-1);
    const targets = target
      ? judgeField(shell, target, state, context, (path, from) => judgeWrite(report, path, from, 'create'), 'write')
      : [];
    for (const field of operands.slice(0, -1))
      judgeField(
        shell,
        field,
        state,
        context,
        (path, from) => {
          const moved = moveAway(at, path, from);
          if (moved === undefined) return;
          for (const into of targets) if (into) arrive(at, moved, into, from);
        },
        'delete',
      );
  },
};

function moveAway({ shell }: GitCall, path: string, from: Origin): Located | undefined {
  const { report } = shell;
  const { place, facts } = report.world;
  const found = locate(path, facts);
  const inside = found.ok && place.workspace.some((folder) => found.at.real.startsWith(`${folder}/`));
  if (!found.ok || !inside) {
    judgeDelete(report, path, from, true);
    return undefined;
  }
  report.effect('delete', pathTarget(found.at, true), from.span, from.certainty);
  if (protectionOf(found.at, place, facts))
    report.doubt('edits.executed-later', say('later steps of work need {0}', found.at.path), from.span);
  return found.at;
}

/** A file keeps its name in a folder, where it may be one that is protected. */
function arrive({ shell }: GitCall, source: Located, into: Located, from: Origin): void {
  const { report } = shell;
  const kind = report.world.facts.kind(into.real);
  if (kind !== 'folder') report.changes.copy(source.real, into.real);
  if (kind === 'folder' || kind === 'unknown') {
    const name = source.path.slice(source.path.lastIndexOf('/') + 1);
    const at = judgeWrite(report, `${into.path}/${name}`, { span: from.span, certainty: 'possible' }, 'create');
    if (at && kind === 'folder') report.changes.copy(source.real, at.real);
  }
  report.changes.remove(source.real);
}
