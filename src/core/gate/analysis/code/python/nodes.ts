import { parser } from '@lezer/python';

/** A node of the concrete syntax without comments, in a shape that is cheap to look through. */
export interface Node {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly children: Node[];
}

/**
 * Parses Python with the real grammar.
 * @returns undefined where the text is not the Python that the grammar knows.
 */
export function nodesOf(text: string): Node | undefined {
  const first = treeOf(text);
  if (first.root) return first.root;
  // The grammar knows no `1.`; a digit in the place of the dot makes it a number of the same length.
  if (first.dots.length === 0) return undefined;
  let patched = '';
  let from = 0;
  for (const dot of first.dots) {
    patched += `${text.slice(from, dot)}0`;
    from = dot + 1;
  }
  return treeOf(patched + text.slice(from)).root;
}

function treeOf(text: string): { root: Node | undefined; dots: readonly number[] } {
  const dots: number[] = [];
  const root: Node = { name: 'Script', start: 0, end: text.length, children: [] };
  const above: Node[] = [];
  let current = root;
  let broken = false;
  const cursor = parser.parse(text).cursor();
  if (!cursor.firstChild()) return { root, dots };
  walk: for (;;) {
    const { name, from, to, type } = cursor;
    if (type.isError) {
      if (!isGap(current, text.slice(from, to))) broken = true;
    } else if (name === '.' && current.children.length === 1 && current.children[0]?.name === 'Number') dots.push(from);
    if (name !== 'Comment' && !type.isError) {
      const node: Node = { name, start: from, end: to, children: [] };
      current.children.push(node);
      if (cursor.firstChild()) {
        above.push(current);
        current = node;
        continue;
      }
    }
    while (!cursor.nextSibling()) {
      const outer = above.pop();
      if (!outer) break walk;
      current = outer;
      cursor.parent();
    }
  }
  return { root: broken ? undefined : root, dots };
}

/** Valid Python that the grammar takes for a mistake: a bare `yield` or `print`, the `/` of a lambda. */
function isGap({ name, children }: Node, text: string): boolean {
  if (text === '') return children.length === 1 && /^(?:Yield(?:Expression|Statement)|PrintStatement)$/.test(name);
  return text === '/' && name === 'ParamList';
}
