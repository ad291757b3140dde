import type { ToolCall } from '../tools/call';
import type { Place } from './analysis/facts';
import { redact } from './redact';
import { covers, type ExampleAnalysis } from './ruleExamples';
import { parseRule } from './ruleSyntax';
import type { RuleEntry } from './rules';

/** Characters of a command that still reads as an example. */
const exampleLength = 200;

/**
 * A rule with the call it was made for as its example, so that it says later what it was meant to be. Without one where the call is
 * long, holds a secret, or is covered only by what lies in this workspace.
 */
export function withExample(
  rule: string,
  { input, tool }: ToolCall,
  place: Place,
  analyze: ExampleAnalysis,
): RuleEntry {
  const { command, file_path: path } = input as { readonly command?: unknown; readonly file_path?: unknown };
  const example = tool === 'Bash' ? command : typeof path === 'string' ? relativeTo(path, place) : undefined;
  if (typeof example !== 'string' || example.length > exampleLength || /[\n\r]/.test(example)) return rule;
  if (redact(example) !== example) return rule;
  const parsed = parseRule(rule, 'allow', 'user settings');
  return parsed.ok && covers(parsed.rule, example, analyze) ? { rule, match: [example] } : rule;
}

function relativeTo(path: string, { workspace }: Place): string | undefined {
  const folder = workspace.find((each) => path.startsWith(`${each}/`));
  return folder && path.slice(folder.length + 1);
}
