/** Remembers which version of each file the model has seen, so that an edit of a file that changed since can be refused. */
export interface ReadLedger {
  /** @param path real path; @param sha256 of the bytes that were read or written. */
  saw(path: string, sha256: string): void;
  /** The version seen last, or undefined when the model has not seen the file. */
  seen(path: string): string | undefined;
}

export function createReadLedger(): ReadLedger {
  const versions = new Map<string, string>();
  return {
    saw: (path, sha256) => void versions.set(path, sha256),
    seen: (path) => versions.get(path),
  };
}
