import type { RuleSource } from './rules';

/** A program of the person's that is asked before a tool runs, or told after it has. */
export interface Hook {
  /** Names of tools, `*` standing for any part of one. Undefined: it could not be read, and so counts for every tool. */
  readonly tools: readonly string[] | undefined;
  /** For the shell; undefined: it could not be read. */
  readonly command: string | undefined;
  readonly timeoutMs: number;
  readonly source: RuleSource;
}

export interface HookSet {
  readonly pre: readonly Hook[];
  readonly post: readonly Hook[];
}

export const noHooks: HookSet = { pre: [], post: [] };

const defaultSeconds = 60;
const longestSeconds = 600;
/** Characters of a command. */
const commandLimit = 10_000;

/**
 * Reads hooks in the shape of Claude Code: `{ "PreToolUse": [{ "matcher": "Bash|Edit", "hooks": [{ "type": "command", "command":
 * "check.sh", "timeout": 10 }] }], "PostToolUse": […] }`. Other events are passed over. What cannot be read becomes a hook that
 * nothing satisfies, so that a mistake never switches a check off.
 * @returns `broken`: something could not be read.
 */
export function readHooks(value: unknown, source: RuleSource): { readonly hooks: HookSet; readonly broken: boolean } {
  if (value === undefined || value === null) return { hooks: noHooks, broken: false };
  const events = isRecord(value) ? value : undefined;
  const pre = events ? readEvent(events['PreToolUse'], source) : [unreadable(source)];
  const post = events ? readEvent(events['PostToolUse'], source) : [];
  const broken = [...pre, ...post].some(({ command, tools }) => command === undefined || tools === undefined);
  return { hooks: { pre, post }, broken };
}

export function joinHooks(...sets: readonly HookSet[]): HookSet {
  return { pre: sets.flatMap(({ pre }) => pre), post: sets.flatMap(({ post }) => post) };
}

/** Those for a tool, each command once. */
export function hooksFor(hooks: readonly Hook[], tool: string): readonly Hook[] {
  const seen = new Set<string>();
  return hooks.filter(({ command, source, tools }) => {
    if (tools && !tools.some((pattern) => covers(pattern, tool))) return false;
    const key = JSON.stringify([source, command]);
    return !seen.has(key) && Boolean(seen.add(key));
  });
}

function readEvent(value: unknown, source: RuleSource): readonly Hook[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [unreadable(source)];
  return value.flatMap((group): readonly Hook[] => {
    if (!isRecord(group) || !Array.isArray(group['hooks'])) return [unreadable(source)];
    const tools = readMatcher(group['matcher']);
    return group['hooks'].map((hook): Hook => {
      if (!isRecord(hook)) return unreadable(source);
      const { command, timeout = defaultSeconds, type = 'command' } = hook;
      const fits =
        type === 'command' &&
        typeof command === 'string' &&
        command.trim() !== '' &&
        command.length <= commandLimit &&
        !command.includes('\0') &&
        typeof timeout === 'number' &&
        timeout > 0 &&
        timeout <= longestSeconds;
      return fits ? { tools, command, timeoutMs: timeout * 1000, source } : { ...unreadable(source), tools };
    });
  });
}

function unreadable(source: RuleSource): Hook {
  return { tools: undefined, command: undefined, timeoutMs: 0, source };
}

/** Names and `|`, with `*` or `.*` for any part of a name; anything else of a regular expression is not read. */
function readMatcher(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === '') return ['*'];
  if (typeof value !== 'string') return undefined;
  const names = value.split('|').map((name) => name.trim().replaceAll('.*', '*'));
  return names.every((name) => /^[\w*-]+$/.test(name)) ? names : undefined;
}

function covers(pattern: string, tool: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return first === tool;
  if (!tool.startsWith(first) || tool.length < first.length + last.length || !tool.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = tool.indexOf(part, at);
    if (found < 0 || found + part.length > tool.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
