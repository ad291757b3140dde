import { say } from '../../say';
import type { Effect, EffectKind, Span } from '../effect';
import type { Remark } from './report';

/** Spans that are shown for what is allowed; more of the same say nothing new. */
const spanLimit = 8;

/** What is said when nothing speaks against a call, by the weightiest thing it does. */
const remarks: readonly { readonly kinds: readonly EffectKind[]; readonly remark: Remark }[] = [
  {
    kinds: ['execute'],
    remark: {
      rule: 'runs.project',
      reason: say('it runs the project’s own code as the session found it, and what has been judged since'),
    },
  },
  {
    kinds: ['fetch', 'send', 'listen', 'remote'],
    remark: {
      rule: 'reaches.scope',
      reason: say('it only reaches places that are in scope, and sends nothing secret'),
    },
  },
  {
    kinds: ['delete'],
    remark: { rule: 'deletes.recoverable', reason: say('what it deletes can be had back') },
  },
  {
    kinds: ['history', 'kill', 'persist', 'privilege', 'settings'],
    remark: { rule: 'history.workspace', reason: say('it only adds to the history of the workspace') },
  },
  {
    kinds: ['write'],
    remark: {
      rule: 'changes.workspace',
      reason: say('it only changes files inside the workspace, none of them protected'),
    },
  },
];

const looks: Remark = { rule: 'looks', reason: say('it only looks, at nothing that is secret') };

const codeRead: Remark = {
  rule: 'code.read',
  reason: say('the code it runs was read, and it only looks and computes'),
};

/** A program that runs code which has been read: what the code does are effects of their own. */
function isReader({ kind, target }: Effect): boolean {
  return (
    kind === 'execute' &&
    target.type === 'program' &&
    /^(?:python|pypy|node|nodejs|perl|ruby|php)[\d.]*$/.test(target.name)
  );
}

/** Why a call is allowed, and where in its text that can be seen. */
export function remarkFor(effects: readonly Effect[]): { readonly remark: Remark; readonly evidence: readonly Span[] } {
  for (const { kinds, remark } of remarks) {
    const ones = effects.filter((effect) => kinds.includes(effect.kind) && !isReader(effect));
    if (ones.length > 0) return { remark, evidence: spansOf(ones) };
  }
  const code = effects.filter(isReader);
  return code.length > 0
    ? { remark: codeRead, evidence: spansOf(code) }
    : { remark: looks, evidence: spansOf(effects) };
}

function spansOf(effects: readonly Effect[]): readonly Span[] {
  const found = new Map<string, Span>();
  for (const { span } of effects)
    if (span && span.end > span.start && found.size < spanLimit) found.set(`${span.start} ${span.end}`, span);
  return [...found.values()];
}
