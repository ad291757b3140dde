/** Makes a missing case of a discriminated union a compile error; reaching it at run time is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unexpected variant: ${JSON.stringify(value)}`);
}
