import { createHmac } from 'node:crypto';

/**
 * Signs thinking. The secret is fixed, so that a conversation outlives the server, as it does with the API: a transcript that
 * was saved yesterday goes on today.
 */
export function sign(thinking: string): string {
  return createHmac('sha256', 'scripted messages api').update(thinking, 'utf8').digest('base64');
}
