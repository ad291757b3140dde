import type { Family } from './family';
import { branching } from './git/branching';
import { committing } from './git/committing';
import { config } from './git/config';
import { inspecting } from './git/inspecting';
import { gitFamily } from './git/judgeGit';
import { looking } from './git/looking';
import { patches } from './git/patches';
import { remotes } from './git/remotes';
import { neverDecided } from './git/undecided';

/** Git, all of it. */
export const gitLooks: readonly Family[] = [
  gitFamily([
    ...looking,
    ...inspecting,
    ...committing,
    ...branching,
    ...patches,
    ...remotes,
    ...config,
    ...neverDecided,
  ]),
];
