const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' };

/** What the inside of a string or template stands for. */
export function unescapeText(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3]?[0-7]{1,2})|(\r\n|[\s\S]))/g,
    (
      _whole,
      wide: string | undefined,
      four: string | undefined,
      two: string | undefined,
      octal: string | undefined,
      one: string | undefined,
    ) => {
      const hex = wide ?? four ?? two;
      const code = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : -1;
      if (code >= 0) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
      if (one === undefined || /^[\r\n\u2028\u2029]/.test(one)) return '';
      return simple[one] ?? one;
    },
  );
}
