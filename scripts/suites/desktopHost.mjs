// Runs the suites inside an installed desktop VS Code. A process of its own, so that it can be ended as a whole.
//   node scripts/suites/desktopHost.mjs PROGRAM EXTENSION SUITE FOLDER USER_DATA
import { runTests } from '@vscode/test-electron';

const [vscodeExecutablePath, extensionDevelopmentPath, extensionTestsPath, folder, userData] = process.argv.slice(2);

await runTests({
  vscodeExecutablePath,
  extensionDevelopmentPath,
  extensionTestsPath,
  launchArgs: [folder, `--user-data-dir=${userData}`, '--disable-workspace-trust', '--disable-extensions'],
});
