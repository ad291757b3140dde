import type { OrderRule } from '../rule';
import { action } from './action';
import { agent } from './agent';
import { consent } from './consent';
import { languages } from './languages';
import { override } from './override';
import { role } from './role';
import { secrecy } from './secrecy';

export const orderRules: readonly OrderRule[] = [
  ...override,
  ...role,
  ...agent,
  ...secrecy,
  ...consent,
  ...action,
  ...languages,
];
