import { type CompoundList, forEachChild, type SyntaxNode } from 'unbash';

/** What a piece of script sets, whatever way is taken through it. */
export interface Assigned {
  /** Variable → whether it is only ever counted with. */
  readonly assigned: ReadonlyMap<string, boolean>;
}

const setters = new Set([
  'read',
  'mapfile',
  'readarray',
  'getopts',
  'printf',
  'declare',
  'local',
  'typeset',
  'export',
  'readonly',
  'let',
  'unset',
]);

/** Looks through a body without running it: nested functions and substitutions do not count, they have their own variables. */
export function checkParsed(body: CompoundList): Assigned {
  const assigned = new Map<string, boolean>();
  const note = (name: string, counts: boolean): void => {
    assigned.set(name, counts && assigned.get(name) !== false);
  };
  const visit = (node: SyntaxNode): void => {
    switch (node.type) {
      case 'Assignment': {
        const parts = node.value.type === 'Word' ? node.value.parts : undefined;
        note(node.name, parts?.length === 1 && parts[0]?.type === 'ArithmeticExpansion');
        return;
      }
      case 'Command':
        if (setters.has(node.name?.value ?? ''))
          for (const argument of node.args)
            if (argument.type === 'Word' && /^[A-Za-z_]\w*$/.test(argument.value)) note(argument.value, false);
        break;
      case 'For':
      case 'Select':
        note(node.name.value, false);
        break;
      case 'ArithmeticBinary':
      case 'ArithmeticUnary': {
        const target = node.type === 'ArithmeticBinary' ? node.left : node.operand;
        if (target.type === 'ArithmeticWord' && /^[A-Za-z_]\w*$/.test(target.value)) note(target.value, true);
        break;
      }
      case 'Function':
      case 'CommandExpansion':
      case 'ProcessSubstitution':
      case 'Subshell':
        return;
      default:
        break;
    }
    forEachChild(node, visit);
  };
  visit(body);
  return { assigned };
}
