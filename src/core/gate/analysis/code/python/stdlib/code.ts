import { say } from '../../../../../say';
import { taintOf, unknownPiece } from '../../../shell/field';
import { attribute } from '../attributes';
import { argument, callOf, taintOfCall } from '../call';
import { callValue } from '../functions';
import { libraryCall } from '../library';
import { holdsEffect, release } from '../release';
import { calculates, deserializes, dynamic, each, effect, native, pure, type Rule, type Rules } from '../rule';
import { runText } from '../runText';
import { alternatives, constantText, constantTexts, describe, known, nothing, object, taintOfValue } from '../value';

const evaluates: Rule = effect((call, reading) => {
  for (const value of call.args)
    if (value.kind === 'function' || value.kind === 'bound') callValue(reading, value, callOf(call));
    else if (value.kind === 'text' || value.kind === 'any') runText(reading, value, 'exec', call);
    else if (holdsEffect(value)) callValue(reading, value, callOf(call));
  for (const [name, value] of call.named)
    if (/^(?:stmt|setup|statement)$/.test(name)) {
      if (value.kind === 'function' || value.kind === 'bound') callValue(reading, value, callOf(call));
      else runText(reading, value, 'exec', call);
    } else release(reading, value, call);
  return object('a measurement');
});

/** Libraries that evaluate the texts they get. */
const calculatesText: Rule = pure((call, reading, name) => {
  for (const value of [...call.args, ...call.named.values()])
    for (const one of alternatives(value)) {
      if (one.kind !== 'text') continue;
      const whole = constantText(one);
      if (
        whole === undefined
          ? taintOf(one.pieces).network
          : /__|\b(?:import|exec|eval|open|getattr|os|sys|subprocess|lambda\s*\()\s*[.(]|\bsystem\b|\bpopen\b/i.test(
              whole,
            )
      )
        reading.doubt('code.dynamic', say('{0} evaluates a text that is more than a formula', name), call);
    }
  return libraryCall(reading, name, call);
});

const imports: Rule = effect((call, reading) => {
  const name = argument(call, 0, 'name');
  const texts = constantTexts(name);
  if (!texts) return runText(reading, object('a computed name'), 'import', call);
  let value = runText(reading, name, 'import', call);
  // `import_module('a.b')` gives the inner one.
  const [only] = texts;
  if (only?.includes('.') && value.kind === 'known')
    for (const part of only.split('.').slice(1)) value = attribute(reading, value, part, call);
  return value;
});

/** What runs code that is in texts, data or files. */
export const codeRules: Rules = {
  'importlib.import_module': imports,
  'importlib.__import__': imports,
  'importlib.reload': pure((call, reading) => {
    reading.flushAll();
    return call.args[0] ?? nothing;
  }),
  'importlib.invalidate_caches': calculates,
  ...each('importlib.util', 'find_spec', calculates),
  ...each('importlib.util', 'spec_from_file_location module_from_spec spec_from_loader LazyLoader', dynamic),
  ...each('importlib.machinery', 'SourceFileLoader ExtensionFileLoader SourcelessFileLoader', dynamic),
  ...each('pkgutil', 'iter_modules walk_packages find_loader', calculates),
  ...each('pkgutil', 'get_data resolve_name', dynamic),
  ...each('runpy', 'run_path run_module', dynamic),
  ...each('imp', 'load_source load_module load_compiled load_dynamic reload find_module new_module', dynamic),
  ...each('code', 'interact InteractiveConsole InteractiveInterpreter compile_command', dynamic),
  'inspect.getmodule': pure((call, reading) => {
    for (const value of call.args) release(reading, value, call);
    return known('__main__');
  }),
  ...each('types', 'FunctionType LambdaType CodeType', dynamic),
  ...each('inspect', 'currentframe stack getouterframes getinnerframes trace getclosurevars', dynamic),
  ...each('gc', 'get_objects get_referrers get_referents', dynamic),
  'gc.collect': calculates,
  ...each(
    'pickle',
    'dumps PickleError PicklingError UnpicklingError HIGHEST_PROTOCOL DEFAULT_PROTOCOL Pickler',
    pure((call, reading, name) => {
      for (const value of call.args) release(reading, value, call);
      return object(`${name}()`, taintOfCall(call), 'text');
    }),
  ),
  'pickle.dump': pure((call, reading) => {
    for (const one of call.args[1] ? alternatives(call.args[1]) : [])
      if (one.kind === 'file') reading.put(one, [unknownPiece('pickled data', 'any', taintOfCall(call))]);
    return nothing;
  }),
  ...each(
    'pickle',
    'loads load Unpickler',
    effect((call, reading, name) => {
      // What this very script pickled is what it was.
      const [from] = call.args;
      if (from?.kind === 'object' && /^(?:pickle|cPickle)\.dumps\(\)$/.test(from.of))
        return object('unpickled data', taintOfValue(from));
      return deserializes.call(call, reading, name);
    }),
  ),
  ...each('cPickle', 'loads load Unpickler', deserializes),
  ...each('marshal', 'loads load dumps dump', deserializes),
  ...each('dill', 'loads load load_session', deserializes),
  ...each('cloudpickle', 'loads load', deserializes),
  ...each('joblib', 'load', deserializes),
  'numpy.load': effect((call, reading, name) => {
    const pickled = argument(call, 2, 'allow_pickle');
    return pickled ? deserializes.call(call, reading, name) : libraryCall(reading, name, call);
  }),
  'torch.hub.load': deserializes,
  ...each(
    'torch',
    'load',
    effect((call, reading, name) => {
      const safe = call.named.get('weights_only');
      return safe?.kind === 'object' && safe.of === 'True'
        ? libraryCall(reading, name, call)
        : deserializes.call(call, reading, name);
    }),
  ),
  ...each('jsonpickle', 'decode loads', deserializes),
  ...each('pandas', 'read_pickle', deserializes),
  ...each('pandas', 'eval', calculatesText),
  ...each(
    'yaml',
    'load load_all unsafe_load unsafe_load_all full_load full_load_all',
    effect((call, reading, name) => {
      const loader = argument(call, 1, 'Loader');
      if (loader && /(?:^|\.)C?(?:Safe|Base)Loader$/.test(describe(loader))) return object('data', taintOfCall(call));
      return deserializes.call(call, reading, name);
    }),
  ),
  ...each(
    'yaml',
    'safe_load safe_load_all safe_dump dump dump_all scan parse compose',
    pure((call, reading, name) => libraryCall(reading, name, call)),
  ),
  ...each('ctypes', 'CDLL cdll windll PyDLL WinDLL pythonapi cast memmove memset string_at POINTER byref', native),
  ...each('mmap', 'mmap', native),
  ...each('cffi', 'FFI', native),
  ...each('timeit', 'timeit repeat Timer', evaluates),
  ...each('cProfile', 'run runctx', evaluates),
  ...each('profile', 'run runctx', evaluates),
  ...each('pdb', 'run runeval runcall', evaluates),
  ...each('pdb', 'set_trace post_mortem pm Pdb', calculates),
  ...each(
    'codecs',
    'decode encode',
    pure((call) => object('a decoded text', taintOfCall(call), 'text')),
  ),
  ...each(
    'codecs',
    'lookup getencoder getdecoder getreader getwriter getincrementaldecoder getincrementalencoder iterencode iterdecode escape_decode escape_encode BOM_UTF8 BOM_UTF16 BOM_LE BOM_BE utf_8_decode utf_8_encode register_error strict_errors',
    calculates,
  ),
  ...each('sympy', 'sympify S parse_expr lambdify', calculatesText),
  ...each('numexpr', 'evaluate', calculatesText),
  ...each('sympy.parsing.sympy_parser', 'parse_expr', calculatesText),
};
