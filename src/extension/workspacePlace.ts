import { realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { type ExtensionContext, env, workspace } from 'vscode';
import type { Place } from '../core/gate/analysis/facts';

/** Real paths of the folders that are open and on this machine, in the editor's order. */
export function workspaceFolders(): readonly string[] {
  const local = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return [...new Set(local.map(({ uri }) => real(uri.fsPath)))];
}

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
