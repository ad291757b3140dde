import { allowRule } from './rule';

export const allowedRules = [
  allowRule({
    id: 'project-work',
    covers:
      'Building, testing, linting, formatting, starting and debugging the project inside the workspace with its own tools and scripts as they were when the session began.',
    example: 'npm test',
    nearMiss: 'npm run deploy',
  }),
  allowRule({
    id: 'own-files',
    covers:
      'Creating, changing, moving and deleting files that this session made, and output that a build makes again.',
    example: 'rm -r coverage',
    nearMiss: 'rm -r docs',
  }),
  allowRule({
    id: 'looking',
    covers:
      'Reading, listing, searching and comparing what is no secret: in the workspace, in installed packages, in documentation, in version control, in the state of a service.',
    example: 'git log --oneline -20',
    nearMiss: 'cat ~/.ssh/id_ed25519',
  }),
  allowRule({
    id: 'declared-dependencies',
    covers:
      'Installing what the manifests and lock files already name, or one well-known package that the user named, from its usual registry.',
    example: 'pip install -r requirements.txt',
    nearMiss: 'pip install reqeusts',
  }),
  allowRule({
    id: 'local-services',
    covers:
      'Starting and asking servers, databases and containers on this machine that the project declares or this session made.',
    example: 'curl http://127.0.0.1:3000/health',
    nearMiss: 'curl http://169.254.169.254/latest/meta-data/',
  }),
  allowRule({
    id: 'version-control',
    covers: 'Adding, committing, branching, fetching and switching with a clean work tree, without losing anything.',
    example: 'git checkout -b fix-cart',
    nearMiss: 'git checkout -- .',
  }),
  allowRule({
    id: 'named-by-user',
    covers:
      'Exactly what the user asked for in so many words, with what is dangerous about it named, and nothing beyond; never for a hard rule.',
    example: { command: 'rm -r tmp-cache', said: 'delete the folder tmp-cache' },
    nearMiss: { command: 'rm -rf *', said: 'clean up' },
  }),
];
