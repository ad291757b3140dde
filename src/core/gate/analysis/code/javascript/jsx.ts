import { evaluate } from './evaluate';
import { giveAway } from './giveAway';
import { lookUp } from './names';
import type { Node } from './nodes';
import type { Reading } from './reading';
import { object, type Value } from './value';

/** An element: what is in it and in its attributes goes to a component or a page. */
export function evaluateElement(reading: Reading, node: Node): Value {
  reading.sink.spend(1);
  for (const one of node.kids) {
    switch (one.name) {
      case 'JSXOpenTag':
      case 'JSXSelfClosingTag':
        for (const part of one.kids) attribute(reading, part);
        break;
      case 'JSXEscape':
        giveAway(reading, evaluate(reading, one), one);
        break;
      case 'JSXElement':
      case 'JSXFragment':
        evaluateElement(reading, one);
        break;
      default:
        attribute(reading, one);
    }
  }
  return object('an element');
}

function attribute(reading: Reading, part: Node): void {
  switch (part.name) {
    case 'JSXIdentifier':
      // A component that the script defines is called with what nobody knows.
      if (/^[A-Z]/.test(part.text)) giveAway(reading, lookUp(reading, part.text, part), part);
      return;
    case 'JSXMemberExpression':
    case 'JSXBuiltin':
      return;
    case 'JSXAttribute': {
      const value = part.kids.at(-1);
      if (value && /^JSX(?:Escape|Element|Fragment)/.test(value.name))
        giveAway(reading, evaluate(reading, value), part);
      return;
    }
    case 'JSXSpreadAttribute':
      for (const one of part.kids) if (one.name !== 'Spread') giveAway(reading, evaluate(reading, one), part);
      return;
    default:
      if (part.kids.length > 0 && !/Tag$/.test(part.name)) for (const one of part.kids) attribute(reading, one);
  }
}
