import { type ModeInForce, modeInForce } from './modeInForce';
import { type Mode, modes } from './modes';

/** What the mode depends on, at this moment. */
export interface ModeSources {
  /** The user's setting; undefined when it holds something that is no mode. */
  wanted(): Mode | undefined;
  model(): { readonly name: string; readonly supportsAuto: boolean };
  policy(): { readonly autoDisabled: boolean; readonly skipDisabled: boolean; readonly file: string | undefined };
  /** Writes the user's setting. Rejects when it cannot be written. */
  write(mode: Mode): Promise<void>;
  /** Asks a person whether Skip may be on in this window. Anything but a clear yes is a no. */
  confirmSkip(): Promise<boolean>;
}

/** The one place that knows which mode is in force and why; setting, status bar and chip all show what it says. */
export interface ModeControl {
  inForce(): ModeInForce;
  /** A person picked a mode. Skip is confirmed first, once in a window. A mode that is refused is not written. */
  choose(mode: Mode): Promise<void>;
  /** Goes on to the next mode that is available. It never confirms Skip: unless that was done before, Skip is passed over. */
  cycle(): Promise<void>;
  /** Asks about Skip when it is wanted but not confirmed yet. */
  confirmWanted(): Promise<void>;
  /** To be called whenever a source may have changed. */
  refresh(): void;
  onChange(listener: () => void): { dispose(): void };
}

export function createModeControl(sources: ModeSources): ModeControl {
  let skipConfirmed = false;
  let asking: Promise<boolean> | undefined;
  const listeners = new Set<() => void>();
  let present = compute();

  function compute(): ModeInForce {
    const model = sources.model();
    return modeInForce({
      wanted: sources.wanted(),
      policy: sources.policy(),
      model: model.name,
      modelSupportsAuto: model.supportsAuto,
      skipConfirmed,
    });
  }

  function refresh(): void {
    const next = compute();
    if (JSON.stringify(next) === JSON.stringify(present)) return;
    present = next;
    for (const listener of [...listeners]) listener();
  }

  const refused = (mode: Mode): boolean => present.refusals.some((refusal) => refusal.mode === mode);

  async function confirm(): Promise<boolean> {
    if (skipConfirmed) return true;
    asking ??= sources.confirmSkip().catch(() => false);
    const yes = await asking;
    asking = undefined;
    if (yes) skipConfirmed = true;
    return yes;
  }

  async function choose(mode: Mode): Promise<void> {
    refresh();
    if (refused(mode)) return;
    if (mode === 'skip') {
      if (!(await confirm())) return;
      // An administrator may have switched it off while the dialog was open.
      refresh();
      if (refused(mode)) return;
    }
    if (sources.wanted() !== mode) await sources.write(mode);
    refresh();
  }

  return {
    inForce: () => present,
    choose,
    async cycle() {
      refresh();
      const at = modes.indexOf(present.mode);
      const following = [...modes.slice(at + 1), ...modes.slice(0, at)];
      const next = following.find((mode) => !refused(mode) && (mode !== 'skip' || skipConfirmed));
      if (next) await choose(next);
    },
    async confirmWanted() {
      if (present.instead?.by === 'confirmation' && (await confirm())) refresh();
    },
    refresh,
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
