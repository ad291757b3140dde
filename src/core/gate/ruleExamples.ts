import { callId } from '../ids';
import { type Said, say } from '../say';
import type { ToolCall } from '../tools/call';
import type { Analysis } from './analysis/analysis';
import type { Place } from './analysis/facts';
import { coveringRules, matchesRule } from './ruleMatch';
import { parseRule, widened } from './ruleSyntax';
import type { AnnotatedRule, Rule, RuleEntries, RuleEntry, RuleList, RuleProblem, RuleSet, RuleSource } from './rules';

/** Works out what a call would do, looking at no file; so that an example means the same everywhere. */
export type ExampleAnalysis = (call: ToolCall, place: Place) => Analysis;

/** Where examples happen: paths in them are relative to this workspace. */
const place: Place = {
  workspace: ['/workspace'],
  cwd: '/workspace',
  home: '/home/user',
  scratch: undefined,
  ours: [],
  user: 'user',
};

/**
 * Reads the rules of one place and checks the examples that some of them carry. A rule that cannot be read, or that is not what
 * its own examples say, is named, and the stricter reading is in the set: an allow rule is left out, an ask or deny rule covers
 * its whole tool.
 * @param analyze without it examples are not checked.
 */
export function loadRules(
  entries: RuleEntries,
  source: RuleSource,
  analyze: ExampleAnalysis | undefined,
): { readonly rules: RuleSet; readonly problems: readonly RuleProblem[] } {
  const problems: RuleProblem[] = [];
  const load = (list: RuleList): readonly Rule[] =>
    entries[list].flatMap((entry): readonly Rule[] => {
      const parsed = parseRule(entry, list, source);
      const stricter = parsed.ok ? widened(parsed.rule) : parsed.stricter;
      if (!parsed.ok) problems.push(parsed.problem);
      else {
        const wrong = analyze && wrongExample(parsed.rule, entry, analyze);
        if (wrong === undefined) return [parsed.rule];
        const said = contradiction(parsed.rule, wrong);
        problems.push({ text: parsed.rule.text, list, source, said });
      }
      return stricter ? [stricter] : [];
    });
  return { rules: { allow: load('allow'), ask: load('ask'), deny: load('deny') }, problems };
}

interface WrongExample {
  readonly example: string;
  readonly wanted: 'match' | 'notMatch';
}

/** The first example that the rule does not agree with. */
function wrongExample(rule: Rule, entry: RuleEntry, analyze: ExampleAnalysis): WrongExample | undefined {
  if (typeof entry === 'string') return undefined;
  const wrong = (wanted: 'match' | 'notMatch') => {
    const example = (entry satisfies AnnotatedRule)[wanted]?.find(
      (each) => covers(rule, each, analyze) !== (wanted === 'match'),
    );
    return example === undefined ? undefined : { example, wanted };
  };
  return wrong('match') ?? wrong('notMatch');
}

/** Whether a rule covers what an example stands for: a command, a path, an address or the name of a tool. */
export function covers(rule: Rule, example: string, analyze: ExampleAnalysis): boolean {
  const call = exampleCall(rule.tool, example);
  const analysis = analyze(call, place);
  return rule.list === 'allow'
    ? coveringRules([rule], call, analysis, place, false) !== undefined
    : matchesRule(rule, call, analysis, place) === 'yes';
}

function exampleCall(tool: string, example: string): ToolCall {
  const id = callId('example');
  switch (tool) {
    case 'Bash':
      return { id, tool, input: { command: example } };
    case 'WebFetch':
    case 'WebSearch':
      return {
        id,
        tool: 'WebFetch',
        input: { url: example.includes('://') ? example : `https://${example}/`, prompt: '' },
      };
    case 'Read':
    case 'Glob':
    case 'Grep':
      return { id, tool: 'Read', input: { file_path: absolute(example) } };
    case 'Write':
    case 'Edit':
      return { id, tool: 'Write', input: { file_path: absolute(example), content: '' } };
    default:
      return { id, tool: example, input: {} };
  }
}

function absolute(path: string): string {
  if (path.startsWith('/')) return path;
  return path === '~' || path.startsWith('~/') ? place.home + path.slice(1) : `/workspace/${path.replace(/^\.\//, '')}`;
}

function contradiction({ list, source, text, tool }: Rule, { example, wanted }: WrongExample): Said {
  if (list === 'allow')
    return wanted === 'match'
      ? say(
          'The allow rule "{0}" in the {1} does not allow its own example "{2}". It is ignored until it is corrected.',
          text,
          source,
          example,
        )
      : say(
          'The allow rule "{0}" in the {1} allows "{2}", which its examples say it must not. It is ignored until it is corrected.',
          text,
          source,
          example,
        );
  return wanted === 'match'
    ? say(
        'The {0} rule "{1}" in the {2} does not cover its own example "{3}". It covers all of {4} until it is corrected.',
        list,
        text,
        source,
        example,
        tool,
      )
    : say(
        'The {0} rule "{1}" in the {2} covers "{3}", which its examples say it must not. It covers all of {4} until it is corrected.',
        list,
        text,
        source,
        example,
        tool,
      );
}
