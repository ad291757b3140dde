import { randomBytes } from 'node:crypto';
import { startScriptedApi } from '../scriptedApi/scriptedApi';
import { demoReply } from './scenarios';

/** What a model client needs to talk to the demo. */
export interface Demo {
  readonly baseURL: string;
  readonly apiKey: string;
  readonly model: string;
  /** Ends the server. */
  dispose(): Promise<void>;
}

/**
 * Starts the offline demo model: a Messages API on loopback that plays three scenarios in `demo/workspace`, both as the agent
 * and as its classifier. The key is made anew each time, so that no other program on this machine is answered.
 */
export async function startDemo(): Promise<Demo> {
  const apiKey = `demo-${randomBytes(16).toString('hex')}`;
  const { baseURL, dispose } = await startScriptedApi({ script: demoReply, apiKey });
  // A name that Auto mode takes; every scenario says in words that it is a demo.
  return { baseURL, apiKey, model: 'claude-sonnet-4-6', dispose };
}
