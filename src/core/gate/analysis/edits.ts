import { say } from '../../say';
import type { ToolCall } from '../../tools/call';
import { isAbsolutePath, joinPath, locate } from '../paths';
import { globNamesSecrets } from '../secretPaths';
import { globMatcher } from './globs';
import { findBlemishes } from './hygiene';
import type { Report } from './report';
import { judgeRead, judgeWrite } from './scope';

/** The tools that work on files by themselves, without a shell. */
export const fileTools = new Set(['Read', 'Write', 'Edit', 'Glob', 'Grep']);

/** What a file tool's call would do. Its whole input is the effect, so effects carry no span. */
export function judgeFileTool(report: Report, call: ToolCall): void {
  const input = asRecord(call.input);
  const { place } = report.world;
  const from = { span: undefined, certainty: 'certain' } as const;
  const path = input[call.tool === 'Glob' || call.tool === 'Grep' ? 'path' : 'file_path'];
  const named = typeof path === 'string' && path !== '';
  if (!named && (call.tool === 'Read' || call.tool === 'Write' || call.tool === 'Edit')) {
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
      judgeRead(report, full, from, 'content', true);
      judgePattern(report, input['glob'], full, 'content');
      return;
    case 'Write':
      judgeWrite(report, full, from, 'create');
      judgeText(report, full, input['content']);
      return;
    case 'Edit':
      judgeWrite(report, full, from, 'create');
      judgeText(report, full, input['new_string']);
      return;
  }
}

/** A search pattern may climb out of the folder it is given, or ask for secrets by name. */
function judgePattern(report: Report, pattern: unknown, folder: string, depth: 'look' | 'content'): void {
  if (typeof pattern !== 'string' || pattern === '') return;
  const positive = pattern.startsWith('!') ? pattern.slice(1) : pattern;
  if (isAbsolutePath(positive)) {
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
