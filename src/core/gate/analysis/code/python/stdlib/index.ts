import type { Span } from '../../../../effect';
import type { Reading } from '../reading';
import type { Rule } from '../rule';
import type { Value } from '../value';
import { builtinRules, errorRules } from './builtins';
import { callingRules } from './calling';
import { codeRules } from './code';
import { fileRules, fileValues } from './files';
import { networkRules, networkValues } from './network';
import { osRules, osValues } from './os';
import { processRules, processValues } from './processes';
import { systemRules, systemValues } from './system';
import { testingRules } from './testing';

/** What calling a name does, by its dotted name. */
export const rules: ReadonlyMap<string, Rule> = new Map(
  [
    builtinRules,
    errorRules,
    osRules,
    fileRules,
    processRules,
    networkRules,
    systemRules,
    callingRules,
    codeRules,
    testingRules,
  ].flatMap((some) => Object.entries(some)),
);

/** What a name that is no function stands for. */
export const values: ReadonlyMap<string, (reading: Reading, span: Span) => Value> = new Map(
  [osValues, fileValues, processValues, networkValues, systemValues].flatMap((some) => Object.entries(some)),
);

/** Names that stand for what calling them gives, and are harmless to pass on. */
export const typed: ReadonlySet<string> = new Set([
  'subprocess.Popen()',
  'subprocess.DEVNULL',
  'tempfile.NamedTemporaryFile()',
  'requests.Session()',
  'flask.Flask()',
  'configparser.ConfigParser()',
  'ssl.SSLContext()',
  'psutil.Process()',
  'sys.stdout',
  'sys.stderr',
  'sys.stdin',
  'sys.argv',
  'sys.path',
  'os.O_RDONLY',
  '__file__',
]);
