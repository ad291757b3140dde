/** What the suites use of the start-up scripts, which are plain JavaScript so that they run before anything is installed. */
declare module '*/lib/browser.mjs' {
  /** How to launch a Chromium, as playwright-core takes it. */
  export function findBrowser(): Promise<{
    readonly executablePath: string;
    readonly args: string[];
    readonly env?: Record<string, string>;
  }>;
}
