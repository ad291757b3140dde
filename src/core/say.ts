/**
 * A sentence for a person, kept as its English template and arguments so that the front ends can translate it.
 * The core never formats for a person by concatenation: it says, and the front end localizes.
 */
export interface Said {
  /** English, with `{0}`, `{1}` … where the arguments go. It is also the key of the translation bundle. */
  readonly template: string;
  readonly args: readonly (string | number)[];
}

/** @param template a string literal, so that `scripts/l10n.mjs` can collect it. */
export function say(template: string, ...args: (string | number)[]): Said {
  return { template, args };
}

/** English text of a sentence; what the model, the terminal and the audit record get. */
export function english(said: Said): string {
  return fill(said.template, said.args);
}

/** Puts arguments into a (translated) template. A placeholder without an argument stays as it is. */
export function fill(template: string, args: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (whole, index) => String(args[Number(index)] ?? whole));
}
