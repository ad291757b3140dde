/** The first version of each line that Auto works with. */
const least = { major: 4, minor: 6 };

/** `claude-sonnet-4-6`, `claude-opus-5`, `claude-opus-4-6-20260203`, `claude-sonnet-4-6-latest`, `claude-opus-4-6[1m]`. */
const shape = /^claude-(sonnet|opus)-(\d{1,2})(?:-(\d{1,2}))?(?:-(?:\d{8}|latest))?(?:\[[a-z0-9]+\])?$/;

/** The model to ask when another one does not answer: one of the other line; none for names that say no line. */
export function modelBeside(name: string): string | undefined {
  const line = shape.exec(name)?.[1];
  if (line === undefined) return undefined;
  return line === 'sonnet' ? 'claude-opus-4-6' : 'claude-sonnet-4-6';
}

/**
 * Whether Auto is available with a model: Claude Sonnet and Opus from 4.6 on, by the version in the name.
 * @param additional further names, from user or managed settings only (gateways, new families); compared whole.
 */
export function modelSupportsAuto(name: string, additional: readonly string[] = []): boolean {
  if (additional.includes(name)) return true;
  const found = shape.exec(name);
  if (!found) return false;
  const major = Number(found[2]);
  const minor = Number(found[3] ?? 0);
  return major > least.major || (major === least.major && minor >= least.minor);
}
