import { say } from '../../say';
import type { ToolCall } from '../../tools/call';
import { isAbsolutePath, joinPath, locate } from '../paths';
import { globNamesSecrets } from '../secretPaths';
import { judgeLater } from './code/later';
import { globMatcher } from './globs';
import { findBlemishes } from './hygiene';
import type { Report } from './report';
import { judgeRead, judgeWrite } from './scope';
import type { Registry } from './shell/families/family';
import { depthLimit } from './shell/shell';
import { createShell } from './shell/walk';

/** The tools that work on files by themselves, without a shell. */
export const fileTools = new Set(['Read', 'Write', 'Edit', 'NotebookEdit', 'Glob', 'Grep']);

/** What a file tool's call would do. Its whole input is the effect, so effects carry no span. */
export function judgeFileTool(report: Report, call: ToolCall, families: Registry): void {
  const input = asRecord(call.input);
  const { place } = report.world;
  const from = { span: undefined, certainty: 'certain' } as const;
  const path = input[call.tool === 'Glob' || call.tool === 'Grep' ? 'path' : 'file_path'];
  const named = typeof path === 'string' && path !== '';
  if (!named && call.tool !== 'Glob' && call.tool !== 'Grep') {
    report.doubt('tool.input', say('the call names no file'));
    return;
  }
  const full = named ? joinPath(place.cwd, path) : place.cwd;
  switch (call.tool) {
    case 'Read':
      judgeRead(report, full, from);
      return;
    case 'Glob':
      judgeRead(report, full, from, 'look', true);
      judgePattern(report, input['pattern'], full, 'look');
      return;
    case 'Grep':
      judgeRead(report, full, from, 'content', 'unlinked');
      judgePattern(report, input['glob'], full, 'content');
      return;
    case 'NotebookEdit': {
      const at = judgeWrite(report, full, from, 'create');
      const text = input['new_source'];
      judgeText(report, full, text);
      // A cell is code that runs later, with what surrounds it: what the file holds then is never known as a whole.
      if (at) report.changes.edit(at.real, [undefined]);
      return;
    }
    case 'Write':
    case 'Edit': {
      const at = judgeWrite(report, full, from, 'create');
      const text = input[call.tool === 'Write' ? 'content' : 'new_string'];
      judgeText(report, full, text);
      if (!at) return;
      const known = typeof text === 'string' ? text : undefined;
      if (call.tool === 'Write') report.changes.write(at.real, { text: known });
      else editFile(report, at.real, input, known);
      judgeLater(createShell(report, families, known ?? '', editBudget + (known?.length ?? 0), depthLimit), [
        place.cwd,
      ]);
      return;
    }
  }
}

/** Steps of work for what an edit puts into a file, beside those for its length. */
const editBudget = 20_000;

/** What an edit adds: in a file that is wholly known the new text of it, elsewhere the lines that were not there before. */
function editFile(
  report: Report,
  real: string,
  input: Readonly<Record<string, unknown>>,
  added: string | undefined,
): void {
  const before = report.changes.of(real)?.text;
  const old = input['old_string'];
  if (before !== undefined && typeof old === 'string' && old !== '' && added !== undefined && before.includes(old)) {
    const text = input['replace_all'] === true ? before.replaceAll(old, () => added) : before.replace(old, () => added);
    report.changes.write(real, { text });
    return;
  }
  if (added === undefined) {
    report.changes.edit(real, [undefined]);
    return;
  }
  const known = new Set(typeof old === 'string' ? old.split('\n') : []);
  const lines = added.split('\n');
  // A change within a line may finish what stands before it, so that a line counts whole; lines that stay say nothing new.
  const fresh = lines.some((line) => known.has(line)) ? lines.filter((line) => !known.has(line)).join('\n') : added;
  report.changes.edit(real, [fresh]);
}

/** A search pattern may climb out of the folder it is given, or ask for secrets by name. */
function judgePattern(report: Report, pattern: unknown, folder: string, depth: 'look' | 'content'): void {
  if (typeof pattern !== 'string' || pattern === '') return;
  const positive = pattern.startsWith('!') ? pattern.slice(1) : pattern;
  if (/[{,]\s*(?:\/|~)/.test(positive)) {
    report.doubt('paths.pattern', say('the pattern {0} leaves {1}', positive, folder));
    report.beyondLooking();
  } else if (isAbsolutePath(positive)) {
    const fixed = positive.slice(0, positive.search(/[*?[{]|$/));
    const base = fixed.slice(0, fixed.lastIndexOf('/')) || '/';
    judgeRead(report, base, { span: undefined, certainty: 'certain' }, depth, true);
  } else if (/(?:^|\/|[{,])\.\.(?:\/|[,}]|$)/.test(positive)) {
    report.doubt('paths.pattern', say('the pattern {0} leaves {1}', positive, folder));
    report.beyondLooking();
  }
  if (depth === 'content' && !pattern.startsWith('!')) {
    const name = positive.slice(positive.lastIndexOf('/') + 1);
    if (globNamesSecrets(name, globMatcher(name)))
      report.doubt('secrets.project', say('the pattern {0} names files that may hold secrets', positive));
  }
}

/** Properties that make an editor or a build fetch from elsewhere as soon as the file is opened. */
const fetchedOnOpen =
  /"\$schema"\s*:\s*"(?!https?:\/\/(?:json\.schemastore\.org|(?:www\.)?json-schema\.org)\/)[a-z]+:\/\//i;
/** Sections by which a file is git configuration whatever its name. */
const gitConfiguration =
  /^\s*\[(?:core|alias|filter|diff|include|includeif|credential|gpg|http|url|remote|protocol|pager|merge|mergetool|difftool|uploadpack|receive)(?:\s+"[^"]*")?\]\s*$/im;

/** What new text in a file says, as far as it matters whatever the file. */
function judgeText(report: Report, path: string, text: unknown): void {
  if (typeof text !== 'string') return;
  // A byte-order mark, a right-to-left mark and line ends belong to ordinary text files; hidden writing does not.
  for (const { rule, reason } of findBlemishes(text.replace(/^\ufeff/, '')))
    if (hiddenInText.has(rule)) report.doubt(rule, reason);
  if (fetchedOnOpen.test(text))
    report.doubt('edits.remote-schema', say('opening {0} would fetch the schema that it names', path));
  if (gitConfiguration.test(text) && !/\.(?:md|mdx|rst|txt|toml|[cm]?[jt]sx?|py|go|rs|java|rb|html)$/i.test(path))
    report.doubt('paths.protected', say('{0} reads as configuration of git, which runs programs', path));
  const found = locate(path, report.world.facts);
  if (found.ok && report.world.facts.kind(found.at.real) === 'other')
    report.doubt('paths.device', say('{0} is not a plain file', found.at.path));
}

const hiddenInText = new Set(['hygiene.nul', 'hygiene.bidirectional', 'hygiene.invisible']);

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
