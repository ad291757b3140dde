import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigurationTarget, extensions, workspace } from 'vscode';
import type { AgentEvent } from '../../src/core/events';
import { noPolicy } from '../../src/core/gate/policy';
import { settingKeys } from '../../src/core/settings';
import type { AgentHost } from '../../src/extension/agentHost';
import type { Exports } from '../../src/extension/extension';
import type { TestSeam } from '../../src/extension/testSeam';
import { isClassifierRequest, type Ruling, rulingScript } from '../../src/node/demo/rulings';
import type { ScriptedReply } from '../../src/node/scriptedApi/script';
import { type RecordedRequest, startScriptedApi } from '../../src/node/scriptedApi/scriptedApi';
import type { ChatItem } from '../../src/webview/protocol';

export const testKey = 'sk-ant-test-0123456789abcdef';

/** The running extension, activated. */
export async function activated(): Promise<Exports> {
  const extension = extensions.getExtension<Exports>('gatehouse.gatehouse');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

export async function seam(): Promise<TestSeam> {
  const { test } = await activated();
  assert.ok(test, 'the test seam is handed out in an extension-test host');
  return test;
}

/** The folder that is open. */
export function folder(): string {
  const path = workspace.workspaceFolders?.[0]?.uri.fsPath;
  assert.ok(path, 'a folder is open');
  return path;
}

export const fileText = (name: string): string | undefined => {
  const path = join(folder(), name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

export function writeFile(name: string, text: string): void {
  const path = join(folder(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

export const removeFile = (name: string): void => rmSync(join(folder(), name), { recursive: true, force: true });

/** Sets one of our settings for the user; undefined takes it away. */
export async function setUser(key: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('claudeCode').update(key, value, ConfigurationTarget.Global);
}

/** Writes `.vscode/settings.json` and waits until the editor has read it, which its deny rules show. */
export async function setWorkspace(values: {
  readonly 'claudeCode.permissions.deny': readonly string[];
  readonly [key: string]: unknown;
}) {
  const file = join(folder(), '.vscode', 'settings.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(values));
  await until('the workspace file is read', () => {
    const deny = workspace.getConfiguration('claudeCode').inspect('permissions.deny');
    return deny?.workspaceValue !== undefined || deny?.workspaceFolderValue !== undefined;
  });
}

/** Everything as a fresh profile has it, and no settings of the folder. */
export async function resetAll(): Promise<void> {
  removeFile('.vscode');
  await until('the workspace settings are gone', () =>
    settingKeys.every((key) => workspace.getConfiguration('claudeCode').inspect(key)?.workspaceValue === undefined),
  );
  await resetUser();
}

/** Everything of the user's as a fresh profile has it. */
export async function resetUser(): Promise<void> {
  const test = await seam();
  await test.closeHost();
  for (const key of settingKeys) {
    const found = workspace.getConfiguration('claudeCode').inspect(key);
    if (found?.globalValue !== undefined) await setUser(key, undefined);
  }
  test.usePolicy(noPolicy);
  test.useDialogs(async () => undefined);
  await test.useKey(undefined);
}

/** Waits until something holds; fails after 15 seconds, three times what an editor without native file watching needs. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!holds()) {
    if (Date.now() > end) assert.fail(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface Agent {
  readonly host: AgentHost;
  readonly requests: readonly RecordedRequest[];
  /** Makes the host anew, as a reload of the window would. */
  reload(): Promise<AgentHost>;
}

/**
 * A new session whose model answers from a script, over HTTP and with a stored key.
 * @param classifier what the classifier answers, in order; without it the classifier fails.
 */
export async function withAgent(
  script: readonly ScriptedReply[],
  body: (agent: Agent) => Promise<void>,
  classifier: readonly (Ruling | ScriptedReply)[] = [],
): Promise<void> {
  const agentReplies = [...script];
  const judge = rulingScript(classifier);
  const used: ScriptedReply = {
    type: 'error',
    status: 400,
    errorType: 'invalid_request_error',
    message: 'the script is over',
  };
  const api = await startScriptedApi({
    apiKey: testKey,
    script: ({ body: request }) => (isClassifierRequest(request) ? judge(request) : (agentReplies.shift() ?? used)),
  });
  const test = await seam();
  try {
    await setUser('api.baseUrl', api.baseURL);
    await test.useKey(testKey);
    const host = await test.host();
    await host.newSession();
    await body({
      host,
      requests: api.requests,
      async reload() {
        await test.closeHost();
        return test.host();
      },
    });
  } finally {
    await test.closeHost();
    await api.dispose();
  }
}

type Item<Type extends ChatItem['type']> = Extract<ChatItem, { type: Type }>;

export function items<Type extends ChatItem['type']>(host: AgentHost, type: Type): readonly Item<Type>[] {
  return host.seam.items().filter((item): item is Item<Type> => item.type === type);
}

export const outcomes = (host: AgentHost): readonly string[] =>
  host.seam
    .events()
    .filter((event): event is Extract<AgentEvent, { type: 'call-decided' }> => event.type === 'call-decided')
    .map(({ record }) => record.outcome);
