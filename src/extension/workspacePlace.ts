import { realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { type ExtensionContext, env, workspace } from 'vscode';
import type { Place } from '../core/gate/analysis/facts';
import { additionalFolders } from '../node/additionalFolders';

/**
 * Real paths of the folders that are open and on this machine, in the editor's order, and then of those that the user added.
 * @param added from the user's settings; they count only where a folder is open.
 */
export function workspaceFolders(added: readonly string[]): readonly string[] {
  const opened = openPaths();
  if (opened.length === 0) return [];
  return [...new Set([...opened.map(real), ...additionalFolders(added).folders])];
}

/** The folders that were opened by the name of a symbolic link: that name, and the real path. */
export function linkedFolders(): readonly (readonly [name: string, real: string])[] {
  return openPaths()
    .map((path) => [path, real(path)] as const)
    .filter(([path, target]) => path !== target);
}

const openPaths = (): readonly string[] =>
  (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);

/**
 * Where the agent's calls happen. The folders come from the editor alone.
 * @param scratch the session's own folder for temporary files, a real path.
 */
export function workspacePlace(
  context: ExtensionContext,
  folders: readonly string[],
  cwd: string,
  scratch: string,
): Place {
  return {
    workspace: folders,
    cwd,
    home: real(homedir()),
    scratch,
    ours: ourFolders(context).map(real),
    user: userName(),
  };
}

/**
 * Folders of the editor's settings, storage and program, and of ours. Not the folder of the extension as a whole: while it is
 * developed, the sample workspace lies in it.
 */
function ourFolders({ extensionPath, globalStorageUri, logUri, storageUri }: ExtensionContext): readonly string[] {
  // <user data>/User/globalStorage/<extension>: settings, profiles, keybindings and snippets lie in `User`.
  const user = dirname(dirname(globalStorageUri.fsPath));
  return [
    ...[user, globalStorageUri.fsPath, logUri.fsPath, env.appRoot],
    ...(storageUri ? [storageUri.fsPath] : []),
    ...['dist', 'media'].map((name) => join(extensionPath, name)),
  ];
}

function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
