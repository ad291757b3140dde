import type { AgentHost } from './agentHost';
import type { HostParts } from './hostParts';

/** The agent host, loaded when something first needs it. */
export interface LazyHost {
  open(): Promise<AgentHost>;
  /** The host when there is one already. */
  present(): Promise<AgentHost> | undefined;
  /** Ends it; the next `open` makes a new one. */
  close(): Promise<void>;
}

export function createLazyHost(parts: HostParts): LazyHost {
  let host: Promise<AgentHost> | undefined;
  return {
    open() {
      if (host) return host;
      const opening = import('./agentHost').then(({ createAgentHost }) => createAgentHost(parts));
      host = opening;
      // One that could not be made is tried again the next time.
      opening.catch(() => {
        if (host === opening) host = undefined;
      });
      return opening;
    },
    present: () => host,
    async close() {
      const closing = host;
      host = undefined;
      await (await closing?.catch(() => undefined))?.dispose();
    },
  };
}
