import { readByTreeSitter, readByUnbash, type TreeSitter } from './names';

/** How the parsers disagree about a script. */
export type Kind =
  /** unbash takes it, Bash does not. */
  | 'not a script to Bash'
  /** unbash and tree-sitter take it and find other commands in it. */
  | 'other commands'
  /** Bash takes it, unbash does not: costs a question, hides nothing. */
  | 'not a script to unbash'
  /** Bash and unbash take it, tree-sitter does not: its grammar is not whole, so the names in it are not compared. */
  | 'not a script to tree-sitter';

export interface Disagreement {
  readonly kind: Kind;
  readonly text: string;
  readonly detail: string;
}

/**
 * @param bashAccepts whether Bash takes it; undefined where there is none to ask.
 * @param treeSitter undefined where it is not installed.
 */
export function compare(
  text: string,
  bashAccepts: boolean | undefined,
  treeSitter: TreeSitter | undefined,
): Disagreement | undefined {
  const ours = readByUnbash(text);
  if (bashAccepts === true && !ours.accepted) return { kind: 'not a script to unbash', text, detail: '' };
  if (!ours.accepted) return undefined;
  if (bashAccepts === false) return { kind: 'not a script to Bash', text, detail: '' };
  if (!treeSitter) return undefined;
  const theirs = readByTreeSitter(text, treeSitter);
  if (!theirs.accepted) return { kind: 'not a script to tree-sitter', text, detail: '' };
  const missed = without(theirs.names, ours.names);
  const more = without(ours.names, theirs.names);
  if (missed.length === 0 && more.length === 0) return undefined;
  const detail = [
    missed.length > 0 ? `only tree-sitter sees ${missed.join(', ')}` : '',
    more.length > 0 ? `only unbash sees ${more.join(', ')}` : '',
  ];
  return { kind: 'other commands', text, detail: detail.filter(Boolean).join('; ') };
}

/** What is left of a list when another is taken away, each as often as it comes. */
function without(all: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return all.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
