/**
 * What analysis may ask about the world. Synchronous, so that a decision stays in microseconds, and injected, so that the
 * core touches no file system. Nothing here runs a program of the repository or changes anything.
 */
export interface Facts {
  /**
   * The real path of the nearest existing ancestor joined with the rest: where a write to `path` would land.
   * @param path absolute. A path that cannot be resolved (loop, no permission) gives undefined, which is never in scope.
   */
  realpath(path: string): string | undefined;
  /** Does not follow a final symlink. `unknown` where the world is not consulted (see {@link virtualFacts}). */
  kind(path: string): 'file' | 'folder' | 'link' | 'other' | 'missing' | 'unknown';
  /** Number of hard links of a file; 1 when missing or unknown. More than one outside a folder means another name for it exists. */
  hardLinks(path: string): number;
  /** UTF-8 text of a file of at most `limit` bytes; undefined when missing, larger, binary or unknown. */
  readText(path: string, limit: number): string | undefined;
  /** Names in a folder, unsorted; undefined when unknown. */
  list(path: string): readonly string[] | undefined;
  /**
   * Whether the bytes at a path are those of the baseline: what was there when the session began (design section 5).
   * `unknown`: nothing says.
   */
  provenance(path: string): 'baseline' | 'changed' | 'unknown';
  /**
   * What version control has of a path: all of it (`clean`), another version (`modified`), nothing (`untracked`, `ignored`). A
   * folder is as its tracked files are, `untracked` when it holds none. `unknown` only where the world is not consulted.
   */
  tracking(path: string): 'clean' | 'modified' | 'untracked' | 'ignored' | 'unknown';
  /** Counts the files below a folder; undefined where there are more than {@link countLimit} or nothing is known. */
  census(path: string): Census | undefined;
  /**
   * Symbolic links in a folder, with `deep` at any depth, those in git's and in packages' folders aside; undefined where there are
   * too many entries to look through. None where the world is not consulted.
   */
  links(folder: string, deep: boolean): readonly string[] | undefined;
  /**
   * Files below a folder that changed since the session began and that something may run; those that came with packages are left
   * out. Undefined where there are too many to look through or nothing is known.
   */
  changedSince(folder: string): readonly string[] | undefined;
  /**
   * Whether everything at a path can be kept before a call runs, so that its loss can be taken back. Absent: nothing is kept.
   * @returns how many files that are, or why not.
   */
  keepable?(path: string): { readonly files: number } | { readonly why: string };
  /**
   * What a repository holds in no commit, if all of it can be kept before a call runs; its own state is kept with it. Absent: nothing
   * is kept.
   * @param root of the work tree.
   */
  keepableWork?(root: string, what: Work): { readonly paths: readonly string[] } | { readonly why: string };
  sha256(text: string): string;
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Paths that differ only in case are the same place. */
  readonly caseInsensitive: boolean;
  /** Names under which folders of the workspace were opened, where those are symbolic links: the name, and the real path. */
  readonly openedAs?: readonly (readonly [name: string, real: string])[];
}

/** Files below a folder that are counted. */
export const countLimit = 5_000;

/** Changes in tracked files, files that git does not know, or what only git itself knows: branches, commits, what was put aside. */
export type Work = 'modified' | 'untracked' | 'history';

/** Where a call happens and what its owner has put in bounds. All paths absolute, real and without a trailing slash. */
export interface Place {
  /** Workspace folders, at least one. They come from the editor, never from a tool's argument (rule R14). */
  readonly workspace: readonly string[];
  /** The working folder of the shell at this call, inside the workspace. */
  readonly cwd: string;
  readonly home: string;
  /** The session's scratch folder: `$TMPDIR` of its commands. */
  readonly scratch: string | undefined;
  /** Folders that belong to us and the editor: settings, storage, logs. Never in scope. */
  readonly ours: readonly string[];
  readonly user: string | undefined;
  /** Hosts that may be asked without a doubt; `$defaults` stands for the built-in list, which alone holds when absent. */
  readonly hosts?: readonly string[];
  /** How much may be lost on the ground that it is kept, of one call and summed since the user last spoke; absent: nothing. */
  readonly recovery?: {
    readonly files: number;
    /** Of the files of the workspace, 0 to 1. */
    readonly share: number;
  };
}

/** Files below a folder. */
export interface Census {
  readonly files: number;
  /** Share of the files of the workspace, 0 to 1; undefined where those are not counted. */
  readonly share: number | undefined;
  readonly tracked: number;
  readonly untracked: number;
  readonly ignored: number;
}
