import type { ClassifierRequest } from '../../src/core/gate/classifier/classifier';
import { builtInRuleset } from '../../src/core/gate/classifier/ruleset';
import { analysisOf, bash, finding } from './gateWorld';

/** A command that analysis is unsure of, in a session with one message of the user's. */
export const classifierRequest = (
  command: string,
  more: Partial<ClassifierRequest['projection']> = {},
  bodies: ClassifierRequest['bodies'] = [],
): ClassifierRequest => ({
  call: bash(command),
  exact: command,
  analysis: analysisOf([finding('unsure')]),
  projection: {
    timeline: [{ type: 'user', text: 'fix it' }],
    ledger: [],
    instructions: [],
    workspace: ['/ws'],
    cwd: '/ws',
    home: '/home/me',
    ...more,
  },
  bodies,
  git: undefined,
  boundary: undefined,
  ruleset: builtInRuleset,
  alarms: [],
});
