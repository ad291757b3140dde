/** Prints one line that `scripts/suites/extensionHost.mjs` reads: a result, or a `note` for the person. */
export function tell(message: Readonly<Record<string, unknown>>): void {
  console.log(`gatehouse-test ${JSON.stringify(message)}`);
}
