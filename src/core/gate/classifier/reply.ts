import { z } from 'zod';
import { type Said, say } from '../../say';
import { blockingRule, type Ruleset } from './ruleset';

/** The words of the filter. */
export const filterWords = { pass: 'PASS', look: 'LOOK' } as const;
/** Begins the line of a verdict, before the mark. */
export const verdictWord = 'VERDICT';

/** What the filter says. It errs towards a closer look: whatever is not exactly *pass* is one. */
export function parseFilter(text: string): 'pass' | 'look' {
  return text.trim() === filterWords.pass ? 'pass' : 'look';
}

/** What a well-formed verdict says. */
export type ParsedVerdict =
  | { readonly ok: true; readonly block: false; readonly reason: string }
  | { readonly ok: true; readonly block: true; readonly rule: string; readonly hard: boolean; readonly reason: string }
  | { readonly ok: false; readonly why: Said };

const reason = z.string().trim().min(1).max(1_000);
const shape = z.discriminatedUnion('block', [
  z.strictObject({ block: z.literal(false), rule: z.null(), reason }),
  z.strictObject({ block: z.literal(true), rule: z.string(), reason }),
]);

/** UTF-16 units of a reply that are looked at; the reasons before a verdict are a few sentences. */
const longestReply = 20_000;

/**
 * Reads a verdict strictly: reasons, which are not looked at, and then one last line with the mark of this very question and one
 * JSON object. Anything else is no verdict. The mark was drawn after everything that is judged had been written, so no file,
 * command or earlier reply can hold a line that counts; two lines with it are not one verdict.
 */
export function parseVerdict(text: string, mark: string, ruleset: Ruleset): ParsedVerdict {
  const start = `${verdictWord} ${mark} `;
  const lines = text.length > longestReply ? [] : text.trim().split('\n');
  const last = lines.at(-1) ?? '';
  if (!last.startsWith(start) || lines.filter((line) => line.includes(mark)).length !== 1)
    return { ok: false, why: say('its reply did not end in one verdict of the agreed form') };
  const json = last.slice(start.length);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, why: say('its verdict was not one JSON object') };
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success || countKeys(json) !== Object.keys(parsed.data).length)
    return { ok: false, why: say('its verdict was not of the agreed form') };
  const reply = parsed.data;
  if (!reply.block) return { ok: true, block: false, reason: reply.reason };
  const rule = blockingRule(ruleset, reply.rule);
  return rule
    ? { ok: true, block: true, rule: rule.id, hard: rule.hard, reason: reply.reason }
    : { ok: false, why: say('its verdict named no rule that a block can rest on') };
}

/**
 * Keys as they are written. JSON.parse lets the last of two equal keys win, however they are spelled; a reply that says two
 * things is not one verdict. Texts are taken whole, so that what stands inside one is not counted.
 */
function countKeys(json: string): number {
  return [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}
