import { say } from '../say';
import type { Mode } from './modes';
import { modes } from './modes';
import type { ModeRefusal } from './state';

/** What decides which mode runs, besides the person's wish. */
export interface ModeCircumstances {
  /** The setting; undefined when it holds something that is no mode. */
  readonly wanted: Mode | undefined;
  readonly policy: {
    readonly autoDisabled: boolean;
    readonly skipDisabled: boolean;
    readonly file: string | undefined;
  };
  readonly model: string;
  readonly modelSupportsAuto: boolean;
  /** Skip takes effect in a window only after a person confirmed it there. */
  readonly skipConfirmed: boolean;
}

export interface ModeInForce {
  readonly mode: Mode;
  /** Modes that cannot be used now, and who or what keeps them from it. Confirming Skip is not a refusal: picking it asks. */
  readonly refusals: readonly ModeRefusal[];
  /** Why the mode in force is not the one that was wanted; undefined when it is. */
  readonly instead: ModeRefusal | undefined;
}

/** The mode in force: what was wanted where it is available, else Normal (design sections 6 and 7). */
export function modeInForce(circumstances: ModeCircumstances): ModeInForce {
  const refusals = modes.flatMap((mode) => refusalOf(mode, circumstances) ?? []);
  const { wanted } = circumstances;
  if (wanted === undefined) {
    const why = say('the setting claudeCode.permissionMode holds no known mode; it must be normal, auto or skip');
    return { mode: 'normal', refusals, instead: { mode: 'normal', by: 'setting', why } };
  }
  const refusal = refusals.find(({ mode }) => mode === wanted) ?? unconfirmed(wanted, circumstances);
  return { mode: refusal ? 'normal' : wanted, refusals, instead: refusal };
}

function refusalOf(mode: Mode, { policy, model, modelSupportsAuto }: ModeCircumstances): ModeRefusal | undefined {
  const place = policy.file ?? 'managed-settings.json';
  if (mode === 'auto' && policy.autoDisabled) {
    return { mode, by: 'policy', why: say('your administrator has switched Auto off ({0})', place) };
  }
  if (mode === 'skip' && policy.skipDisabled) {
    return { mode, by: 'policy', why: say('your administrator has switched Skip permissions off ({0})', place) };
  }
  if (mode === 'auto' && !modelSupportsAuto) {
    return {
      mode,
      by: 'model',
      why: say('Auto works with Claude Sonnet 4.6, Claude Opus 4.6 and later; the model is {0}', model),
    };
  }
  return undefined;
}

function unconfirmed(wanted: Mode, { skipConfirmed }: ModeCircumstances): ModeRefusal | undefined {
  if (wanted !== 'skip' || skipConfirmed) return undefined;
  return { mode: 'skip', by: 'confirmation', why: say('Skip permissions has not been confirmed in this window') };
}
