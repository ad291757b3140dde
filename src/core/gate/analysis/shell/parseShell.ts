import { type Command, forEachChild, type ParsedScript, type ParseError, parse, type SyntaxNode } from 'unbash';

/**
 * Parses shell text. What the parser lets pass though Bash takes none of the text for a script counts as an error as well: an
 * open parenthesis behind a command's name (which it drops), an old-style arithmetic expansion that nothing closes, `!` or `time`
 * of nothing, `${ command` without an end, and a backslash at the end. The differential test looks for such differences.
 */
export function parseShell(text: string): ParsedScript {
  const script = parse(text);
  if (!suspicious.test(text)) return script;
  const errors = findLax(script, text);
  return errors.length === 0 ? script : { ...script, errors: [...(script.errors ?? []), ...errors] };
}

/** Text without any of these needs no second look. */
const suspicious =
  /\$\{[\s|]|[^\s$<>;&|(){}=?*+@!'"`]\s*\(|\$\[|\\$|(?:!|\btime(?:[ \t]+-p)?(?:[ \t]+--)?)[ \t]*(?:[;&|)\n]|$)/;

function findLax(script: ParsedScript, text: string): readonly ParseError[] {
  const errors: ParseError[] = [];
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text)) errors.push({ message: 'a backslash at the end', pos: text.length - 1 });
  // Not by recursion: the depth of a script is up to whoever wrote it.
  const left: { readonly node: SyntaxNode; readonly source: string }[] = [{ node: script, source: text }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { node } = next;
    const source = node.type === 'Script' ? (node.source ?? next.source) : next.source;
    if (node.type === 'Command' && opensBehindName(node, source))
      errors.push({ message: "unexpected token '('", pos: node.name?.end ?? node.pos });
    if (node.type === 'CommandExpansion' && node.text.startsWith('${') && !node.text.endsWith('}'))
      errors.push({ message: "'${' that is not closed", pos: node.pos });
    if (node.type === 'Pipeline' && node.commands.length === 0)
      errors.push({ message: 'a command is missing', pos: node.pos });
    if ((node.type === 'Literal' || (node.type === 'Word' && !node.parts)) && openArithmetic.test(node.text))
      errors.push({ message: "'$[' that is not closed", pos: node.pos });
    forEachChild(node, (child) => {
      left.push({ node: child, source });
    });
  }
  return errors;
}

function opensBehindName({ name }: Command, source: string): boolean {
  return name !== undefined && /^[ \t]*\(/.test(source.slice(name.end, name.end + 20));
}

/** Not behind a backslash. */
const openArithmetic = /(?:^|[^\\])(?:\\\\)*\$\[/;
