/**
 * Fields in which the agent speaks instead of acting. The classifier does not see them (rules R35, R36): a call that describes
 * itself as approved must not be judged by that.
 */
const prose: ReadonlyMap<string, readonly string[]> = new Map([
  ['Bash', ['description']],
  ['TodoWrite', ['todos']],
]);

/** The input of a call without what the agent says about it. */
export function withoutProse(tool: string, input: unknown): unknown {
  const unseen = prose.get(tool);
  if (!unseen || typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(Object.entries(input).filter(([key]) => !unseen.includes(key)));
}
