import { parser } from '@lezer/javascript';
import { type Node, type Tree, treeOf } from './nodes';

const dialects = ['ts jsx', 'ts', 'jsx'].map((dialect) => parser.configure({ dialect }));

/** Enough for the scripts of one session that come again and again. */
const keptTexts = 64;
const keptLength = 200_000;
const kept = new Map<string, Tree>();

/** Parses JavaScript, TypeScript or JSX, whichever it is; the trees of the last texts are kept. */
export function parseJavaScript(text: string): Tree {
  const known = kept.get(text);
  if (known) {
    kept.delete(text);
    kept.set(text, known);
    return known;
  }
  const tree = parse(text);
  if (text.length > keptLength) return tree;
  kept.set(text, tree);
  if (kept.size > keptTexts)
    for (const [oldest] of kept) {
      kept.delete(oldest);
      break;
    }
  return tree;
}

const none: Node = { name: 'Script', start: 0, end: 0, kids: [], text: '' };

function parse(text: string): Tree {
  let best: Tree | undefined;
  for (const source of [text, patched(text)]) {
    if (best && source === text) break;
    for (const dialect of dialects) {
      const tree = treeOf(dialect, source, text);
      if (tree.errors === 0) return tree;
      if (!best || tree.errors < best.errors) best = tree;
    }
  }
  return best ?? { root: none, errors: 1 };
}

/** Valid code that the grammar does not know yet, in another notation of the same length; texts are taken from the original. */
function patched(text: string): string {
  return text
    .replace(
      /((?:\bfrom|\bimport)\s{0,9}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}')\s{0,9})((?:with|assert)\s{0,9}\{[^{}]{0,200}\})/g,
      (_all, before: string, after: string) => before + blank(after),
    )
    .replace(/^(\s{0,99}(?:export\s)?)import\b(\s+\w+\s*=\s*require\s*\()/gm, '$1const $2')
    .replace(/^(\s{0,99})export( {0,9}= {0,9}[\w$])/gm, '$1ExPorT$2')
    .replace(
      /^(\s{0,99}(?:declare\s{1,9}))module(\s{1,9})(["'])([^"'\n]{1,200})\3/gm,
      (_all, before: string, gap: string, _quote: string, name: string) =>
        `${before}module${gap}_${name.replace(/[^\w]/g, '_')}_`,
    )
    .replace(/^[ \t]{0,99}(?:(?:readonly|static) )?\[\s?\w{1,40}\s?:[^\]\n]{1,99}\]\s?:[^;\n({]{1,300};?$/gm, blank)
    .replace(/([{,]\s{0,99})type(\s+\w+\s*(?:as\s+\w+\s*)?[,}])/g, '$1    $2')
    .replace(
      /(\)\s{0,9}):(\s{0,9}(?:asserts\s{1,9})?[\w$]{1,40}\s{1,9}is\s[^=\n{}]{1,200})(=>)/g,
      (_all, before: string, type: string, arrow: string) => `${before} ${blank(type)}${arrow}`,
    )
    .replace(/^([ \t]{0,99}(?:async )?\w{1,60})\?(\([^()\n]{0,300}\)\s?:[^;\n{]{1,200};)$/gm, '$1 $2');
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
