import { appendFileSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultSessionLimits } from '../../core/agent/limits';
import type { Prompter } from '../../core/gate/prompter';
import { redact } from '../../core/gate/redact';
import { withExample } from '../../core/gate/ruleExample';
import type { Logger } from '../../core/ports';
import { say } from '../../core/say';
import type { Asker } from '../../core/tools/asker';
import { type AgentSession, createAgentSession } from '../../node/agentSession';
import { createDocuments } from '../../node/documents';
import { installedEditors } from '../../node/installedEditors';
import { nearestReal } from '../../node/nearestReal';
import { nodeDigest } from '../../node/nodeDigest';
import { editorRipgrep } from '../../node/ripgrep';
import { analyzeExample } from '../../node/ruleAnalysis';
import type { AgentArguments } from './agentArguments';
import { storedPlaces, storedSessions } from './sessionIndex';
import { lockSession } from './sessionLock';
import type { TerminalParts } from './terminalParts';
import { Unusable } from './unusable';
import type { World } from './world';

/** Which session the command line means: the id of one that is stored, or a new one. */
export function sessionId(wanted: Exclude<AgentArguments['session'], 'pick'>, project: string): string {
  if (wanted === 'new') return nodeDigest.randomId();
  const stored = storedSessions(project);
  if (wanted === 'last') {
    const [last] = stored;
    if (!last) throw new Unusable(say('there is no session of this folder to continue'));
    return last.id;
  }
  const found = stored.filter(({ id }) => id.startsWith(wanted.id));
  if (found.length > 1)
    throw new Unusable(say('more than one session begins with {0}; give more of its id', wanted.id));
  if (!found[0]) throw new Unusable(say('there is no session {0} in this folder', wanted.id));
  return found[0].id;
}

/** Opens a session on this machine. `dispose` gives back its lock as well. */
export async function openSession(
  id: string,
  parts: TerminalParts,
  world: World,
  options: {
    readonly prompter: Prompter | undefined;
    /** Puts questions of the agent's to the person; absent where nobody can be asked. */
    readonly asker?: Asker;
    readonly maxTurns: number | undefined;
    /** A rule was added to the user's. */
    onRule?(): void;
  },
): Promise<AgentSession> {
  const { folders, inForce, modelName, models, programFolders: own, settings } = parts;
  const unlock = lockSession(own.project, id);
  try {
    const agent: AgentSession = await createAgentSession({
      id,
      folders,
      place: (cwd, scratch) => ({
        workspace: folders,
        ...{ cwd, scratch, home: nearestReal(world.home) ?? world.home, ours: own.ours, user: userName() },
        ...inForce.bounds(),
      }),
      circumstances: inForce.circumstances,
      model: models,
      modelName,
      classifier: { settings: () => inForce.classifier(modelName()) },
      bashTimeoutMs: () => settings.user.bashTimeoutMs,
      prompter: options.prompter,
      async saveRule(rule, call) {
        const entry = withExample(rule, call, agent.gateState.state().place, analyzeExample);
        settings.addRule(entry);
        parts.rules.learn(entry);
        options.onRule?.();
      },
      places: storedPlaces(own.project, id),
      auditFolders: parts.auditFolders,
      ripgrep: installedEditors(world.env['PATH'], folders).flatMap(editorRipgrep),
      ...(world.clock && { clock: world.clock }),
      ...(options.asker && { asker: options.asker }),
      documents: createDocuments(join(world.program, 'documentWorker.js')),
      logger: fileLog(join(own.project, 'logs', 'program.log')),
      ...(options.maxTurns !== undefined && {
        limits: { ...defaultSessionLimits, requestsPerTurn: options.maxTurns },
      }),
    });
    return {
      ...agent,
      async dispose() {
        await agent.dispose();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** What looks like a secret is masked before it is written. A log that cannot be written stops nothing. */
function fileLog(path: string): Logger {
  let made = false;
  const write =
    (level: string) =>
    (message: string): void => {
      try {
        if (!made) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        made = true;
        appendFileSync(path, `${new Date().toISOString()} ${level} ${redact(message)}\n`, { mode: 0o600 });
      } catch {}
    };
  return { debug: () => {}, info: write('info'), warn: write('warn'), error: write('error') };
}

function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
