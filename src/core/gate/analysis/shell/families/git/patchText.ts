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
  let renamedFrom: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    // A link leads anywhere, a module is another repository, and bytes say nothing.
    if (
      /^(?:GIT binary patch|Binary files )|^(?:new file mode|new mode|deleted file mode|old mode|index .*) ?1[26]0000$/.test(
        line,
      )
    )
      return undefined;
    if (/^(?:(?:rename|copy) (?:from|to)|---|\+\+\+|diff --git) "|^diff --(?:cc|combined)/.test(line)) return undefined;
    const moved = /^(rename|copy) (from|to) (.+)$/.exec(line);
    if (moved?.[3] !== undefined) {
      if (moved[2] === 'from') renamedFrom = moved[3];
      else if (renamedFrom !== undefined) {
        // These paths have no prefix that is stripped.
        files.push({ from: moved[1] === 'copy' ? undefined : renamedFrom, to: moved[3], added: '', taken: '' });
        files.push({ from: renamedFrom, to: renamedFrom, added: '', taken: '' });
        renamedFrom = undefined;
      }
      continue;
    }
    if (!line.startsWith('--- ') || !lines[at + 1]?.startsWith('+++ ')) continue;
    const from = pathOf(line, strip);
    const to = pathOf(lines[at + 1] ?? '', strip);
    if (from === null || to === null || (from === undefined && to === undefined)) return undefined;
    const hunks = readHunks(lines, at + 2);
    if (!hunks) return undefined;
    files.push({ from, to, added: hunks.added, taken: hunks.taken });
    at = hunks.last;
  }
  // An empty file that is made, or a mode that changes, has no hunks and no names to be read.
  const headers = lines.filter((line) => line.startsWith('diff --git ')).length;
  return files.length === 0 || headers > files.length ? undefined : files;
}

/** @returns undefined for `/dev/null`, null for what is no path. */
function pathOf(line: string, strip: number): string | undefined | null {
  const path = line.slice(4).replace(/\t.*$/, '').trimEnd();
  if (path === '/dev/null') return undefined;
  if (path.startsWith('/')) return null;
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
