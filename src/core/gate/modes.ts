/** The three permission modes, ordered from strictest to loosest. */
export const modes = ['normal', 'auto', 'skip'] as const;
export type Mode = (typeof modes)[number];

/** Anything but the three ids is undefined, so that a bad setting can be named and run as Normal. */
export function parseMode(value: unknown): Mode | undefined {
  return modes.find((mode) => mode === value);
}
