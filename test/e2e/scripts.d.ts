/** What the suites use of the start-up scripts, which are plain JavaScript so that they run before anything is installed. */
declare module '*/lib/browser.mjs' {
  /** How to launch a Chromium, as playwright-core takes it. Installs one where there is none. */
  export function findBrowser(): Promise<{
    readonly executablePath: string;
    readonly args: string[];
    readonly env?: Record<string, string>;
  }>;
}

declare module '*/lib/host.mjs' {
  export function installHost(): Promise<{ readonly node: string; readonly server: string }>;
}

declare module '*/lib/noKeys.mjs' {
  /** The person's own credentials, each as a variable to take away. */
  export const noKeys: Readonly<Record<string, undefined>>;
}

declare module '*/lib/project.mjs' {
  export const root: string;
  export const artefacts: string;
}

declare module '*/lib/ownEtc.mjs' {
  /** Words that let a program see a folder as that of the administrator; undefined where that cannot be done. */
  export function withManagedFolder(folder: string): readonly string[] | undefined;
}

declare module '*/lib/startServer.mjs' {
  export function startServer(options: {
    readonly host: { readonly node: string; readonly server: string };
    readonly port?: number;
    readonly trust?: boolean;
    readonly userSettings?: Readonly<Record<string, unknown>>;
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly development?: boolean;
    readonly before?: readonly string[];
    readonly log: string;
  }): Promise<{ url(folder: string): string; readUserSettings(): string; close(): void }>;
}
