import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { modelSupportsAuto } from '../../core/gate/classifier/models';
import { gateRules } from '../../core/gate/gateRules';
import { createModeControl, type ModeControl } from '../../core/gate/modeControl';
import type { Mode } from '../../core/gate/modes';
import { english, type Said, say } from '../../core/say';
import { additionalFolders } from '../../node/additionalFolders';
import { resolveCredentials } from '../../node/credentials';
import { createInForce, type InForce } from '../../node/inForce';
import { loadManagedPolicy } from '../../node/managedPolicy';
import { createModelSource, type ModelSource } from '../../node/modelSource';
import { analyzeExample } from '../../node/ruleAnalysis';
import type { AgentArguments } from './agentArguments';
import { exitCodes } from './exitCodes';
import { type ProgramFolders, programFolders } from './folders';
import { createRuleSources, type RuleSources } from './ruleSources';
import { refuseSkipAsRoot } from './skipConsent';
import { readTerminalSettings, type TerminalSettings } from './terminalSettings';
import { Unusable } from './unusable';
import type { World } from './world';

/** Everything that is settled before a session begins. */
export interface TerminalParts {
  readonly folders: readonly [string, ...string[]];
  readonly programFolders: ProgramFolders;
  readonly settings: TerminalSettings;
  readonly rules: RuleSources;
  readonly control: ModeControl;
  readonly inForce: InForce;
  readonly models: ModelSource;
  modelName(): string;
  readonly auditFolders: () => readonly string[];
  /** What is wrong and does not keep the program from running. */
  readonly problems: readonly Said[];
}

export interface PartsOptions {
  readonly args: AgentArguments;
  readonly world: World;
  /** Whether the person trusts the folder, at this moment. */
  trusted(): boolean;
  confirmSkip(): Promise<boolean>;
}

/** Reads settings, policy and rules. Throws {@link Unusable} when what was asked for cannot be had. */
export function createTerminalParts({ args, confirmSkip, trusted, world }: PartsOptions): TerminalParts {
  const { env, home } = world;
  const cwd = realpathSync.native(world.cwd);
  const own = programFolders(cwd, home, env, world.program);
  const settings = readTerminalSettings(own.settingsFile, args.settings, cwd);
  const policy = { policy: () => present };
  const present = loadManagedPolicy(world.policy);
  const { folders: added, problems: missing } = additionalFolders(settings.user.additionalFolders, home);
  const folders: readonly [string, ...string[]] = [cwd, ...added, ...foldersOf(args.addDirs, cwd, home)];
  const rules = createRuleSources({
    ...{ settings, policy, settingsFile: own.settingsFile, home, folders },
    commandLine: { allow: args.allowedTools, ask: [], deny: args.disallowedTools },
  });

  let wanted = args.mode ?? settings.user.permissionMode;
  const modelName = (): string => models.demoModel ?? args.model ?? settings.user.model;
  const models = createModelSource({
    async credentials() {
      if (!env['ANTHROPIC_API_KEY']?.trim() && !env['ANTHROPIC_AUTH_TOKEN']?.trim())
        return { ok: false, said: say('No API key is set. Set ANTHROPIC_API_KEY in the environment, or try --demo.') };
      return resolveCredentials({ stored: undefined, env, settingBaseUrl: undefined, customHeaders: {} });
    },
    createModel: async (options) => (await import('../../node/anthropicModel')).createAnthropicModel(options),
    allowedModels: () => present.allowedModels,
    startDemo: async () => (await import('../../node/demo/demo')).startDemo(),
  });
  const control = createModeControl({
    wanted: () => wanted,
    model() {
      const name = modelName();
      return { name, supportsAuto: modelSupportsAuto(name, settings.user.autoMode.additionalModels) };
    },
    policy() {
      const { autoDisabled, files, skipDisabled } = present;
      return { autoDisabled, skipDisabled, file: files.join(', ') || undefined };
    },
    // The choice is this program's run; the setting stays what the person wrote there.
    async write(mode: Mode) {
      wanted = mode;
    },
    confirmSkip,
  });
  if (wanted === 'skip') refuseSkipAsRoot(world);
  refuseUnavailable(args, control);
  const inForce = createInForce({ book: rules, control, policy, settings, trusted });
  return {
    ...{ folders, programFolders: own, settings, rules, control, inForce, models, modelName },
    auditFolders: () => present.auditFolders,
    problems: [
      ...settings.problems,
      ...missing,
      ...present.problems,
      ...rules.problems,
      ...gateRules(rules.places(), analyzeExample).problems,
    ],
  };
}

/** Whoever asks for a mode with a flag is told at once when it cannot be had; another one is not put in its place. */
function refuseUnavailable({ mode, modeFlag }: AgentArguments, control: ModeControl): void {
  const refusal = control.inForce().refusals.find((each) => each.mode === mode);
  if (refusal && modeFlag !== undefined)
    throw new Unusable(say('{0} cannot be used: {1}.', modeFlag, english(refusal.why)));
}

/** What was named on the command line must count, so what keeps a folder of the settings from counting ends the program. */
function foldersOf(names: readonly string[], cwd: string, home: string): readonly string[] {
  const { folders, problems } = additionalFolders(
    names.map((name) => resolve(cwd, name)),
    home,
    '--add-dir',
  );
  if (problems[0]) throw new Unusable(problems[0], exitCodes.usage);
  return folders;
}
