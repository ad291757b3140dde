import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders whose files the person trusts. One that cannot be read is one that is not trusted. */
export interface TrustedFolders {
  has(folder: string): boolean;
  add(folder: string): void;
}

export function trustedFolders(data: string): TrustedFolders {
  const path = join(data, 'trusted-folders.json');
  function read(): readonly string[] {
    try {
      const folders: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
      return Array.isArray(folders) ? folders.filter((each) => typeof each === 'string') : [];
    } catch {
      return [];
    }
  }
  return {
    has: (folder) => read().includes(folder),
    add(folder) {
      mkdirSync(data, { recursive: true, mode: 0o700 });
      writeFileSync(path, `${JSON.stringify([...new Set([...read(), folder])], null, 2)}\n`, { mode: 0o600 });
    },
  };
}
