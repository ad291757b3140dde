/** What a patch does to one file. Paths are as the patch has them, without the part that `-p` strips. */
export interface PatchedFile {
  /** Undefined: it is made. */
  readonly from: string | undefined;
  /** Undefined: it is removed. */
  readonly to: string | undefined;
  readonly added: string;
  readonly taken: string;
}

/**
 * Reads what a patch changes.
 * @param strip leading parts of each path that are left out (`-p1`).
 * @returns undefined when not all of it is understood: bytes that are no text, links, quoted names.
 */
export function parsePatch(text: string, strip: number): readonly PatchedFile[] | undefined {
  const files: PatchedFile[] = [];
  const lines = text.split('\n');
  let renamed: string | undefined;
  // What a section begins with says what it changes only where names or lines follow: an empty file, a mode, has none.
  let open = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (strange.test(line)) return undefined;
    if (line.startsWith('diff --git ')) {
      if (open) return undefined;
      open = true;
    }
    const moved = /^rename (from|to) (.+)$/.exec(line);
    if (moved?.[2] !== undefined) {
      // These names have no prefix that is stripped.
      if (moved[1] === 'from') renamed = moved[2];
      else files.push({ from: renamed, to: moved[2], added: '', taken: '' });
      open = false;
      continue;
    }
    if (!line.startsWith('--- ') || !lines[at + 1]?.startsWith('+++ ')) continue;
    const from = pathOf(line, strip);
    const to = pathOf(lines[at + 1] ?? '', strip);
    const hunks = readHunks(lines, at + 2);
    if (from === null || to === null || (from === undefined && to === undefined) || !hunks) return undefined;
    files.push({ from, to, added: hunks.added, taken: hunks.taken });
    open = false;
    at = hunks.last;
  }
  return files.length === 0 || open ? undefined : files;
}

/** Links lead anywhere, modules are other repositories, copies and bytes say nothing of what they hold; quoted names are not read. */
const strange =
  /^(?:GIT binary patch|Binary files |copy (?:from|to) |diff --(?:cc|combined) |(?:new|deleted|old) (?:file )?mode 1[26]0000|index \S+ 1[26]0000$|(?:rename (?:from|to)|---|\+\+\+|diff --git) ")/;

/** @returns undefined for `/dev/null`, null for what is no path. */
function pathOf(line: string, strip: number): string | undefined | null {
  const path = line.slice(4).replace(/\t.*$/, '').trimEnd();
  if (path === '/dev/null') return undefined;
  // Git takes a date after a blank for no part of the name.
  if (path.startsWith('/') || /\s(?:\d{2,4}-\d|\d\d?:\d|\d{4,}|[A-Z][a-z]{2} )/.test(path)) return null;
  const parts = path.split('/');
  return parts.length <= strip || path === '' ? null : parts.slice(strip).join('/');
}

function readHunks(
  lines: readonly string[],
  start: number,
): { readonly added: string; readonly taken: string; readonly last: number } | undefined {
  const added: string[] = [];
  const taken: string[] = [];
  let at = start;
  while (at < lines.length) {
    const counts = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(lines[at] ?? '');
    if (!counts) break;
    let before = Number(counts[1] ?? 1);
    let after = Number(counts[2] ?? 1);
    at += 1;
    while (before > 0 || after > 0) {
      const line = lines[at];
      if (line === undefined) return undefined;
      at += 1;
      if (line.startsWith('+')) {
        added.push(line.slice(1));
        after -= 1;
      } else if (line.startsWith('-')) {
        taken.push(line.slice(1));
        before -= 1;
      } else if (line.startsWith(' ') || line === '') {
        before -= 1;
        after -= 1;
      } else if (!line.startsWith('\\')) return undefined;
    }
    if (lines[at]?.startsWith('\\')) at += 1;
  }
  return at === start ? undefined : { added: join(added), taken: join(taken), last: at - 1 };
}

function join(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
