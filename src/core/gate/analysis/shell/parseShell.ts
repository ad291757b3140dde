import { type Command, forEachChild, type ParsedScript, type ParseError, parse, type SyntaxNode } from 'unbash';

/**
 * Parses shell text. What the parser lets pass though Bash takes none of the text for a script counts as an error as well: an
 * open parenthesis behind a command's name (which it drops), an old-style arithmetic expansion that nothing closes, `!` or `time`
 * of nothing, `${ command` without an end, a redirection to what is the number of another one, a command that ends twice, and a backslash at the end. The differential test looks for such differences.
 */
export function parseShell(text: string): ParsedScript {
  const script = parse(text);
  if (!suspicious.test(text)) return script;
  const errors = findLax(script, text);
  return errors.length === 0 ? script : { ...script, errors: [...(script.errors ?? []), ...errors] };
}

/** Text without any of these needs no second look. */
const suspicious =
  /\$\{[\s|]|(?:[<>]|[<>]\|)\s*(?:\d+|\{\w+\})[<>]|[;&][ \t]+;|&;(?!;)|\n\s*;|\(\s*;|[^\s$<>;&|(){=?*+@!'"`]\s*\(|\$\[|\\$|(?:!|\btime(?:[ \t]+-p)?(?:[ \t]+--)?)[ \t]*(?:[;&|)\n]|$)/;

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
    if (node.type === 'Redirect' || node.type === 'HereString') {
      const { target } = node;
      // Behind `>&` a number is a target.
      const duplicates = node.operator === '>&' || node.operator === '<&';
      if (target && !duplicates && descriptor.test(target.text) && /[<>]/.test(source[target.end] ?? ''))
        errors.push({ message: `'${target.text}' belongs to the next redirection`, pos: target.pos });
    }
    if (node.type === 'CompoundList' || node.type === 'Script')
      for (const { pos, command } of node.commands)
        if (endsTwice(source, pos, command.end)) errors.push({ message: "unexpected token ';'", pos: command.end });
    if (node.type === 'CommandExpansion' && /^\$\(\s*;/.test(node.text))
      errors.push({ message: "unexpected token ';'", pos: node.pos });
    forEachChild(node, (child) => {
      left.push({ node: child, source });
    });
  }
  return errors;
}

function opensBehindName({ name }: Command, source: string): boolean {
  return name !== undefined && /^[ \t]*\(/.test(source.slice(name.end, name.end + 20));
}

/** `a; ;`, `a &;`, and a line that begins with `;` behind a command. */
function endsTwice(source: string, start: number, end: number): boolean {
  const rest = source.slice(end, end + 200);
  if (/^[ \t]*(?:;[ \t]+|&[ \t]*);(?!;)/.test(rest)) return true;
  // The lines of a here-document may begin with anything.
  return /^[ \t]*[;&]?[ \t]*(?:#[^\n]*)?\n\s*;(?!;)/.test(rest) && !source.slice(start, end).includes('<<');
}

/** What stands for a file descriptor where a redirection follows at once. */
const descriptor = /^(?:\d+|\{\w+\})$/;

/** Not behind a backslash. */
const openArithmetic = /(?:^|[^\\])(?:\\\\)*\$\[/;
