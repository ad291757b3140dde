import { say } from '../../../../../say';
import { unknownPiece } from '../../../shell/field';
import { attribute, computedAttribute, setAttribute } from '../attributes';
import { argument, type Call, callOf, taintOfCall } from '../call';
import { callValue, superOf } from '../functions';
import { setItem } from '../items';
import { elementOf, itemsOf } from '../iterate';
import type { Reading } from '../reading';
import { holdsEffect, release } from '../release';
import { calculates, dynamic, each, effect, pure, type Rules } from '../rule';
import { compiledText, runText } from '../runText';
import {
  alternatives,
  concat,
  constant,
  constantText,
  constantTexts,
  type DictValue,
  integer,
  join,
  list,
  nothing,
  object,
  piecesOf,
  taintOfValue,
  text,
  truth,
  type Value,
} from '../value';

/** Calls a function with each of the items. */
function mapped(reading: Reading, callee: Value, over: readonly Value[], call: Call): Value {
  const [first] = over;
  const items = over.length === 1 && first ? itemsOf(first) : undefined;
  if (items && items.length <= 40) return list(items.map((item) => callValue(reading, callee, callOf(call, item))));
  const elements = over.map((one) => elementOf(reading, one, call));
  return list([], callValue(reading, callee, callOf(call, ...elements)));
}

/** `list(x)` and its like: the same items. */
function copied(call: Call, reading: Reading): Value {
  const from = call.args[0];
  if (!from) return list([]);
  const items = itemsOf(from);
  return items ? list([...items]) : list([], elementOf(reading, from, call));
}

function withKey(call: Call, reading: Reading): void {
  const key = call.named.get('key');
  if (!key || !call.args[0]) return;
  callValue(reading, key, callOf(call, elementOf(reading, call.args[0], call)));
}

function either(call: Call, reading: Reading): Value {
  withKey(call, reading);
  const values = call.args.length === 1 && call.args[0] ? [elementOf(reading, call.args[0], call)] : call.args;
  return values.reduce<Value>((all, one) => join(all, one), call.named.get('default') ?? nothing);
}

function getAttribute(call: Call, reading: Reading): Value {
  const [of, name, otherwise] = call.args;
  if (!of) return object('getattr()');
  const names = constantTexts(name);
  if (!names) {
    if (of.kind === 'instance' || of.kind === 'class') return object('getattr()', taintOfValue(of));
    if (of.kind === 'object')
      return {
        kind: 'doing',
        what: computedAttribute,
        run: (inner, running) => {
          running.doubt('code.dynamic', say('the code computes the name of what it calls'), inner);
          return object('a result');
        },
      };
    reading.doubt('code.dynamic', say('the code computes the name of an attribute'), call);
    return object('getattr()');
  }
  const found = names.map((one) => attribute(reading, of, one, call)).reduce((all, one) => join(all, one));
  return otherwise && otherwise !== nothing ? join(found, otherwise) : found;
}

function print(call: Call, reading: Reading): Value {
  const taint = taintOfCall(call);
  for (const value of call.args)
    if (value.kind === 'known' && value.name === 'os.environ') reading.print(reading.environment(undefined, call));
  const target = call.named.get('file');
  const content = call.args.flatMap((value, index) => [
    ...(index > 0 ? [...piecesOf(constant(' '))] : []),
    ...piecesOf(value),
  ]);
  let toOutput = target === undefined;
  for (const one of target ? alternatives(target) : [])
    if (one.kind === 'file') reading.put(one, concat(content, piecesOf(constant('\n'))));
    else {
      toOutput = true;
      if (one.kind === 'instance')
        callValue(reading, attribute(reading, one, 'write', call), callOf(call, text(concat(content))));
      else release(reading, one, call);
    }
  if (toOutput) reading.print(taint);
  return nothing;
}

function convert(call: Call, reading: Reading): Value {
  const [value] = call.args;
  if (!value) return constant('');
  if (value.kind === 'known' && value.name === 'os.environ')
    return object('the environment', reading.environment(undefined, call), 'text');
  const made = alternatives(value).map((one): Value => {
    if (one.kind === 'text' || one.kind === 'path' || one.kind === 'number') return text(piecesOf(one));
    const { taint } = { taint: taintOfValue(one) };
    return one.kind === 'object' && one.as === 'integer' ? text(piecesOf(one)) : object('a text', taint, 'text');
  });
  return made.reduce((all, one) => join(all, one));
}

/** The dictionaries that `exec` and `eval` take names from. */
function namesOf(call: Call): Value[] {
  const given = [...call.args.slice(1), ...call.named.values()];
  return call.more ? [...given, call.more] : given;
}

/** The names of a module are the very names; those of a function are copied. */
function localNames(reading: Reading): Map<string, Value> {
  return reading.scope.kind === 'module' ? reading.scope.names : new Map(reading.scope.names);
}

export const builtinRules: Rules = {
  'builtins.print': pure(print),
  'builtins.open': effect((call, reading) => {
    const opener = call.named.get('opener');
    if (opener) callValue(reading, opener, callOf(call, argument(call, 0, 'file') ?? nothing, nothing));
    return reading.open(argument(call, 0, 'file') ?? object('a file'), argument(call, 1, 'mode'), call);
  }),
  'builtins.input': pure((_call, reading) => text([unknownPiece('the input', 'any', reading.source.stdin)])),
  'builtins.raw_input': pure((_call, reading) => text([unknownPiece('the input', 'any', reading.source.stdin)])),
  'builtins.exec': effect((call, reading) => runText(reading, argument(call, 0), 'exec', call, namesOf(call))),
  'builtins.eval': effect((call, reading) => runText(reading, argument(call, 0), 'eval', call, namesOf(call))),
  'builtins.execfile': dynamic,
  'builtins.compile': pure((call) =>
    compiledText(
      argument(call, 0, 'source') ?? object('a text'),
      constantText(argument(call, 2, 'mode')) === 'eval' ? 'eval' : 'exec',
    ),
  ),
  'builtins.__import__': effect((call, reading) => runText(reading, argument(call, 0, 'name'), 'import', call)),
  'builtins.globals': dynamic,
  'builtins.locals': pure((_call, reading) => ({
    kind: 'dict',
    entries: localNames(reading),
    rest: undefined,
  })),
  'builtins.vars': effect((call, reading) => {
    const [of] = call.args;
    if (!of) return { kind: 'dict', entries: localNames(reading), rest: undefined };
    if (of.kind === 'instance') return of.class.dictionary;
    if (of.kind === 'known' || holdsEffect(of))
      reading.doubt('code.dynamic', say('the code reaches into {0}', of.kind === 'known' ? of.name : 'a value'), call);
    return object('vars()', taintOfValue(of));
  }),
  'builtins.getattr': effect(getAttribute),
  'builtins.setattr': effect((call, reading) => {
    const [of, name, value] = call.args;
    const names = constantTexts(name);
    if (of && value && names) for (const one of names) setAttribute(reading, of, one, value, call);
    else if (of && value && (of.kind === 'instance' || of.kind === 'object') && !holdsEffect(value)) {
      // Which one it is matters little where nothing has an effect.
      release(reading, value, call);
      if (of.kind === 'instance') setItem(reading, of.class.dictionary, undefined, value, call);
    } else reading.doubt('code.dynamic', say('the code computes the name of an attribute'), call);
    return nothing;
  }),
  'builtins.delattr': pure(() => nothing),
  'builtins.super': pure((_call, reading) => superOf(reading)),
  'builtins.type': pure((call, reading) => {
    const [name, bases, members] = call.args;
    if (call.args.length < 2) return name?.kind === 'instance' ? name.class : object('a type');
    if (bases) release(reading, bases, call);
    if (members) release(reading, members, call);
    return object('a class');
  }),
  'builtins.map': pure((call, reading) =>
    call.args[0] ? mapped(reading, call.args[0], call.args.slice(1), call) : list([]),
  ),
  'builtins.filter': pure((call, reading) => {
    const [test, over] = call.args;
    if (test && over && test !== nothing) mapped(reading, test, [over], call);
    return over ? list([], elementOf(reading, over, call)) : list([]);
  }),
  'builtins.sorted': pure((call, reading) => {
    withKey(call, reading);
    return copied(call, reading);
  }),
  ...each('builtins', 'list tuple set frozenset', pure(copied)),
  'builtins.reversed': pure((call, reading) => {
    const items = call.args[0] ? itemsOf(call.args[0]) : [];
    return items ? list([...items].reverse()) : copied(call, reading);
  }),
  'builtins.iter': pure((call, reading) => {
    const [from, until] = call.args;
    if (from && until) return list([], callValue(reading, from, callOf(call)));
    return from?.kind === 'list' || from?.kind === 'file' ? from : copied(call, reading);
  }),
  ...each(
    'builtins',
    'next anext',
    pure((call, reading) => {
      const [from, otherwise] = call.args;
      if (!from) return nothing;
      let value = elementOf(reading, from, call);
      if (from.kind === 'instance') {
        const method = attribute(reading, from, '__next__', call);
        if (method.kind === 'bound') value = callValue(reading, method, callOf(call));
      }
      return otherwise ? join(value, otherwise) : value;
    }),
  ),
  'builtins.enumerate': pure((call, reading) => {
    const [over] = call.args;
    if (!over) return list([]);
    const items = itemsOf(over);
    const start = argument(call, 1, 'start');
    const from = start === undefined ? 0 : start.kind === 'number' ? start.value : undefined;
    if (items && items.length <= 60)
      return list(
        items.map((item, index) =>
          list([from === undefined ? integer : { kind: 'number', value: from + index }, item]),
        ),
      );
    return list([], list([integer, elementOf(reading, over, call)]));
  }),
  'builtins.zip': pure((call, reading) => {
    const columns = call.args.map((one) => itemsOf(one));
    const width = Math.min(...columns.map((column) => column?.length ?? Number.POSITIVE_INFINITY));
    if (!call.more && columns.length > 0 && columns.every((column) => column !== undefined) && width <= 60)
      return list(
        Array.from({ length: width }, (_, index) => list(columns.map((column) => column?.[index] ?? nothing))),
      );
    return list([], list(call.args.map((one) => elementOf(reading, one, call))));
  }),
  'builtins.range': pure((call) => {
    const numbers = call.args.map((one) => (one.kind === 'number' ? one.value : undefined));
    const [first, second, third] = numbers;
    if (numbers.every((one) => one !== undefined) && first !== undefined) {
      const [from, to, step] = second === undefined ? [0, first, 1] : [first, second, third ?? 1];
      const count = step === 0 ? 0 : Math.ceil((to - from) / step);
      if (count <= 8)
        return list(
          Array.from({ length: Math.max(0, count) }, (_, index) => ({ kind: 'number', value: from + index * step })),
        );
    }
    return list([], integer);
  }),
  'builtins.dict': pure((call, reading) => {
    const made: DictValue = { kind: 'dict', entries: new Map(), rest: call.more };
    const [from] = call.args;
    for (const one of from ? alternatives(from) : [])
      if (one.kind === 'dict') {
        for (const [key, value] of one.entries) made.entries.set(key, value);
        if (one.rest) made.rest = join(made.rest, one.rest);
      } else if (one.kind === 'known' && one.name.startsWith('os.environ')) {
        made.rest = join(made.rest, object('a variable', reading.environment(undefined, call), 'text'));
      } else {
        const pair = elementOf(reading, one, call);
        made.rest = join(made.rest, elementOf(reading, pair, call));
      }
    for (const [key, value] of call.named) made.entries.set(key, value);
    return made;
  }),
  ...each('builtins', 'min max', pure(either)),
  ...each('builtins', 'str unicode', pure(convert)),
  ...each(
    'builtins',
    'bytes bytearray',
    pure((call, reading) => {
      const [value] = call.args;
      if (value?.kind === 'list' || value?.kind === 'number') return object('bytes', taintOfValue(value), 'text');
      return value ? convert(call, reading) : constant('');
    }),
  ),
  ...each(
    'builtins',
    'int float round len abs ord sum hash id divmod pow',
    pure((call, reading) => {
      const [value] = call.args;
      if (value?.kind === 'number' && call.args.length === 1) return value;
      for (const one of call.args) release(reading, one, call);
      const taint = taintOfCall(call);
      return taint.secret || taint.network ? object('a number', taint, 'integer') : integer;
    }),
  ),
  ...each(
    'builtins',
    'repr ascii format',
    pure((call, reading) => convert(call, reading)),
  ),
  ...each(
    'builtins',
    'chr hex oct bin',
    pure((call) => object('a text', taintOfCall(call), 'text')),
  ),
  ...each(
    'builtins',
    'isinstance issubclass callable hasattr bool any all dir',
    pure(() => truth),
  ),
  ...each(
    'builtins',
    'memoryview complex slice object aiter exit quit copyright credits license NotImplemented Ellipsis',
    calculates,
  ),
  ...each(
    'builtins',
    'property staticmethod classmethod',
    pure((call) => call.args[0] ?? nothing),
  ),
  'builtins.help': pure(() => nothing),
  'builtins.breakpoint': pure(() => nothing),
  'builtins.reload': dynamic,
  'builtins.apply': effect((call, reading) => {
    const [callee, args] = call.args;
    const items = args && itemsOf(args);
    return callee
      ? callValue(reading, callee, items ? { ...call, args: items } : { ...call, args: [], more: object('arguments') })
      : nothing;
  }),
};

const errors =
  'ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError Exception ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning ZeroDivisionError';

export const errorRules: Rules = each('builtins', errors, calculates);

export const builtinNames: ReadonlySet<string> = new Set(
  [...Object.keys(builtinRules), ...Object.keys(errorRules)].map((name) => name.slice('builtins.'.length)),
);
