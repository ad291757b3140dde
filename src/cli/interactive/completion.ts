import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AutocompleteProvider,
  type AutocompleteSuggestions,
  CombinedAutocompleteProvider,
  fuzzyFilter,
} from '@earendil-works/pi-tui';
import type { CommandHelp } from './surface';

/** Files that are looked through, and shown. */
const most = 10_000;
const shown = 12;
/** Milliseconds for which a listing is good. */
const freshMs = 5_000;
/** Folders that nobody mentions files of. */
const passedOver = new Set(['.git', 'node_modules', '.venv', 'dist', 'out', 'target', '.next', '__pycache__']);

/** Completes slash commands, and files of the folder behind an @. Nothing is read but names. */
export function createCompletion(commands: readonly CommandHelp[], folder: string): AutocompleteProvider {
  const base = new CombinedAutocompleteProvider([...commands], folder);
  let listing: { readonly at: number; readonly files: Promise<readonly string[]> } | undefined;

  function files(): Promise<readonly string[]> {
    if (!listing || Date.now() - listing.at > freshMs) listing = { at: Date.now(), files: listFiles(folder) };
    return listing.files;
  }

  return {
    triggerCharacters: ['@'],
    async getSuggestions(lines, cursorLine, cursorCol, options): Promise<AutocompleteSuggestions | null> {
      const prefix = /(?:^|\s)(@[^\s@]*)$/.exec((lines[cursorLine] ?? '').slice(0, cursorCol))?.[1];
      if (prefix === undefined) {
        const text = (lines[cursorLine] ?? '').slice(0, cursorCol);
        // Paths are completed behind an @ alone: Tab elsewhere would list folders outside.
        return text.startsWith('/') ? base.getSuggestions(lines, cursorLine, cursorCol, options) : null;
      }
      const found = fuzzyFilter([...(await files())], prefix.slice(1), (file) => file).slice(0, shown);
      if (options.signal.aborted || found.length === 0) return null;
      return { prefix, items: found.map((file) => ({ value: `@${file}`, label: file })) };
    },
    applyCompletion: (...args) => base.applyCompletion(...args),
  };
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [''];
  for (let at = waiting.shift(); at !== undefined && found.length < most; at = waiting.shift()) {
    const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      // A name with control characters is no name that anybody types.
      if (/[\p{C}\s]/u.test(entry.name)) continue;
      if (entry.isDirectory()) {
        if (!passedOver.has(entry.name)) waiting.push(path);
      } else if (entry.isFile()) found.push(path);
    }
  }
  return found.slice(0, most);
}
