import type { Draft, FromPage, ToPage } from './protocol';

/** What survives a reload of the page. */
export interface PageState {
  readonly draft: Draft;
}

/** The way to the extension and to the page's own store. */
export interface Host {
  post(message: FromPage): void;
  /** Undefined when nothing was ever saved. */
  load(): PageState | undefined;
  save(state: PageState): void;
  listen(receive: (message: ToPage) => void): void;
}

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** A record, so that a type that is missing does not compile. */
const types: Readonly<Record<ToPage['type'], true>> = {
  reset: true,
  item: true,
  status: true,
  fill: true,
  focus: true,
};

export function createHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    load() {
      const state = api.getState();
      const draft = isRecord(state) ? state['draft'] : undefined;
      return isDraft(draft) ? { draft } : undefined;
    },
    save: (state) => api.setState(state),
    listen(receive) {
      window.addEventListener('message', ({ data, origin }) => {
        // Only the editor's own frame has the page's origin. (Its window cannot be compared: the editor hides `window.parent`.)
        if (origin === window.origin && isToPage(data)) receive(data);
      });
    },
  };
}

function isToPage(data: unknown): data is ToPage {
  return isRecord(data) && typeof data['type'] === 'string' && Object.hasOwn(types, data['type']);
}

function isDraft(data: unknown): data is Draft {
  return isRecord(data) && typeof data['text'] === 'string' && typeof data['at'] === 'number';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
