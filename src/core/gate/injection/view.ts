import type { Span } from '../effect';

/** A text made from another one that remembers where each of its UTF-16 units came from. */
export interface View {
  readonly text: string;
  /** Where the unit at an index begins in the first text of all; for `text.length`, where that text ends. */
  readonly sourceOf: (index: number) => number;
}

/** The text as it is. */
export const asItIs = (text: string): View => ({ text, sourceOf: (index) => index });

/** A range of the view as a range of the text it was made from. */
export function sourceSpan(view: View, start: number, end: number): Span {
  const [one, other] = [view.sourceOf(start), view.sourceOf(end)];
  // A view may run backwards.
  return { start: Math.min(one, other), end: Math.max(one, other) };
}

/** Collects the units of a view. Plain numbers in typed arrays: this runs for every character of every tool result. */
export interface ViewWriter {
  /** @param from where the unit stands in the text that is being read */
  readonly unit: (code: number, from: number) => void;
  readonly text: (text: string, from: number) => void;
  /** Units written so far. */
  readonly length: () => number;
  readonly at: (index: number) => number;
  readonly replace: (index: number, code: number) => void;
  /** @param end length of the text that was read */
  readonly view: (end: number) => View;
}

/** @param base what is being read, when that is itself a view */
export function viewWriter(size: number, base?: View): ViewWriter {
  let units = new Uint16Array(size + 64);
  let origins = new Uint32Array(size + 64);
  let length = 0;
  const unit = (code: number, from: number): void => {
    if (length === units.length) {
      const [oldUnits, oldOrigins] = [units, origins];
      units = new Uint16Array(length * 2);
      units.set(oldUnits);
      origins = new Uint32Array(length * 2);
      origins.set(oldOrigins);
    }
    units[length] = code;
    origins[length] = from;
    length += 1;
  };
  return {
    unit,
    text: (text, from) => {
      for (let index = 0; index < text.length; index += 1) unit(text.charCodeAt(index), from);
    },
    length: () => length,
    at: (index) => units[index] ?? 0,
    replace: (index, code) => {
      units[index] = code;
    },
    view: (end) => ({
      text: textOf(units, length),
      sourceOf: (index) => {
        const origin = index < length ? (origins[index] ?? end) : end;
        return base ? base.sourceOf(origin) : origin;
      },
    }),
  };
}

/** Typed arrays hold their numbers as this decoder wants them on every machine that VS Code runs on. */
const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });

const textOf = (units: Uint16Array, length: number): string =>
  decoder.decode(new Uint8Array(units.buffer, 0, length * 2));
