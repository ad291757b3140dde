import { message, type ScriptedReply, text } from '../../../src/node/scriptedApi/script';

/** What the classifier's model says, in the form it was asked for. */
export const classifierAllows = (reason: string): ScriptedReply =>
  message(text(JSON.stringify({ verdict: 'allow', rule: null, reason })));

/** @param rule one of the built-in hard or soft rules. */
export const classifierBlocks = (rule: string, reason: string): ScriptedReply =>
  message(text(JSON.stringify({ verdict: 'block', rule, reason })));
