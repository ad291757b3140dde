import type { parser as javascript } from '@lezer/javascript';
import { unescapeText } from './unescape';

/** A node of the concrete syntax without comments, brackets and types, in a shape that is cheap to walk. */
export interface Node {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly kids: Node[];
  /** Of leaves: their text; of strings: what they stand for. */
  readonly text: string;
}

/** What a text turned out to be. */
export interface Tree {
  readonly root: Node;
  /** Stretches that are no JavaScript as far as the grammar knows. */
  readonly errors: number;
}

/** Types do nothing when the code runs. What a type imports is kept: as plain JavaScript it could be more than a type. */
const types =
  /^(?:TypeAnnotation|TypeParamList|TypeArgList|InterfaceDeclaration|TypeAliasDeclaration|TypePredicate|TypeName|\w+Type|TypeofType|KeyofType|IndexSignature|VoidType)$/;
const dropped = new Set([
  '(',
  ')',
  '{',
  '}',
  ']',
  ';',
  '.',
  'LineComment',
  'BlockComment',
  'Hashbang',
  'Privacy',
  'Optional',
  'abstract',
  'readonly',
  'override',
  'declare',
  'InterpolationStart',
  'InterpolationEnd',
  'JSXStartTag',
  'JSXEndTag',
  'JSXStartCloseTag',
  'JSXSelfCloseEndTag',
  'JSXCloseTag',
  'JSXEntity',
  'JSXText',
  'JSXCharacterReference',
  'Arrow',
]);

/** Places where the grammar misses a token that the language does not ask for. */
const gaps = /^(?:DoStatement|JSXEscape|ClassDeclaration|JSXAttribute)$/;

/**
 * @param parser one of the dialects.
 * @param source what is parsed: the text, or the same text with something in another notation of the same length.
 */
export function treeOf(parser: typeof javascript, source: string, text: string): Tree {
  const root: Node = { name: 'Script', start: 0, end: text.length, kids: [], text: '' };
  const above: Node[] = [];
  let current = root;
  let errors = 0;
  let inType = 0;
  parser.parse(source).iterate({
    enter(ref) {
      const { name, from, to } = ref;
      if (name === 'Script') return true;
      if (ref.type.isError) {
        if (inType === 0 && !(from === to && gaps.test(current.name))) errors += 1;
        return false;
      }
      if (name === 'ImportType' && /^(?:Call|New|Instantiation|TaggedTemplate)Expression$/.test(current.name))
        current.kids.push({ name: 'ImportType', start: from, end: to, kids: [], text: text.slice(from, to) });
      if (types.test(name)) {
        inType += 1;
        return true;
      }
      if (inType > 0) return true;
      if (dropped.has(name)) return false;
      const node: Node = { name, start: from, end: to, kids: [], text: leafText(name, text, from, to) };
      current.kids.push(node);
      above.push(current);
      current = node;
      return true;
    },
    leave(ref) {
      const { name } = ref;
      if (name === 'Script') return;
      if (types.test(name)) inType -= 1;
      else if (inType === 0) {
        if (name === 'TemplateString') fillTemplate(current, text);
        current = above.pop() ?? root;
      }
    },
  });
  return { root, errors };
}

function leafText(name: string, text: string, from: number, to: number): string {
  if (name === 'String' || name === 'JSXAttributeValue') return unescapeText(text.slice(from + 1, to - 1));
  return to - from <= 200 ? text.slice(from, to) : '';
}

/** Puts the texts between the interpolations of a template among its children. */
function fillTemplate(node: Node, text: string): void {
  const parts: Node[] = [];
  let from = node.start + 1;
  const close = (to: number): void => {
    if (to > from)
      parts.push({ name: 'TemplateText', start: from, end: to, kids: [], text: unescapeText(text.slice(from, to)) });
  };
  for (const kid of node.kids) {
    if (kid.name !== 'Interpolation') continue;
    close(kid.start);
    parts.push(kid);
    from = kid.end;
  }
  close(node.end - 1);
  node.kids.splice(0, node.kids.length, ...parts);
}

export function kid(node: Node, name: string): Node | undefined {
  return node.kids.find((one) => one.name === name);
}

export function has(node: Node, name: string): boolean {
  return node.kids.some((one) => one.name === name);
}
