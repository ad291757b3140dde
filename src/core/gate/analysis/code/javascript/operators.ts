import { join } from './join';
import type { Reading } from './reading';
import { taintOfValue } from './taint';
import { alternatives, concat, integer, isNumber, nothing, object, piecesOf, text, type Value } from './value';

const mostSums = 64;
const longestText = 20_000;

/** Two values as one text, for each of the texts they may be. */
export function addTexts(a: Value, b: Value): Value {
  const left = alternatives(a);
  const right = alternatives(b);
  if (left.length * right.length > mostSums) return text(concat(piecesOf(a), piecesOf(b)));
  let sum: Value | undefined;
  for (const one of left)
    for (const other of right) {
      const pieces = concat(piecesOf(one), piecesOf(other));
      const tooLong =
        pieces.length > 60 || pieces.some((piece) => piece.type === 'text' && piece.text.length > longestText);
      sum = join(sum, tooLong ? object('a long text', taintOfValue(text(pieces)), 'text') : text(pieces));
    }
  return sum ?? nothing;
}

/** What an operator makes of two values. */
export function operate(_reading: Reading, operator: string, a: Value, b: Value): Value {
  switch (operator) {
    case '||':
    case '??':
    case '&&':
      return join(a, b);
    case ',':
      return b;
    case '+':
      if (a.kind === 'number' && b.kind === 'number') return { kind: 'number', value: a.value + b.value };
      if (alternatives(a).every(isNumber) && alternatives(b).every(isNumber)) return integer;
      return addTexts(a, b);
    case '-':
    case '*':
    case '/':
    case '%':
    case '**':
    case '|':
    case '&':
    case '^':
    case '<<':
    case '>>':
    case '>>>':
      if (a.kind === 'number' && b.kind === 'number') return numeric(operator, a.value, b.value);
      return object('a number', taintOfValue(join(a, b)), 'integer');
    default:
      return nothing;
  }
}

function numeric(operator: string, a: number, b: number): Value {
  const value = ((): number => {
    switch (operator) {
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        return a / b;
      case '%':
        return a % b;
      case '**':
        return a ** b;
      case '|':
        return a | b;
      case '&':
        return a & b;
      case '^':
        return a ^ b;
      case '<<':
        return a << b;
      case '>>':
        return a >> b;
      default:
        return a >>> b;
    }
  })();
  return { kind: 'number', value };
}
