/**
 * The scripts of a component file (Vue, Svelte, Astro), everything else blanked out.
 * @returns undefined where the text is a script itself.
 */
export function scriptsOf(text: string): string | undefined {
  const start = text.trimStart();
  if (start.startsWith('---\n')) {
    const from = text.indexOf('---') + 3;
    const end = text.indexOf('\n---', from);
    if (end > 0) return blank(text.slice(0, from)) + text.slice(from, end) + blank(text.slice(end));
  }
  if (
    !/^<(?:!--|template|script|style|svelte:|[a-z][\w-]*[\s>])/.test(start) ||
    !/<\/script\s*>|<\/template\s*>|<\/style\s*>/.test(text)
  )
    return undefined;
  let out = '';
  let at = 0;
  for (const match of text.matchAll(/<script\b[^>]{0,300}>/g)) {
    const from = match.index + match[0].length;
    if (match.index < at) continue;
    const end = text.indexOf('</script', from);
    if (end < 0) break;
    out += blank(text.slice(at, from)) + text.slice(from, end);
    at = end;
  }
  return out + blank(text.slice(at));
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
