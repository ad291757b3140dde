import { type Diagnostic, DiagnosticSeverity, languages, type Uri } from 'vscode';

/** Problems that are told. */
const listed = 10;
/** How long the languages have after a change, and how long they are quiet when they are done. Milliseconds. */
const patienceMs = 1_200;
const quietMs = 200;

/** Begins to watch the problems of a file. `found`: errors that were not there at the beginning, once there are some or it took too long. */
export function newProblems(uri: Uri): { found(): Promise<readonly string[]> } {
  const before = new Set(errorsOf(uri).map(({ message }) => message));
  return {
    found: () =>
      new Promise((resolve) => {
        let quiet: NodeJS.Timeout | undefined;
        const finish = (): void => {
          clearTimeout(quiet);
          clearTimeout(late);
          watching.dispose();
          const fresh = errorsOf(uri).filter(({ message }) => !before.has(message));
          resolve(fresh.slice(0, listed).map(({ message, range }) => `- line ${range.start.line + 1}: ${message}`));
        };
        const late = setTimeout(finish, patienceMs);
        const watching = languages.onDidChangeDiagnostics(({ uris }) => {
          if (!uris.some((each) => each.toString() === uri.toString())) return;
          clearTimeout(quiet);
          quiet = setTimeout(finish, quietMs);
        });
        // Where no language has ever said anything about the file, nobody is waited for as long.
        if (languages.getDiagnostics(uri).length === 0) quiet = setTimeout(finish, 2 * quietMs);
      }),
  };
}

const errorsOf = (uri: Uri): readonly Diagnostic[] =>
  languages.getDiagnostics(uri).filter(({ severity }) => severity === DiagnosticSeverity.Error);
