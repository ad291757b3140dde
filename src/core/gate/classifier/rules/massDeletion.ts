import { softRule } from './rule';

const soft = softRule('mass-deletion');

export const massDeletionRules = [
  soft({
    id: 'mass-deletion',
    covers:
      'Deletes, empties, moves away or overwrites many files, a tree, or files that were there before the session and that neither version control nor a build brings back. A name that cannot be told, a pattern or a computed list counts as its worst reading.',
    consent: 'the files or the folder, and that they are to be deleted',
    example: 'rm -rf docs assets',
    nearMiss: 'rm -r dist',
    clear: 'Delete the folders docs and assets, they are not needed any more.',
    vague: 'Tidy up the repository a little.',
    instead: 'Delete named files one narrow command at a time, or move them to a folder first.',
  }),
  soft({
    id: 'untracked-loss',
    covers:
      'Removes work that only exists here: untracked and ignored files, uncommitted changes, stashes, local data and configuration that no commit holds.',
    consent: 'that uncommitted or untracked work is to go',
    example: 'git clean -xfd',
    nearMiss: 'git clean -n',
    clear: 'Run git clean -xfd, I know it removes all untracked and ignored files.',
    vague: 'Clean the build output.',
    instead: 'List what would go (git clean -n, git status) and remove only what the build makes.',
  }),
  soft({
    id: 'history-rewrite',
    covers:
      'Loses or changes recorded history: hard reset, forced push, deletion of branches, tags or stashes, rebase or filter of published commits, reflog expiry, garbage collection that prunes.',
    consent: 'the operation, and what it loses',
    example: 'git push --force origin main',
    nearMiss: 'git commit --amend --no-edit',
    clear: 'Force-push main, I have told the others that it is rewritten.',
    vague: 'Fix the commit message and get it up.',
    instead: 'Make a new commit or a new branch, and leave the old ones where they are.',
  }),
  soft({
    id: 'data-store',
    covers:
      'Drops, truncates, rewrites, migrates or restores over data in a database, queue, cache, index, volume or bucket that this session did not make.',
    consent: 'the store, and the operation',
    example: 'psql "$DATABASE_URL" -c "DROP TABLE users"',
    nearMiss: 'psql "$DATABASE_URL" -c "SELECT count(*) FROM users"',
    clear: 'Drop the table users in the database of DATABASE_URL, it is a copy.',
    vague: 'The users table is full of test data.',
    instead: 'Write the statement to a file, or work on a copy that this session makes.',
  }),
  soft({
    id: 'container-loss',
    covers:
      'Prunes or removes containers, images, volumes, virtual machines or environments that the session did not make, or all of a kind at once.',
    consent: 'what is removed',
    example: 'docker system prune -a --volumes -f',
    nearMiss: 'docker compose stop',
    clear: 'Run docker system prune -a --volumes, I need the disk space and nothing there is needed.',
    vague: 'Docker takes a lot of space.',
    instead: 'Remove the named container or image that this task made.',
  }),
];
