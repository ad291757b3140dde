import type { Family } from './family';
import { branching } from './git/branching';
import { committing } from './git/committing';
import { config } from './git/config';
import { inspecting } from './git/inspecting';
import { joining } from './git/joining';
import { gitFamily } from './git/judgeGit';
import { looking } from './git/looking';
import { patches } from './git/patches';
import { publishing } from './git/publishing';
import { remotes } from './git/remotes';
import { neverDecided } from './git/undecided';
import { unstaging } from './git/unstaging';

/** Git, all of it. */
export const gitLooks: readonly Family[] = [
  gitFamily([
    ...looking,
    ...inspecting,
    ...committing,
    ...unstaging,
    ...branching,
    ...joining,
    ...patches,
    ...remotes,
    ...publishing,
    ...config,
    ...neverDecided,
  ]),
];
