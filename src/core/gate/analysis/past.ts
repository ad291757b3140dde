import type { Analysis } from './analysis';
import type { Past, Trace } from './changes';

/** The past of a session, added to call by call. */
export interface GrowingPast extends Past {
  /** Takes in what a call did that has run. */
  learn(analysis: Analysis): void;
  /** These bytes may be run: a person or the classifier said so. @param sha256 lower-case hex of the text. */
  accept(sha256: string): void;
  /** The user has spoken: what is lost is counted anew (design section 5, blast radius). */
  userSpoke(): void;
}

/** Files of a session that are remembered one by one; the oldest are then only known to have changed. */
const fileLimit = 5_000;

export function createPast(): GrowingPast {
  const traces = new Map<string, Trace>();
  const accepted = new Set<string>();
  /** Paths that something in the background may write to at any time, whoever writes to them later, and out of what. */
  const lingering = new Map<string, Pick<Trace, 'secret' | 'network'>>();
  let secret: string | undefined;
  let serves = false;
  let swept: string | undefined;
  let opaque = false;
  let lost = 0;
  let kept = 0;
  const seen = (path: string): Trace | undefined => {
    const trace = traces.get(path);
    const taint = lingering.get(path);
    if (!trace || !taint) return trace;
    const { network, secret } = taint;
    return {
      ...{ state: 'changed', text: undefined, added: [], unknown: true },
      ...{ secret: secret || trace.secret, network: network || trace.network },
    };
  };
  const linger = (path: string, { network, secret }: Trace): void => {
    const before = lingering.get(path);
    lingering.set(path, { network: network || before?.network === true, secret: secret || before?.secret === true });
  };
  return {
    of: seen,
    *all() {
      for (const [path, trace] of traces) yield [path, seen(path) ?? trace] as const;
    },
    get secret() {
      return secret;
    },
    get serves() {
      return serves;
    },
    get swept() {
      return swept;
    },
    get opaque() {
      return opaque;
    },
    get lost() {
      return lost;
    },
    get kept() {
      return kept;
    },
    accepted: (sha256) => accepted.has(sha256),
    learn(analysis) {
      for (const [path, trace] of analysis.changes) {
        traces.delete(path);
        traces.set(path, trace);
        if (analysis.background) linger(path, trace);
      }
      if (traces.size > fileLimit) forgetText(traces);
      secret ??= analysis.secret;
      serves ||= analysis.serves;
      swept ??= analysis.swept;
      opaque ||= analysis.opaque;
      lost += analysis.named;
      kept += analysis.kept.files;
    },
    accept: (sha256) => accepted.add(sha256),
    userSpoke() {
      lost = 0;
      kept = 0;
    },
  };
}

/** Lets go of what the oldest files hold; that they changed is kept. */
function forgetText(traces: Map<string, Trace>): void {
  let over = traces.size - fileLimit;
  for (const [path, trace] of traces) {
    if (over <= 0) return;
    over -= 1;
    if (trace.text !== undefined || trace.added.length > 0)
      traces.set(path, { ...trace, text: undefined, added: [], unknown: true });
  }
}
