import { say } from '../../../../../say';
import { attribute } from '../attributes';
import { type Call, callOf, taintOfCall } from '../call';
import { callValue } from '../functions';
import { getItem } from '../items';
import { elementOf, itemsOf } from '../iterate';
import type { Reading } from '../reading';
import { holdsEffect, release } from '../release';
import { each, effect, pure, type Rules } from '../rule';
import { constantText, join, list, nothing, object, taintOfValue, type Value } from '../value';

function started(call: Call, reading: Reading): void {
  const target = call.named.get('target');
  const args = call.named.get('args');
  if (target) callTarget(reading, target, args, call);
}

function callTarget(reading: Reading, target: Value, args: Value | undefined, call: Call): void {
  const items = args && itemsOf(args);
  callValue(reading, target, {
    args: items ?? [],
    named: new Map(),
    more: args && !items ? object('arguments', taintOfValue(args)) : undefined,
    start: call.start,
    end: call.end,
  });
}

/** Functions that call what they are given. */
export const callingRules: Rules = {
  ...each(
    'multiprocessing',
    'Process Pool Queue Manager Pipe Lock Value Array Event cpu_count current_process get_context set_start_method freeze_support Semaphore',
    pure((call, reading, name) => {
      started(call, reading);
      for (const [key, value] of call.named) if (key !== 'target' && key !== 'args') release(reading, value, call);
      for (const value of call.args) release(reading, value, call);
      return object(`${name}()`);
    }),
  ),
  ...each(
    'threading',
    'Thread Timer',
    effect((call, reading) => {
      started(call, reading);
      const callee = call.args[1] ?? call.named.get('function');
      if (callee && callee !== nothing) callTarget(reading, callee, call.args[2] ?? call.named.get('args'), call);
      return object('a thread');
    }),
  ),
  ...each(
    'atexit',
    'register',
    effect((call, reading) => {
      const [callee, ...args] = call.args;
      if (callee) callValue(reading, callee, { ...call, args });
      return callee ?? nothing;
    }),
  ),
  ...each(
    'functools',
    'partial partialmethod',
    effect((call) => {
      const [callee, ...args] = call.args;
      return callee ? { kind: 'partial', callee, call: { ...call, args } } : object('a partial');
    }),
  ),
  'functools.reduce': effect((call, reading) => {
    const [callee, over, first] = call.args;
    if (!callee || !over) return nothing;
    const items = itemsOf(over);
    if (items && items.length <= 20) {
      let value = first ?? items[0] ?? nothing;
      for (const item of first ? items : items.slice(1)) value = callValue(reading, callee, callOf(call, value, item));
      return value;
    }
    return callValue(
      reading,
      callee,
      callOf(call, object('a value', taintOfValue(over)), object('an item', taintOfValue(over))),
    );
  }),
  'functools.wraps': pure((call) => ({
    kind: 'doing',
    what: 'functools.wraps()',
    run: (inner) => inner.args[0] ?? call.args[0] ?? nothing,
  })),
  ...each(
    'functools',
    'lru_cache',
    pure((call) =>
      call.args[0]?.kind === 'function'
        ? call.args[0]
        : { kind: 'doing', what: 'functools.lru_cache()', run: (inner) => inner.args[0] ?? nothing },
    ),
  ),
  ...each(
    'functools',
    'cache total_ordering singledispatch',
    pure((call) => call.args[0] ?? nothing),
  ),
  ...each(
    'contextlib',
    'contextmanager asynccontextmanager',
    pure((call) => call.args[0] ?? nothing),
  ),
  ...each(
    'contextlib',
    'closing nullcontext',
    pure((call) => call.args[0] ?? nothing),
  ),
  ...each(
    'contextlib',
    'suppress redirect_stdout redirect_stderr ExitStack AsyncExitStack',
    pure((call, reading) => {
      for (const value of call.args) release(reading, value, call);
      return object('a context');
    }),
  ),
  ...each(
    'dataclasses',
    'dataclass',
    pure((call) =>
      call.args[0]?.kind === 'class'
        ? call.args[0]
        : { kind: 'doing', what: 'dataclass()', run: (inner) => inner.args[0] ?? nothing },
    ),
  ),
  ...each(
    'typing',
    'cast',
    pure((call) => call.args[1] ?? nothing),
  ),
  ...each(
    'copy',
    'copy deepcopy',
    pure((call) => call.args[0] ?? nothing),
  ),
  'operator.attrgetter': pure((call) => ({
    kind: 'doing',
    what: 'attrgetter()',
    run: (inner, reading) => {
      const [of] = inner.args;
      const name = constantText(call.args[0]);
      if (!of) return nothing;
      if (name === undefined) {
        reading.doubt('code.dynamic', say('the code computes the name of an attribute'), call);
        return object('an attribute');
      }
      return name.split('.').reduce((value, part) => attribute(reading, value, part, call), of);
    },
  })),
  'operator.methodcaller': pure((call) => ({
    kind: 'doing',
    what: 'methodcaller()',
    run: (inner, reading) => {
      const [name, ...args] = call.args;
      const [of] = inner.args;
      const constant = constantText(name);
      if (!of) return nothing;
      if (constant === undefined) {
        reading.doubt('code.dynamic', say('the code computes the name of an attribute'), call);
        return object('a result');
      }
      return callValue(reading, attribute(reading, of, constant, call), { ...call, args });
    },
  })),
  'operator.itemgetter': pure((call) => ({
    kind: 'doing',
    what: 'itemgetter()',
    run: (inner, reading) =>
      inner.args[0] ? getItem(reading, inner.args[0], call.args.slice(0, 1), false, call) : nothing,
  })),
  'operator.call': effect((call, reading) => {
    const [callee, ...args] = call.args;
    return callee ? callValue(reading, callee, { ...call, args }) : nothing;
  }),
  ...each(
    'asyncio',
    'run get_event_loop new_event_loop gather wait_for create_task ensure_future sleep',
    pure((call) => call.args[0] ?? object('asyncio')),
  ),
  ...each(
    'asyncio',
    'to_thread',
    effect((call, reading) => {
      const [callee, ...args] = call.args;
      return callee ? callValue(reading, callee, { ...call, args }) : nothing;
    }),
  ),
  ...each(
    'itertools',
    'chain chain.from_iterable',
    pure((call, reading, name) => {
      let items = call.args.map((one) => elementOf(reading, one, call));
      if (name.endsWith('from_iterable')) items = items.map((one) => elementOf(reading, one, call));
      const any = object('an item', taintOfCall(call));
      return list(
        [],
        items.reduce<Value>((all, one) => join(all, one), any),
      );
    }),
  ),
  'collections.OrderedDict': pure((call, reading) => copyOf(call, reading)),
  'collections.deque': pure((call, reading) => copyOf(call, reading)),
  'collections.defaultdict': pure((call, reading) => {
    if (call.args[0]) release(reading, call.args[0], call);
    return { kind: 'dict', entries: new Map(), rest: object('an entry') };
  }),
  'collections.namedtuple': pure(() => ({
    kind: 'doing',
    what: 'namedtuple()',
    run: (inner, reading) => {
      for (const value of [...inner.args, ...inner.named.values()])
        if (holdsEffect(value)) release(reading, value, inner);
      return list([...inner.args, ...inner.named.values()], inner.more);
    },
  })),
};

function copyOf(call: Call, reading: Reading): Value {
  const [from] = call.args;
  if (!from) return list([]);
  if (from.kind === 'dict' || from.kind === 'list') return from;
  if (holdsEffect(from)) release(reading, from, call);
  return object('a collection', taintOfCall(call));
}
