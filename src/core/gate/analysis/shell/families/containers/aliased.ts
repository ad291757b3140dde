import { constantField, constantOf } from '../../field';
import type { Family } from '../family';

/** Two words that mean the same as one: `container ls` is `ps`. */
type Aliases = Readonly<Record<string, string>>;

/** A program some of whose sub-commands have a longer name as well. */
export function aliased(family: Family, aliases: Aliases): Family {
  return {
    programs: family.programs,
    match: family.match,
    notMatch: family.notMatch,
    judge(shell, invocation, state, context) {
      const [first, second, ...rest] = invocation.args;
      const words = first && second ? `${constantOf(first)} ${constantOf(second)}` : '';
      const short = Object.hasOwn(aliases, words) ? aliases[words] : undefined;
      if (short === undefined || !first) return family.judge(shell, invocation, state, context);
      return family.judge(shell, { ...invocation, args: [constantField(short, first.span), ...rest] }, state, context);
    },
    without: () => [
      ...(family.without?.() ?? []).map(({ entry, family: less }) => ({ entry, family: aliased(less, aliases) })),
      ...Object.keys(aliases).map((entry) => ({
        entry,
        family: aliased(family, Object.fromEntries(Object.entries(aliases).filter(([name]) => name !== entry))),
      })),
    ],
  };
}
