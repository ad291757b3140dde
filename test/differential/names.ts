import { forEachChild, type ParsedScript, parse, type SyntaxNode } from 'unbash';

/** A node of tree-sitter's tree, as far as it is looked at. */
export interface TreeNode {
  readonly type: string;
  readonly text: string;
  readonly hasError: boolean;
  readonly namedChildren: readonly (TreeNode | null)[];
  childForFieldName(name: string): TreeNode | null;
}

/** Bash's grammar of tree-sitter: gives the root of the tree of a text. */
export type TreeSitter = (text: string) => TreeNode;

/** The names of all simple commands of a script as they are written, sorted; several times when they come several times. */
export interface Reading {
  readonly accepted: boolean;
  readonly names: readonly string[];
}

export function readByUnbash(text: string): Reading {
  const script = parse(text);
  const names: string[] = [];
  let errors = 0;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Script') errors += (node as ParsedScript).errors?.length ?? 0;
    if (node.type === 'Command' && node.name) names.push(node.name.text);
    forEachChild(node, visit);
  };
  visit(script);
  return { accepted: errors === 0, names: names.map(comparable).filter(isCompared).sort() };
}

export function readByTreeSitter(text: string, parseText: TreeSitter): Reading {
  const root = parseText(text);
  const names: string[] = [];
  const visit = (node: TreeNode): void => {
    const name = nameOf(node);
    if (name !== undefined) names.push(...(keywords.has(name) ? namesBehind(node) : [name]));
    for (const child of node.namedChildren) if (child) visit(child);
  };
  visit(root);
  const misread = names.some((name) => reserved.has(name)) || /\S\\\n\S/.test(text);
  return { accepted: !root.hasError && !misread, names: names.map(comparable).filter(isCompared).sort() };
}

/**
 * Where these stand for commands, the grammar has lost its way: `time`, `coproc` and `!` before a compound command are among what
 * it does not have. Nor does it join a word that is continued on the next line.
 */
const reserved = new Set(
  '{ } then fi elif else do done in esac case if while until for function ! [[ ]] select'.split(' '),
);

function nameOf(node: TreeNode): string | undefined {
  switch (node.type) {
    case 'command':
      return node.childForFieldName('name')?.text;
    case 'declaration_command':
    case 'unset_command':
      return /^\w+/.exec(node.text)?.[0];
    case 'test_command':
      return node.text.startsWith('[[') ? undefined : '[';
    default:
      return undefined;
  }
}

/** Keywords of Bash that the grammar of tree-sitter does not have: to it they are commands, and what they start is arguments. */
const keywords = new Set(['time', 'coproc']);

function namesBehind(node: TreeNode): readonly string[] {
  const words = node.namedChildren.flatMap((child) => (child ? [child.text] : [])).slice(1);
  const name = words.find((word) => !/^(?:-p|--|!|time|coproc|\w+=.*)$/s.test(word));
  return name === undefined ? [] : [name];
}

/** A continued line is nothing; everything else is compared as it is written. */
const comparable = (name: string): string => name.replaceAll('\\\n', '');

/** `[` is a test to the one and a command to the other, and so is `a-b=c` an assignment and a command. */
const isCompared = (name: string): boolean => name !== '[' && !name.includes('=');
