import { z } from 'zod';
import { type Said, say } from '../../say';
import { blockingRules } from './rules';

/** What a well-formed reply says. */
export type ParsedReply =
  | { readonly ok: true; readonly block: false; readonly reason: string }
  | { readonly ok: true; readonly block: true; readonly rule: string; readonly hard: boolean; readonly reason: string }
  | { readonly ok: false; readonly why: Said };

const reason = z.string().trim().min(1).max(1_000);
const shape = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('allow'), rule: z.null(), reason }),
  z.strictObject({ verdict: z.literal('block'), rule: z.string(), reason }),
]);

/**
 * Reads the classifier's reply strictly: the whole of it is one JSON object of the agreed form, with nothing around it but
 * white space. Anything else is no verdict: a reply that talks, quotes the prompt or gives two answers may have been steered.
 */
export function parseReply(text: string): ParsedReply {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: say('its reply was not one JSON object and nothing else') };
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success || countKeys(text) !== Object.keys(parsed.data).length)
    return { ok: false, why: say('its reply was not a verdict of the agreed form') };
  const reply = parsed.data;
  if (reply.verdict === 'allow') return { ok: true, block: false, reason: reply.reason };
  const rule = blockingRules.get(reply.rule);
  return rule
    ? { ok: true, block: true, rule: rule.id, hard: rule.group === 'hard', reason: reply.reason }
    : { ok: false, why: say('its reply named no rule that a block can rest on') };
}

/**
 * Keys as they are written. JSON.parse lets the last of two equal keys win, however they are spelled; a reply that says two
 * things is not one verdict. Texts are taken whole, so that what stands inside one is not counted.
 */
function countKeys(json: string): number {
  return [...json.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}
