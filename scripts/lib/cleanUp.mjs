import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const duties = new Set();
let watching = false;

/**
 * Makes sure that `duty` runs once, at the latest when this process ends, by Ctrl+C too. It must be synchronous.
 * @returns runs it now
 */
export function atExit(duty) {
  watch();
  const once = () => {
    if (duties.delete(once)) duty();
  };
  duties.add(once);
  return once;
}

/** A new folder under the system's temporary folder, removed when this process ends. */
export function temporaryFolder(purpose, { keep = false } = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `gatehouse-${purpose}-`)));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return { folder, remove: keep ? () => {} : atExit(remove) };
}

function watch() {
  if (watching) return;
  watching = true;
  process.once('exit', () => {
    // The newest first: a server before the folder it writes to.
    for (const duty of [...duties].reverse()) {
      try {
        duty();
      } catch (error) {
        console.error(`While cleaning up: ${error.message}`);
      }
    }
  });
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.once(signal, () => process.exit(code));
  }
}
