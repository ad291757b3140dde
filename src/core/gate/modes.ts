/** The three permission modes, ordered from strictest to loosest. */
export const modes = ['normal', 'auto', 'skip'] as const;
export type Mode = (typeof modes)[number];
