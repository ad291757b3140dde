import { type Said, say } from '../say';
import type { ModeInForce } from './modeInForce';
import type { Mode } from './modes';
import type { ModeRefusal } from './state';

/** Name of a mode, the same in the setting, the status bar, the list and the chat. */
export const modeLabels: Readonly<Record<Mode, Said>> = {
  normal: say('Normal'),
  auto: say('Auto'),
  skip: say('Skip permissions'),
};

/** What a mode does, on one line. */
export const modeDetails: Readonly<Record<Mode, Said>> = {
  normal: say('Looking is free; every change, command and web access asks you first'),
  auto: say('Safe calls run, dangerous ones are blocked; you are asked when it gets stuck'),
  skip: say('Nothing asks, apart from the few calls that no mode lets through silently'),
};

/** Why the mode in force is not the one that was wanted; undefined when it is. */
export function insteadText({ instead, mode }: ModeInForce, localize: (said: Said) => string): string | undefined {
  if (!instead) return undefined;
  const running = localize(modeLabels[mode]);
  const why = localize(instead.why);
  return instead.by === 'setting'
    ? localize(say('{0} is on: {1}.', running, why))
    : localize(say('{0} is on instead of {1}: {2}.', running, localize(modeLabels[instead.mode]), why));
}

/** Why a mode cannot be used, as a sentence. */
export function refusalText({ mode, why }: ModeRefusal, localize: (said: Said) => string): string {
  return localize(say('{0} is not available: {1}.', localize(modeLabels[mode]), localize(why)));
}
