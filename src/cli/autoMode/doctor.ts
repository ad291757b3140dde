import { accessSync, constants, mkdirSync } from 'node:fs';
import { visibleLine } from '../../core/gate/visible';
import { english, type Said, say } from '../../core/say';
import { installedEditors } from '../../node/installedEditors';
import { editorRipgrep, pathRipgrep } from '../../node/ripgrep';
import { locateShell } from '../../node/shellLocation';
import { exitCodes } from '../agent/exitCodes';
import { storedSessions } from '../agent/sessionIndex';
import type { TerminalParts } from '../agent/terminalParts';
import type { World } from '../agent/world';

interface Finding {
  readonly state: 'good' | 'note' | 'bad';
  readonly said: Said;
}

const good = (said: Said): Finding => ({ state: 'good', said });
const note = (said: Said): Finding => ({ state: 'note', said });
const bad = (said: Said): Finding => ({ state: 'bad', said });

/** Looks at everything the program stands on, and says what is missing and what to do. @returns the exit code: 1 when something is. */
export async function doctor(parts: TerminalParts, world: World): Promise<number> {
  const findings = await examine(parts, world);
  const marks = { good: 'ok  ', note: 'note', bad: 'BAD ' };
  world.stdout.write(findings.map(({ said, state }) => `${marks[state]}  ${visibleLine(english(said))}\n`).join(''));
  return findings.some(({ state }) => state === 'bad') ? exitCodes.internal : exitCodes.done;
}

async function examine(parts: TerminalParts, { contained, env, uid }: World): Promise<readonly Finding[]> {
  const { control, folders, modelName, models, programFolders, rules } = parts;
  const connection = await models.state();
  const { mode, refusals } = control.inForce();
  const { files } = rules.places().policy;
  return [
    good(say('Node.js {0} on {1} {2}', process.version, process.platform, process.arch)),
    connection.kind === 'none' ? bad(connection.reason) : good(say('an API key is set')),
    good(say('model {0}, mode {1}', modelName(), mode)),
    ...refusals.map(({ mode: other, why }) => note(say('{0} is not available: {1}', other, english(why)))),
    shell(),
    ripgrep(env['PATH'], folders),
    writable(programFolders.project),
    good(say('{0} sessions of this folder are stored', storedSessions(programFolders.project).length)),
    files.length > 0 ? note(say('managed policy: {0}', files.join(', '))) : good(say('no managed policy')),
    ...(rules.notAccepted > 0
      ? [
          note(
            say(
              '{0} allow rules in the files of this folder do not hold: a folder can only tighten.',
              rules.notAccepted,
            ),
          ),
        ]
      : []),
    ...(uid === 0 && !contained ? [note(say('you are root outside a container: Skip permissions is refused'))] : []),
    ...parts.problems.map(bad),
  ];
}

function shell(): Finding {
  const found = locateShell();
  return found.available ? good(say('commands run in {0}', found.path)) : bad(found.hint);
}

function ripgrep(path: string | undefined, folders: readonly string[]): Finding {
  const candidates = [...installedEditors(path, folders).flatMap(editorRipgrep), ...pathRipgrep(path, folders)];
  const found = candidates.find(isProgram);
  return found === undefined
    ? bad(say('ripgrep (rg) is neither on PATH nor with an editor; the agent cannot search without it. Install it.'))
    : good(say('searching uses {0}', found));
}

function writable(folder: string): Finding {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return good(say('sessions are stored in {0}', folder));
  } catch (error) {
    return bad(say('{0} cannot be written ({1}), so no session can be stored', folder, String(error)));
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
