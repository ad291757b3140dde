/** Styles as functions from text to text. Without colour they are the identity, apart from bold and reverse, which are none. */
export interface Colours {
  readonly bold: Style;
  readonly dim: Style;
  readonly italic: Style;
  readonly underline: Style;
  readonly strike: Style;
  readonly reverse: Style;
  readonly red: Style;
  readonly green: Style;
  readonly yellow: Style;
  readonly blue: Style;
  readonly cyan: Style;
}

export type Style = (text: string) => string;

/** The sixteen colours of the terminal's own theme, so that they fit whatever it is. @see https://no-color.org */
export function createColours(env: Readonly<Record<string, string | undefined>>): Colours {
  const plain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const style =
    (on: number, off: number): Style =>
    (text) =>
      `\u001b[${on}m${text}\u001b[${off}m`;
  const colour = (on: number): Style => (plain ? (text) => text : style(on, 39));
  return {
    ...{ bold: style(1, 22), dim: style(2, 22), italic: style(3, 23), underline: style(4, 24), strike: style(9, 29) },
    ...{ reverse: style(7, 27), red: colour(31), green: colour(32), yellow: colour(33), blue: colour(34) },
    cyan: colour(36),
  };
}
