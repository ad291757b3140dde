import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { nearestReal } from '../../node/nearestReal';
import { userSettingsFile } from '../../node/permissionFiles';

type Env = Readonly<Record<string, string | undefined>>;

/** The program's own folders. */
export interface ProgramFolders {
  /** The user's settings, shared with the editor's rules. */
  readonly settingsFile: string;
  /** Of this user and every folder. */
  readonly data: string;
  /** Of the folder that the program runs in: sessions, logs, snapshots. */
  readonly project: string;
  /** What no call may write. */
  readonly ours: readonly string[];
}

/**
 * @param folder real path that the program runs in.
 * @param program folder of the program itself.
 */
export function programFolders(folder: string, home: string, env: Env, program: string): ProgramFolders {
  const settingsFile = userSettingsFile(home, env);
  const base = env['XDG_DATA_HOME'];
  const data = join(base?.startsWith('/') ? base : join(home, '.local', 'share'), 'gatehouse');
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  return {
    settingsFile,
    data,
    project: join(data, 'projects', name),
    ours: [dirname(settingsFile), data, program].map((path) => nearestReal(path) ?? path),
  };
}
