import { l10n } from 'vscode';
import type { Said } from '../core/say';

/** A sentence of the core in the editor's display language; English where there is no translation. */
export function localize({ template, args }: Said): string {
  return l10n.t(template, ...args);
}
