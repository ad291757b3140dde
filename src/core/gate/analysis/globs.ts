/** Patterns longer than this are not compiled; they are taken to match everything. */
const patternLimit = 200;

/**
 * Compiles a pathname pattern for one component (`*`, `?`, `[…]`, and `{a,b}` as search tools know it).
 * @returns tells whether the pattern matches a name; a leading `*` or `?` does not match a leading dot, as in the shell.
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  if (pattern.length > patternLimit) return () => true;
  let source = '';
  let depth = 0;
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern[index] ?? '';
    if (char === '*') {
      // Runs of stars say the same as one and would make matching slow.
      if (pattern[index - 1] !== '*') source += '[^/]*';
    } else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', index + 2);
      if (end < 0) source += '\\[';
      else {
        // Character classes and ranges by locale are taken for any character: the wider reading.
        const inner = pattern.slice(index + 1, end);
        source +=
          /^[\w.,@%+=-]+$/.test(inner) && !inner.includes('[:') ? `[${inner.replace(/[.+]/g, '\\$&')}]` : '[^/]';
        index = end;
      }
    } else if (char === '{') {
      depth += 1;
      source += '(?:';
    } else if (char === '}' && depth > 0) {
      depth -= 1;
      source += ')';
    } else if (char === ',' && depth > 0) source += '|';
    else source += char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  source += ')'.repeat(depth);
  const expression = compile(source);
  const dotted = !/^[*?]/.test(pattern);
  return (name) => (dotted || !name.startsWith('.')) && (expression?.test(name) ?? true);
}

function compile(source: string): RegExp | undefined {
  try {
    return new RegExp(`^${source}$`, 'i');
  } catch {
    return undefined;
  }
}

/** A pattern that takes every name of a folder, or every one with or without a leading dot. */
export function takesEverything(pattern: string): boolean {
  return pattern.includes('*') && /^(?:[*?.]|\[[!^][^\]]*\])+$/.test(pattern);
}
