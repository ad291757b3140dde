import { type ExtensionContext, ExtensionMode, window } from 'vscode';
import { modelSupportsAuto } from '../core/gate/classifier/models';
import { createModeControl } from '../core/gate/modeControl';
import { nodeDigest } from '../node/nodeDigest';
import { createPolicyWatch } from '../node/policyWatch';
import { apiKeySecret, setApiKey } from './apiKey';
import { createChangedFilesView, pathOf } from './changedFiles';
import { createClassifierState, watchClassifier } from './classifierState';
import { exportDecisions, showShadow } from './decisions';
import { confirmSkip, showModal } from './dialogs';
import { createDocuments } from './documents';
import { createLazyHost } from './lazyHost';
import { showLedger } from './ledgerView';
import { createLog } from './log';
import { manageRules } from './manageRules';
import { showMcpServers } from './mcpView';
import { watchMode } from './modeNotices';
import { pickMode } from './modePicker';
import { watchProblems } from './problemNotices';
import { registerCommand } from './registerCommand';
import { createRuleBook } from './ruleBook';
import { createRuleUse } from './ruleUse';
import { createSettings } from './settings';
import { createStatusBar } from './statusBar';
import { watchSuspension } from './suspensionNotice';
import type { TestSeam } from './testSeam';
import { watchWorkspaceRules } from './workspaceRules';

/** What other code in this window may see. */
export interface Exports {
  /** Milliseconds that activation took. */
  readonly activationMs: number;
  /** Only while the suites run. */
  readonly test?: TestSeam;
}

let close: () => Promise<void> = async () => {};

/** Registers, and decides nothing. What is heavy is loaded with the chat view or the first command that needs it. */
export function activate(context: ExtensionContext): Exports {
  const started = performance.now();
  const channel = window.createOutputChannel('Claude Code', { log: true });
  const logger = createLog(channel);
  const settings = createSettings();
  const policy = createPolicyWatch();
  const book = createRuleBook({ settings, policy, memory: context.globalState, digest: nodeDigest });
  const use = createRuleUse(context.globalState);
  const documents = createDocuments();
  let show = showModal;
  const showNow: typeof showModal = (title, detail, buttons) => show(title, detail, buttons);
  const control = createModeControl({
    wanted: () => settings.user.permissionMode,
    model() {
      const { autoMode, model: name } = settings.user;
      return { name, supportsAuto: modelSupportsAuto(name, autoMode.additionalModels) };
    },
    policy() {
      const { autoDisabled, files, skipDisabled } = policy.policy();
      return { autoDisabled, skipDisabled, file: files.join(', ') || undefined };
    },
    write: settings.setMode,
    confirmSkip: () => confirmSkip(show),
  });
  const classifier = createClassifierState();
  const host = createLazyHost({
    ...{ context, settings, policy, book, use, documents, control, classifier, logger, channel },
    show: showNow,
    onFilesChanged: () => changes.refresh(),
  });
  close = host.close;

  const changes = createChangedFilesView(async () => (await host.present())?.changes());
  const command = (id: string, run: (...given: readonly unknown[]) => unknown) =>
    registerCommand(id, run, { channel, logger });
  context.subscriptions.push(
    ...[channel, settings, policy, settings.onChange(control.refresh), policy.onChange(control.refresh)],
    ...[book, documents, createStatusBar(control, classifier), watchMode(control)],
    ...[classifier, watchClassifier(classifier), changes],
    watchProblems({ settings, policy, book, logger }),
    watchSuspension({ book, control, settings }),
    watchWorkspaceRules({ book, show: showNow, open: documents.open }),
    command('selectPermissionMode', () => pickMode(control)),
    command('manageRules', async () => {
      const present = await host.present();
      await manageRules({
        ...{ book, settings, use, show: showNow, open: documents.open, now: Date.now },
        grants: () => present?.grants() ?? [],
        revoke: (id) => present?.revoke(id),
      });
    }),
    command('showLedger', async () => showLedger((await host.open()).ledger())),
    command('showShadow', async () => showShadow((await host.open()).decisions, documents.page)),
    command('exportDecisions', async () => exportDecisions((await host.open()).decisions)),
    command('cyclePermissionMode', () => control.cycle()),
    command('setApiKey', () => setApiKey(context.secrets)),
    command('newSession', async () => (await host.open()).newSession()),
    command('showSessions', async () => (await host.open()).sessions()),
    command('compact', async () => (await host.open()).compact()),
    command('compareFile', async (file) => (await host.present())?.compare(pathOf(file))),
    command('undoFile', async (file) => (await host.present())?.undoFiles(pathOf(file))),
    command('undoAllFiles', async () => (await host.present())?.undoFiles(undefined)),
    command('stop', async () => (await host.present())?.stop()),
    command('openChat', async () => (await host.open()).focus()),
    command('mcpServers', async () => showMcpServers((await host.open()).mcp())),
    command('showLog', () => channel.show(true)),
    window.registerWebviewViewProvider('gatehouse.chat', {
      resolveWebviewView: async (view) => (await host.open()).resolve(view),
    }),
  );

  const test: TestSeam = {
    ...{ control, settings, book },
    host: host.open,
    closeHost: host.close,
    usePolicy: policy.replace,
    useDialogs(replaced) {
      show = replaced;
    },
    useKey: async (key) =>
      key === undefined ? context.secrets.delete(apiKeySecret) : context.secrets.store(apiKeySecret, key),
  };
  const activationMs = performance.now() - started;
  logger.info(`activated in ${activationMs.toFixed(1)} ms`);
  return { activationMs, ...(context.extensionMode === ExtensionMode.Test ? { test } : {}) };
}

/** The editor waits for this: what runs is stopped and what is not written yet is written. */
export function deactivate(): Promise<void> {
  return close();
}
