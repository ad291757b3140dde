/** Whether a real path is one of the folders or below one; compared by components, so `/ws-evil` is not inside `/ws`. */
export function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    if (path === folder) return true;
    return path.startsWith(folder) && (/[\\/]$/.test(folder) || /^[\\/]/.test(path.slice(folder.length)));
  });
}
