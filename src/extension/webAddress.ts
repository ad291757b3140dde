/** The address as it will be opened, its host in the letters that DNS sees; undefined for anything that is no web page. */
export function webAddress(link: string): string | undefined {
  try {
    const url = new URL(link);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
