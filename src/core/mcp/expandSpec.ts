import type { McpServerSpec } from './serverSpec';

const variable = /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

export type Expanded<Spec> =
  | { readonly ok: true; readonly spec: Spec }
  | { readonly ok: false; readonly missing: string };

/** Puts the variables of the person's environment into a server's texts: `${VAR}`, and `${VAR:-default}` where it may be unset. */
export function expandSpec<Spec extends McpServerSpec>(
  spec: Spec,
  environment: Readonly<Record<string, string | undefined>>,
): Expanded<Spec> {
  let missing: string | undefined;
  const fill = (text: string): string =>
    text.replace(variable, (_whole, name: string, fallback: string | undefined) => {
      const value = environment[name] || fallback;
      if (value === undefined) missing ??= name;
      return value ?? '';
    });
  const record = (texts: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, fill(text)]));
  const expanded =
    spec.type === 'stdio'
      ? { ...spec, command: fill(spec.command), args: spec.args.map(fill), env: record(spec.env) }
      : { ...spec, url: fill(spec.url), headers: record(spec.headers) };
  return missing === undefined ? { ok: true, spec: expanded } : { ok: false, missing };
}

/** Names of the variables that a server would be given. */
export function variablesOf(spec: McpServerSpec): readonly string[] {
  const texts =
    spec.type === 'stdio'
      ? [spec.command, ...spec.args, ...Object.values(spec.env)]
      : [spec.url, ...Object.values(spec.headers)];
  return [...new Set(texts.flatMap((text) => [...text.matchAll(variable)].map(([, name]) => name ?? '')))];
}
