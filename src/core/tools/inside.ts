/** Whether a path is one of the folders or below one; compared by components, so `/ws-evil` is not inside `/ws`. */
export function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
}
