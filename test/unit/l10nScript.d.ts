/** What the suite uses of the script, which is plain JavaScript so that it runs before anything is built. */
declare module '*/scripts/l10n.mjs' {
  export function collectSentences(): { readonly sentences: readonly string[]; readonly dynamic: readonly string[] };
  export function bundleText(sentences: readonly string[]): string;
}
