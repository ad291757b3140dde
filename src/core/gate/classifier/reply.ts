import { z } from 'zod';
import { blockingRules } from './rules';

/** What a well-formed reply says. */
export type ParsedReply =
  | { readonly ok: true; readonly block: false; readonly reason: string }
  | { readonly ok: true; readonly block: true; readonly rule: string; readonly hard: boolean; readonly reason: string }
  | { readonly ok: false; readonly why: 'not JSON' | 'not of the agreed form' | 'no known rule named' };

const shape = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('allow'), rule: z.null(), reason: z.string().trim().min(1).max(1_000) }),
  z.strictObject({ verdict: z.literal('block'), rule: z.string(), reason: z.string().trim().min(1).max(1_000) }),
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
    return { ok: false, why: 'not JSON' };
  }
  // JSON.parse lets the last of two equal keys win; a reply that says both things is not one verdict.
  const keys = text.match(/"(?:verdict|rule|reason)"\s*:/g) ?? [];
  const parsed = shape.safeParse(value);
  if (!parsed.success || new Set(keys.map((key) => key.replace(/\s/g, ''))).size !== keys.length)
    return { ok: false, why: 'not of the agreed form' };
  const reply = parsed.data;
  if (reply.verdict === 'allow') return { ok: true, block: false, reason: reply.reason };
  const rule = blockingRules.get(reply.rule);
  return rule
    ? { ok: true, block: true, rule: rule.id, hard: rule.group === 'hard', reason: reply.reason }
    : { ok: false, why: 'no known rule named' };
}
