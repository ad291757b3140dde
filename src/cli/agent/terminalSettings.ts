import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type PermissionsFile, readPermissions } from '../../core/gate/permissionsFile';
import type { RuleEntry } from '../../core/gate/rules';
import { type Said, say } from '../../core/say';
import { parseSettings, type Settings, settingKeys } from '../../core/settings';
import { exitCodes } from './exitCodes';
import { Unusable } from './unusable';

/** The user's settings in the terminal: those of the file, and over them those of the command line. */
export interface TerminalSettings {
  readonly user: Settings;
  /** Of the file of `--settings`: rules and sentences in the nested form. */
  readonly extra: PermissionsFile | undefined;
  readonly problems: readonly Said[];
  /** Adds a rule to the user's allow list, once. Throws when the file cannot be written. */
  addRule(rule: RuleEntry): void;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Reads settings of the same schema as the editor's. A key stands in the file as in the editor's settings,
 * `"claudeCode.autoMode.hosts"`, or nested without the prefix, `{"autoMode": {"hosts": []}}`; nested rules are read with the other
 * permission files.
 * @param given `--settings`: a file, or JSON.
 */
export function readTerminalSettings(file: string, given: string | undefined, cwd: string): TerminalSettings {
  const problems: Said[] = [];
  const own = readOwn(file);
  const extra = given === undefined ? undefined : readGiven(given, cwd);
  const parsed = parseSettings({ ...known(own, problems), ...(extra ? known(extra.values, problems) : {}) });
  return {
    user: parsed.settings,
    extra: extra && readPermissions(extra.path, JSON.stringify(extra.values)),
    problems: [...problems, ...parsed.problems.map(({ said }) => said)],
    addRule: (rule) => addRule(file, rule),
  };
}

/** A file with a mistake may hold what must not be done: without it the program does not run. */
function readOwn(file: string): Values {
  if (!existsSync(file)) return {};
  let values: Values | undefined;
  try {
    values = asRecord(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  } catch {
    // The parser's message would quote the text, which may hold a key.
  }
  if (values) return values;
  throw new Unusable(
    say('{0} does not hold a JSON object; correct it, because your rules stand in it', file),
    exitCodes.usage,
  );
}

/** What was named on the command line must be there and right: without it the program would run as nobody meant. */
function readGiven(given: string, cwd: string): { readonly path: string; readonly values: Values } {
  const inline = given.trimStart().startsWith('{');
  const path = inline ? '--settings' : resolve(cwd, given);
  let text = given;
  try {
    if (!inline) text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Unusable(say('--settings: {0} cannot be read: {1}', path, String(error)), exitCodes.usage);
  }
  try {
    const values = asRecord(JSON.parse(text.replace(/^\uFEFF/, '')));
    if (values) return { path, values };
  } catch {
    // The parser's message would quote the text, which may hold a key.
  }
  throw new Unusable(say('--settings: {0} does not hold a JSON object', path), exitCodes.usage);
}

const prefix = 'claudeCode.';
/** Nested, these are read as a permission file is. */
const ofPermissions = /^(?:permissions\.|autoMode\.(?:environment|allow|softDeny|hardDeny)$)/;

function known(values: Values, problems: Said[]): Values {
  const found: Record<string, unknown> = {};
  for (const key of settingKeys) {
    const flat = values[prefix + key];
    const nested = ofPermissions.test(key) ? undefined : within(values, key.split('.'));
    const value = flat ?? nested;
    if (value !== undefined) found[key] = value;
  }
  for (const name of Object.keys(values))
    if (name.startsWith(prefix) && !settingKeys.some((key) => prefix + key === name))
      problems.push(say('{0} is no setting, so it is ignored.', name));
  return found;
}

function within(values: Values, [first = '', ...rest]: readonly string[]): unknown {
  const value = values[first];
  return rest.length === 0 ? value : within(asRecord(value) ?? {}, rest);
}

function addRule(file: string, rule: RuleEntry): void {
  const values = existsSync(file) ? asRecord(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))) : {};
  if (!values) throw new Error(`${file} does not hold an object`);
  const permissions = asRecord(values['permissions']) ?? {};
  const allow = Array.isArray(permissions['allow']) ? permissions['allow'] : [];
  if (allow.some((entry) => JSON.stringify(entry) === JSON.stringify(rule))) return;
  const next = { ...values, permissions: { ...permissions, allow: [...allow, rule] } };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.${process.pid}.new`;
  writeFileSync(beside, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, file);
}

function asRecord(value: unknown): Values | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : undefined;
}
