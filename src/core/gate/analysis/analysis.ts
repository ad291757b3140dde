import type { Said } from '../../say';
import type { Effect, Span } from '../effect';
import type { Trace } from './changes';
import type { Loss } from './loss';

/** The three answers of analysis: every effect known and in scope; harmful whatever the task; anything else. */
export type Answer = 'allow' | 'block' | 'unsure';

/** One reason for an answer, with the rule that gives it and the text it rests on. */
export interface Finding {
  readonly answer: Answer;
  /** Dotted id: `paths.protected`, `shell.unknown-command`, `critical.removal` … */
  readonly rule: string;
  readonly reason: Said;
  readonly evidence: readonly Span[];
}

/** One simple command of a shell call, as far as its words are known. Rules `Bash(…)` are matched against these. */
export interface SimpleCommand {
  /** Words after expansion; undefined where a word's value cannot be known. The first one is the program. */
  readonly words: readonly (string | undefined)[];
  /** The program by its base name (`/usr/bin/git` → `git`), undefined when unknown. */
  readonly program: string | undefined;
  readonly span: Span;
  /** Names of the wrappers it was found under, outermost first: `sudo`, `env`, `bash -c` … */
  readonly through: readonly string[];
}

/** A file whose bytes the answer rests on; it is hashed again before the call runs. */
export interface RestsOn {
  readonly path: string;
  readonly sha256: string;
}

/** What analysis says about one call. `findings` is never empty; the strictest of them is the answer (block > unsure > allow). */
export interface Analysis {
  readonly answer: Answer;
  /** The finding that decided. */
  readonly decisive: Finding;
  readonly findings: readonly Finding[];
  readonly effects: readonly Effect[];
  /** Every simple command that could be seen, through wrappers and substitutions; empty for other tools. */
  readonly commands: readonly SimpleCommand[];
  /** The call could not be fully opened (an unknown command word, a parse error, too long): deny rules may hide in it. */
  readonly opaque: boolean;
  /** All effects are reads inside the workspace of things that are not secret. */
  readonly looksOnly: boolean;
  /** Set when the call may destroy something no mode may destroy silently (design section 4, step 4). */
  readonly critical: Finding | undefined;
  readonly restsOn: readonly RestsOn[];
  /** What would be lost; undefined when nothing would. */
  readonly loss: Loss | undefined;
  /** Single files that it loses, for the limit that is summed since the user last spoke. */
  readonly named: number;
  /** What may be lost because it is kept before the call runs: the answer holds only if it really is. */
  readonly kept: { readonly paths: readonly string[]; readonly files: number };
  /** What it does to files, by real path: what later calls of the session are told. */
  readonly changes: ReadonlyMap<string, Trace>;
  /** A secret that it reads, by name. */
  readonly secret: string | undefined;
  /** What it brings files by that nobody has looked at; undefined: nothing. */
  readonly swept: string | undefined;
  /** It goes on when the call has ended: what it changes may change at any time from then on. */
  readonly background: boolean;
  /** It starts something that listens. */
  readonly serves: boolean;
}

const rank: Record<Answer, number> = { allow: 0, unsure: 1, block: 2 };

/** The strictest finding; the first among equals. */
export function decisiveFinding(findings: readonly [Finding, ...Finding[]]): Finding {
  let winner: Finding = findings[0];
  for (const next of findings) if (rank[next.answer] > rank[winner.answer]) winner = next;
  return winner;
}
