import { english, type Said, say } from '../../say';
import type { Located } from '../paths';
import type { Report } from './report';
import type { Origin } from './scope';

/** How much a call would lose, for people and the classifier (design section 5, blast radius). */
export interface Loss {
  /** Files that are deleted or lose what they held; undefined where they cannot be counted. */
  readonly files: number | undefined;
  /** Share of the workspace's files, 0 to 1; undefined where they are not counted. */
  readonly share: number | undefined;
  readonly tracked: number;
  readonly untracked: number;
  readonly ignored: number;
  /** All of it can be brought back: from version control, by running the build again, or because the session made it. */
  readonly recoverable: boolean;
}

/** The blast radius in a sentence. */
export function describeLoss({ files, share, tracked, untracked, ignored, recoverable }: Loss): Said {
  const back = recoverable ? say('all of it can be had back') : say('not all of it can be had back');
  if (files === undefined) return say('it loses more files than could be counted; {0}', english(back));
  const part = share === undefined ? '' : ` (${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %)`;
  return say(
    'it loses {0} files{1}: {2} tracked, {3} untracked, {4} ignored; {5}',
    files,
    part,
    tracked,
    untracked,
    ignored,
    english(back),
  );
}

/** Named files that may be lost when version control has what they hold (design section 5). */
const namedLimit = 5;

/**
 * Folders and files that a build, a package manager, a test run or an editor makes again. Only the name decides where nothing
 * is known of the files; a folder that holds tracked files is not taken for output whatever its name.
 */
const generatedFolder =
  /^(?:node_modules|bower_components|dist|build|out|output|target|_build|\.next|\.nuxt|\.output|\.svelte-kit|\.astro|\.turbo|\.cache|\.parcel-cache|\.vite|\.angular|\.expo|\.docusaurus|\.serverless|\.nyc_output|coverage|htmlcov|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.nox|\.eggs|\.hypothesis|\.ipynb_checkpoints|[\w.-]+\.egg-info|\.?venv|\.uvenv|\.virtualenv|\.gradle|\.dart_tool|DerivedData|CMakeFiles|cmake-build-\w+|bazel-(?:bin|out|testlogs)|storybook-static|test-results|playwright-report|\.temp|\.tmp|tmp|temp)$/;
const generatedFile =
  /\.(?:py[cod]|o|obj|class|log|tsbuildinfo|tmp|temp|swp|swo|bak|orig|rej|pid|gcda|gcno|lcov|prof|coverage|snap)$|^(?:\.DS_Store|Thumbs\.db|\.eslintcache|\.stylelintcache|\.coverage(?:\..*)?|npm-debug\.log.*|yarn-error\.log|core\.\d+|nohup\.out|CMakeCache\.txt)$|~$/;

/** Whether a path below the workspace is output that is made again. */
export function isGenerated(real: string, report: Report): boolean {
  const { workspace, scratch } = report.world.place;
  if (scratch !== undefined && (real === scratch || real.startsWith(`${scratch}/`))) return true;
  const root = workspace.find((folder) => real.startsWith(`${folder}/`));
  if (root === undefined) return false;
  const parts = real.slice(root.length + 1).split('/');
  return parts.some((part) => generatedFolder.test(part)) || generatedFile.test(parts.at(-1) ?? '');
}

/** Whether what stands at a path is kept before the call runs (design section 3); the report then says that it rests on that. */
function kept(report: Report, at: Located): boolean {
  const { facts, place } = report.world;
  const found = place.recovery && facts.keepable?.(at.real);
  if (!found || 'why' in found) return false;
  report.restsOnKept(at.real, found.files);
  return true;
}

/**
 * Judges the loss of what a path inside the workspace holds, and adds it to the blast radius.
 * @param recursive everything below goes too.
 * @param how `deletes` or `overwrites`, for the rule.
 */
export function judgeLoss(
  report: Report,
  at: Located,
  from: Origin,
  recursive: boolean,
  how: 'deletes' | 'overwrites',
): void {
  const { facts } = report.world;
  const trace = report.changes.of(at.real);
  const rule = `command.${how}`;
  if (trace?.state === 'made' || trace?.state === 'gone') {
    report.loses({ files: 1, share: undefined, tracked: 0, untracked: 1, ignored: 0, recoverable: true });
    return;
  }
  const kind = facts.kind(at.real);
  if (kind === 'missing') return;
  // Whether there is anything to lose is not known where the world is not consulted; the name then is as good as a new one.
  if (kind === 'unknown' && how === 'overwrites') return;
  const folder = kind === 'folder' || (kind === 'unknown' && recursive);
  const tracking = facts.tracking(at.real);
  const census = folder ? facts.census(at.real) : undefined;
  const counted = census ?? {
    files: folder ? undefined : 1,
    share: undefined,
    tracked: tracking === 'clean' || tracking === 'modified' ? 1 : 0,
    untracked: tracking === 'untracked' ? 1 : 0,
    ignored: tracking === 'ignored' ? 1 : 0,
  };
  if (isGenerated(at.real, report) && (tracking === 'unknown' || tracking === 'untracked' || tracking === 'ignored')) {
    report.loses({ ...counted, recoverable: true });
    return;
  }
  // A pattern that could not be expanded names nobody knows how many files.
  const pattern = kind === 'unknown' && /[*?[]/.test(at.real);
  if (!folder && !pattern && (tracking === 'clean' || tracking === 'unknown') && kind !== 'other') {
    report.loses({ ...counted, recoverable: true });
    if (report.named() + report.world.past.lost > namedLimit)
      report.doubt(
        rule,
        say('it is more than {0} files, counted since the user last spoke, that would lose what they hold', namedLimit),
        from.span,
      );
    return;
  }
  if (!pattern && kept(report, at)) {
    report.loses({ ...counted, recoverable: true });
    return;
  }
  report.loses({ ...counted, ...(pattern && { files: undefined }), recoverable: false });
  const reason =
    folder || pattern
      ? counted.files === undefined
        ? say('everything in {0} would be lost, and nothing here can bring it back', at.path)
        : say('{0} files in {1} would be lost, and nothing here can bring all of them back', counted.files, at.path)
      : tracking === 'modified'
        ? say('{0} has changes that are in no commit and would be lost', at.path)
        : say('{0} is in no commit, and what it holds would be lost', at.path);
  report.doubt(rule, reason, from.span);
}
