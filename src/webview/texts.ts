import { pageStrings, type StringKey } from './strings';

/** Looks up a text of the page and fills in its arguments. */
export type Texts = (key: StringKey, ...args: (string | number)[]) => string;

/** @param translated what the extension sent; a key it lacks is shown in English. */
export function createTexts(translated: Readonly<Record<string, string>>): Texts {
  return (key, ...args) => fill(Object.hasOwn(translated, key) ? (translated[key] ?? '') : pageStrings[key], args);
}

function fill(template: string, args: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (whole, index) => String(args[Number(index)] ?? whole));
}
