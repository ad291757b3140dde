import { allowedRules } from './allowed';
import { beyondTaskRules } from './beyondTask';
import { exfiltrationRules } from './exfiltration';
import { maliciousCodeRules } from './maliciousCode';
import { massDeletionRules } from './massDeletion';
import type { ClassifierRule } from './rule';

/** The rules that are built in, by family. */
export const builtInRules: readonly ClassifierRule[] = [
  ...massDeletionRules,
  ...exfiltrationRules,
  ...maliciousCodeRules,
  ...beyondTaskRules,
  ...allowedRules,
];
