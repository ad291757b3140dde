import { say } from '../../../../../say';
import { mixTaints, textPiece, unknownPiece } from '../../../shell/field';
import { argument, type Call, taintOfCall } from '../call';
import { elementOf, itemsOf } from '../iterate';
import type { Reading } from '../reading';
import { holdsEffect, release } from '../release';
import {
  concat,
  constant,
  constantText,
  integer,
  list,
  object,
  piecesOf,
  taintOfValue,
  text,
  truth,
  type Value,
} from '../value';

type Text = Value & { kind: 'text' };

/** Methods of `str` and `bytes`. */
export function callTextMethod(reading: Reading, of: Text, name: string, call: Call): Value {
  for (const value of call.args) if (value.kind !== 'text') releaseArgument(reading, value, name, call);
  const whole = constantText(of);
  const taint = mixTaints(taintOfValue(of), taintOfCall(call));
  switch (name) {
    case 'format':
    case 'format_map':
      return formatted(of, call, whole);
    case 'join': {
      const [over] = call.args;
      const items = over && itemsOf(over);
      if (items)
        return text(
          concat(...items.flatMap((item, index) => (index > 0 ? [of.pieces, piecesOf(item)] : [piecesOf(item)]))),
        );
      if (!over) return of;
      const known = over.kind === 'list' ? [...over.items.slice(0, 60)] : [];
      const rest = over.kind === 'list' ? over.rest : elementOf(reading, over, call);
      if (rest) known.push(...(rest.kind === 'any' ? rest.of : [rest]));
      // In unknown order, with unknown things between.
      const gap = unknownPiece('a joined text', 'any', taintOfValue(over));
      return text(concat([gap], ...known.flatMap((item) => [piecesOf(item), [gap]])));
    }
    case 'replace': {
      const [old, by] = [call.args[0], call.args[1]];
      const [oldText, byText] = [constantText(old), constantText(by)];
      if (whole !== undefined && oldText && byText !== undefined) return constant(whole.replaceAll(oldText, byText));
      if (byText === '' && oldText !== undefined)
        return text([unknownPiece('a text', 'any', taint), ...kept(of), unknownPiece('a text', 'any', taint)]);
      return text(
        concat([unknownPiece('a text', 'any', taint)], kept(of), by ? piecesOf(by) : [], [
          unknownPiece('a text', 'any', taint),
        ]),
      );
    }
    case 'strip':
    case 'lstrip':
    case 'rstrip': {
      if (whole !== undefined && call.args.length === 0)
        return constant(name === 'strip' ? whole.trim() : name === 'lstrip' ? whole.trimStart() : whole.trimEnd());
      return text(of.pieces);
    }
    case 'lower':
    case 'upper':
    case 'casefold':
      if (whole !== undefined) return constant(name === 'upper' ? whole.toUpperCase() : whole.toLowerCase());
      return object('a text', taint, 'text');
    case 'encode':
    case 'decode':
      if (harmlessCodec(call)) return of;
      return object('a decoded text', taint, 'text');
    case 'split':
    case 'rsplit': {
      const by = constantText(call.args[0]);
      if (whole !== undefined && call.args.length <= 1)
        return list((by === undefined ? whole.trim().split(/\s+/) : whole.split(by)).slice(0, 400).map(constant));
      return list([], object('a part of a text', taint, 'text'));
    }
    case 'splitlines':
      if (whole !== undefined && call.args.length === 0) return list(whole.split('\n').slice(0, 400).map(constant));
      return list(
        kept(of).map((piece) => text([piece])),
        object('a line', taint, 'text'),
      );
    case 'partition':
    case 'rpartition':
      return list([
        object('a part of a text', taint, 'text'),
        object('a part of a text', taint, 'text'),
        object('a part of a text', taint, 'text'),
      ]);
    case 'startswith':
    case 'endswith':
    case 'isdigit':
      return truth;
    case 'find':
    case 'index':
    case 'count':
    case 'rfind':
    case 'rindex':
      return integer;
    default:
      return object(`a text after ${name}`, taint, 'text');
  }
}

/** The known pieces of a text, of which a part may be left. */
function kept(of: Text): Text['pieces'] {
  return of.pieces.length > 1 || of.pieces[0]?.type === 'text' ? of.pieces : [];
}

function releaseArgument(reading: Reading, value: Value, name: string, call: Call): void {
  // Formatting can look into what it formats.
  if (name === 'format' || name === 'format_map') {
    if (holdsEffect(value)) reading.doubt('code.dynamic', say('a text is formatted with a module'), call);
  } else release(reading, value, call);
}

function harmlessCodec(call: Call): boolean {
  const codec = argument(call, 0, 'encoding');
  if (!codec) return true;
  const name = constantText(codec);
  return name !== undefined && /^(?:utf[-_]?8(?:[-_]sig)?|ascii|latin[-_]?1|iso-?8859-?1|us-ascii)$/i.test(name);
}

function formatted(of: Text, call: Call, whole: string | undefined): Value {
  const unknown = object('a formatted text', taintOfCall(call), 'text');
  if (whole === undefined || call.more) return text(concat(of.pieces, piecesOf(unknown)));
  let next = 0;
  const parts = whole.split(/(\{\{|\}\}|\{[A-Za-z_]?\w*\})/);
  return text(
    concat(
      ...parts.map((part, index) => {
        if (index % 2 === 0) return part.includes('{') ? piecesOf(unknown) : [textPiece(part)];
        if (part === '{{' || part === '}}') return [textPiece(part.slice(1))];
        const key = part.slice(1, -1);
        const value = key === '' ? call.args[next] : /^\d+$/.test(key) ? call.args[Number(key)] : call.named.get(key);
        if (key === '') next += 1;
        return value ? piecesOf(value) : piecesOf(unknown);
      }),
    ),
  );
}
