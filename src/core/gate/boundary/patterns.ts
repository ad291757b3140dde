import type { EffectKind } from '../effect';
import type { BoundaryPatterns } from './boundary';

/** Rules for commands that begin so, separated by commas. */
export const commands = (list: string): BoundaryPatterns => ({
  rules: list.split(/,\s*/).map((command) => `Bash(${command}:*)`),
  kinds: [],
  only: undefined,
});
const kinds = (...list: EffectKind[]): BoundaryPatterns => ({ rules: [], kinds: list, only: undefined });
export const rules = (...list: string[]): BoundaryPatterns => ({ rules: list, kinds: [], only: undefined });

const adding =
  'npm install, npm i, npm add, pnpm add, pnpm install, pnpm i, yarn add, bun add, bun install, pip install, pip3 install, python -m pip install, ' +
  'python3 -m pip install, uv add, uv pip install, poetry add, pipenv install, conda install, cargo add, cargo install, go get, go install, ' +
  'gem install, bundle add, composer require, dotnet add, apt install, apt-get install, brew install';

/** What binds each doing, wherever it is named. */
export const patterns = {
  push: commands('git push'),
  forcePush: commands('git push --force, git push -f, git push --force-with-lease'),
  publish: commands(
    'npm publish, pnpm publish, yarn publish, yarn npm publish, bun publish, cargo publish, twine upload, poetry publish, uv publish, gem push, ' +
      'dotnet nuget push, mvn deploy, vsce publish',
  ),
  release: commands(
    'gh release create, glab release create, npm publish, pnpm publish, yarn publish, yarn npm publish, cargo publish, twine upload, poetry publish, uv publish, gem push, npx semantic-release',
  ),
  deploy: commands(
    'npm run deploy, pnpm run deploy, yarn deploy, yarn run deploy, make deploy, vercel deploy, vercel --prod, netlify deploy, fly deploy, flyctl deploy, ' +
      'firebase deploy, wrangler deploy, wrangler publish, serverless deploy, sls deploy, cdk deploy, pulumi up, terraform apply, kubectl apply, ' +
      'helm install, helm upgrade, gcloud app deploy, gcloud run deploy, eb deploy, git push heroku, git push dokku',
  ),
  commit: commands('git commit'),
  amend: commands('git commit --amend'),
  rebase: commands('git rebase'),
  merge: commands('git merge, gh pr merge, glab mr merge'),
  cherryPick: commands('git cherry-pick'),
  reset: commands('git reset'),
  stash: commands('git stash'),
  stage: commands('git add, git stage'),
  switch: commands('git switch, git checkout'),
  pull: commands('git pull'),
  history: commands(
    'git rebase, git commit --amend, git filter-branch, git filter-repo, git push --force, git push -f, git push --force-with-lease',
  ),
  deleteBranch: commands('git branch -d, git branch -D, git branch --delete, git push --delete, git push -d'),
  deletion: kinds('delete'),
  add: commands(adding),
  install: commands(`${adding}, npm ci, yarn install, uv sync, poetry install, bundle install, composer install`),
  upgrade: commands(
    `${adding}, npm update, npm upgrade, pnpm update, pnpm up, yarn upgrade, yarn up, bun update, uv lock --upgrade, poetry update, cargo update, bundle update, composer update, apt upgrade, apt-get upgrade, brew upgrade, npx npm-check-updates`,
  ),
  uninstall: commands(
    'npm uninstall, npm remove, npm rm, pnpm remove, yarn remove, bun remove, pip uninstall, uv remove, poetry remove, cargo remove, composer remove, gem uninstall',
  ),
  change: kinds('write', 'delete', 'history'),
  network: kinds('fetch', 'send', 'remote'),
  send: kinds('send'),
  web: rules('WebSearch', 'WebFetch'),
  kill: kinds('kill'),
  sudo: kinds('privilege'),
  git: commands('git'),
  shell: rules('Bash'),
  pullRequest: commands('gh pr create, gh pr new, glab mr create, glab mr new'),
  issue: commands('gh issue create, gh issue new, glab issue create'),
  comment: commands('gh issue comment, gh pr comment, gh pr review, glab issue note, glab mr note'),
  closeIssue: commands('gh issue close, glab issue close'),
  closePullRequest: commands('gh pr close, glab mr close'),
  pushImage: commands('docker push, podman push, docker buildx build --push'),
} as const satisfies Readonly<Record<string, BoundaryPatterns>>;
export type Name = keyof typeof patterns;
