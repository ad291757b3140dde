/** Half-open range of UTF-16 offsets into the text that was analysed (a shell command, a file's new content). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What one effect does. `read write delete` concern files; `execute` starts a program or runs code; `send` lets data leave the
 * machine; `fetch` brings data in; `listen` opens a port; `privilege` raises rights; `persist` outlives the session (start-up
 * files, schedulers, services); `kill` ends processes; `history` changes version-control history; `remote` changes state
 * elsewhere (cloud, database, cluster, registry, forge); `settings` changes our own or the editor's configuration.
 */
export type EffectKind =
  | 'read'
  | 'write'
  | 'delete'
  | 'execute'
  | 'send'
  | 'fetch'
  | 'listen'
  | 'privilege'
  | 'persist'
  | 'kill'
  | 'history'
  | 'remote'
  | 'settings';

/** What an effect acts on. `unknown` stands for everything it could be, and is never in scope. */
export type Target =
  | {
      readonly type: 'path';
      /** Absolute, `/`-separated, `.` and `..` folded, symlinks not yet resolved. */
      readonly path: string;
      /** The same place with every existing symlink resolved; equal to `path` where there is none. */
      readonly real: string;
      /** The effect covers everything below `path` too. */
      readonly recursive: boolean;
    }
  | { readonly type: 'host'; readonly host: string; readonly port: number | undefined }
  | { readonly type: 'program'; readonly name: string }
  | { readonly type: 'process'; readonly what: string }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'unknown'; readonly what: string };

/** `certain`: happens whenever the call runs. `possible`: depends on a condition or an earlier command's result. */
export type Certainty = 'certain' | 'possible';

/** One thing a tool call would do. */
export interface Effect {
  readonly kind: EffectKind;
  readonly target: Target;
  readonly certainty: Certainty;
  /** Where in the call's text it comes from; undefined for tools whose whole input is the effect. */
  readonly span: Span | undefined;
  /** Whether it can be taken back, and why (not); undefined where nobody has looked. */
  readonly recoverable?: { readonly yes: boolean; readonly why: string };
}

/** One line for people and records: `write src/a.ts`, `send to example.com:443`, `execute unknown ($X)`. */
export function describeEffect(effect: Effect): string {
  return `${effect.kind} ${describeTarget(effect.target)}`;
}

export function describeTarget(target: Target): string {
  switch (target.type) {
    case 'path':
      return (
        (target.real === target.path ? target.path : `${target.path} → ${target.real}`) +
        (target.recursive ? '/**' : '')
      );
    case 'host':
      return target.port === undefined ? target.host : `${target.host}:${target.port}`;
    case 'program':
      return target.name;
    case 'process':
      return target.what;
    case 'variable':
      return `$${target.name}`;
    case 'unknown':
      return `unknown (${target.what})`;
  }
}
