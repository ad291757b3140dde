/** One line of a git configuration. Names are in lower case, as git compares them; a subsection is as written. */
export interface ConfigEntry {
  readonly section: string;
  readonly subsection: string | undefined;
  readonly key: string;
  /** Undefined where only the key stands, which means `true`. */
  readonly value: string | undefined;
}

const header = /^\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/;
const name = /^[A-Za-z][A-Za-z0-9-]*/;
const blank = /^[ \t\r]*(?:[#;].*)?$/;

/**
 * Reads a git configuration as git does: a section and a key on one line, values that go on in the next, quotes, comments.
 * @returns the entries in order; undefined when a line is none that git would take.
 */
export function parseConfig(text: string): readonly ConfigEntry[] | undefined {
  const entries: ConfigEntry[] = [];
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  let section: Pick<ConfigEntry, 'section' | 'subsection'> | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    let line = (lines[at] ?? '').trimStart();
    while (line.startsWith('[')) {
      const found = header.exec(line);
      if (!found?.[1]) return undefined;
      section = sectionOf(found[1], found[2]);
      line = line.slice(found[0].length).trimStart();
    }
    if (blank.test(line)) continue;
    const key = name.exec(line)?.[0];
    if (!key || !section) return undefined;
    line = line.slice(key.length).trimStart();
    if (blank.test(line)) {
      entries.push({ ...section, key: key.toLowerCase(), value: undefined });
      continue;
    }
    if (!line.startsWith('=')) return undefined;
    const read = readValue(lines, at, line.slice(1));
    if (!read) return undefined;
    at = read.last;
    entries.push({ ...section, key: key.toLowerCase(), value: read.value });
  }
  return entries;
}

/** `[a "B"]` keeps the case of B; the old spelling `[a.B]` does not. */
function sectionOf(written: string, quoted: string | undefined): Pick<ConfigEntry, 'section' | 'subsection'> {
  const plain = written.toLowerCase();
  if (quoted !== undefined) return { section: plain, subsection: quoted.replace(/\\(.)/g, '$1') };
  const dot = plain.indexOf('.');
  return dot < 0
    ? { section: plain, subsection: undefined }
    : { section: plain.slice(0, dot), subsection: plain.slice(dot + 1) };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', '"': '"', '\\': '\\' };

function readValue(
  lines: readonly string[],
  first: number,
  start: string,
): { readonly value: string; readonly last: number } | undefined {
  let value = '';
  let kept = 0;
  let quoted = false;
  let last = first;
  for (let line = start.replace(/\r$/, ''), at = 0; ; at += 1) {
    const letter = line[at];
    if (letter === undefined) break;
    if (letter === '\\') {
      at += 1;
      const next = line[at];
      if (next === undefined) {
        last += 1;
        const more = lines[last];
        if (more === undefined) return undefined;
        line = more.replace(/\r$/, '');
        at = -1;
        continue;
      }
      const meant = escapes[next];
      if (meant === undefined) return undefined;
      value += meant;
      kept = value.length;
    } else if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === '#' || letter === ';')) break;
    else {
      if (value === '' && !quoted && /\s/.test(letter)) continue;
      value += letter;
      if (quoted || !/\s/.test(letter)) kept = value.length;
    }
  }
  return quoted ? undefined : { value: value.slice(0, kept), last };
}

/** Splits the name of a setting as a command line has it: `remote.Origin.url`. */
export function parseKey(text: string): Omit<ConfigEntry, 'value'> | undefined {
  const first = text.indexOf('.');
  const last = text.lastIndexOf('.');
  if (first <= 0 || last === text.length - 1) return undefined;
  return {
    section: text.slice(0, first).toLowerCase(),
    subsection: first === last ? undefined : text.slice(first + 1, last),
    key: text.slice(last + 1).toLowerCase(),
  };
}

/** The name of a setting, for messages. */
export function describeEntry({ section, subsection, key }: Omit<ConfigEntry, 'value'>): string {
  return subsection === undefined ? `${section}.${key}` : `${section}.${subsection}.${key}`;
}
