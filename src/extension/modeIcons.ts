import type { Mode } from '../core/gate/modes';

/** Product icons of the editor. */
export const modeIcons: Readonly<Record<Mode, string>> = { normal: 'shield', auto: 'sparkle', skip: 'warning' };
