/**
 * What a session did to one file, as far as it matters to later calls: whether its bytes are still those of the baseline, and
 * if not, what is known of the new ones (design section 5: scripts are judged by their bytes).
 */
export interface Trace {
  /** `made`: the session wrote all of it; `changed`: it changed what was there; `gone`: it removed it. */
  readonly state: 'made' | 'changed' | 'gone';
  /** All of it, where that is known. */
  readonly text: string | undefined;
  /** Texts that were put into what was there before; meaningless when `text` is known. */
  readonly added: readonly string[];
  /** Something of the new bytes is not known. */
  readonly unknown: boolean;
  /** It holds what came out of a secret. */
  readonly secret: boolean;
  /** It holds what came over the network. */
  readonly network: boolean;
}

/** What earlier calls of a session left behind. */
export interface Past {
  /** @param path real and folded. Undefined: the session has not touched it. */
  of(path: string): Trace | undefined;
  /** Everything the session touched. */
  all(): Iterable<readonly [string, Trace]>;
  /** A secret that the session has read, by its name; undefined: none. */
  readonly secret: string | undefined;
  /** The session has started something that listens. */
  readonly serves: boolean;
  /** Whether a person or the classifier has accepted these bytes to be run. @param sha256 lower-case hex of the text. */
  accepted(sha256: string): boolean;
  /** What brought files that nobody has looked at: a pull, an archive. Undefined: nothing did. */
  readonly swept: string | undefined;
  /** A call ran that could not be fully opened, so that any file may have changed. */
  readonly opaque: boolean;
  /** Files that calls since the user last spoke would delete or lose (limits of the blast radius are summed over them). */
  readonly lost: number;
  /** Files that were lost because they are kept, since the user last spoke. */
  readonly kept: number;
}

export const noPast: Past = {
  of: () => undefined,
  all: () => [],
  secret: undefined,
  serves: false,
  swept: undefined,
  opaque: false,
  accepted: () => false,
  lost: 0,
  kept: 0,
};

/** What a written text is known to be. */
export interface Written {
  readonly text: string | undefined;
  readonly secret?: boolean;
  readonly network?: boolean;
}

/** The changes of one call on top of the past, in the order in which they happen. */
export interface Changes {
  /** The state of a file at this point of the call. */
  of(path: string): Trace | undefined;
  /** Everything touched so far, by the past and by this call; the latest state of each. */
  all(): Iterable<readonly [string, Trace]>;
  /** All of a file is written anew. */
  write(path: string, written: Written): void;
  /** Something is put at the end of a file. */
  append(path: string, written: Written): void;
  /** Texts are put into a file; `undefined` stands for one that is not known. */
  edit(path: string, added: readonly (string | undefined)[]): void;
  remove(path: string): void;
  /** The bytes of one file become those of another. */
  copy(from: string, to: string): void;
  /** What this call alone changed. */
  readonly own: ReadonlyMap<string, Trace>;
}

/** Texts put into one file that are kept; with more, what it holds counts as unknown. */
const addedLimit = 200;

export function createChanges(past: Past): Changes {
  const own = new Map<string, Trace>();
  const of = (path: string): Trace | undefined => own.get(path) ?? past.of(path);
  const changed = (path: string, added: readonly (string | undefined)[], taint: Written): void => {
    const before = of(path);
    const known = added.filter((text) => text !== undefined);
    // Of a file that is wholly known all of the text is kept with what is added, as it is what may run.
    const texts = [...(before?.text === undefined ? (before?.added ?? []) : [before.text]), ...known];
    own.set(path, {
      state: before?.state === 'made' ? 'made' : 'changed',
      text: undefined,
      added: texts.length > addedLimit ? [] : texts,
      unknown: before?.unknown === true || known.length < added.length || texts.length > addedLimit,
      secret: before?.secret === true || taint.secret === true,
      network: before?.network === true || taint.network === true,
    });
  };
  return {
    of,
    *all() {
      for (const entry of past.all()) if (!own.has(entry[0])) yield entry;
      yield* own;
    },
    write(path, { text, secret, network }) {
      own.set(path, {
        state: 'made',
        text,
        added: [],
        unknown: text === undefined,
        secret: secret === true,
        network: network === true,
      });
    },
    append(path, written) {
      const before = of(path);
      const text = before?.state === 'gone' ? '' : before?.text;
      if (text !== undefined && written.text !== undefined)
        own.set(path, {
          state: 'made',
          text: text + written.text,
          added: [],
          unknown: false,
          secret: before?.secret === true || written.secret === true,
          network: before?.network === true || written.network === true,
        });
      else changed(path, [written.text], written);
    },
    edit: (path, added) => changed(path, added, { text: undefined }),
    remove(path) {
      own.set(path, { state: 'gone', text: undefined, added: [], unknown: false, secret: false, network: false });
    },
    copy(from, to) {
      const source = of(from);
      if (source) own.set(to, source);
      // The bytes of the baseline under another name are still in scope, but under that name they are not the baseline's.
      else own.set(to, { state: 'made', text: undefined, added: [], unknown: false, secret: false, network: false });
    },
    own,
  };
}
