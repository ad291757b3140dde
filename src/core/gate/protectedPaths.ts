import type { Facts, Place } from './analysis/facts';
import { eitherWithin, isWithin, type Located } from './paths';

/**
 * Why a path is not written without a closer look. `settings` files are code by another name (design section 4, rule R16);
 * `startup` is read by a shell, a login or a scheduler outside the workspace; `ours` is the gate's and the editor's own data;
 * `executed` runs or takes effect later, so that its content decides (rule R41); `system` belongs to the machine.
 */
export type Protection = 'settings' | 'startup' | 'ours' | 'executed' | 'system';

/** A list of names, lower case, separated by blanks. */
function names(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Folders at any depth whose content is configuration that runs, or an agent's or editor's own. */
const settingsFolders = names(`
  .git .vscode .idea .zed .fleet .husky .devcontainer .cargo .yarn .config .circleci .cursor .claude .codex
  .gemini .roo .cline .clinerules .windsurf .continue .aider .kiro .junie .amazonq .opencode .goose .trae
  .augment .mcp .githooks .lefthook .buildkite .gitea .forgejo .mvn .bundle .pnp .direnv .nix .ssh .gnupg
  .kube .docker .aws .woodpecker
`);

/** Files at any depth, the ones by which git takes a folder for a repository among them, whatever the folder is called. */
const settingsFiles = names(`
  .git .gitattributes .gitmodules .gitconfig .envrc .npmrc .yarnrc .yarnrc.yml .yarnrc.yaml .pnpmfile.cjs
  .pnpmfile.js pnpmfile.js .mcp.json mcp.json .pre-commit-config.yaml .pre-commit-config.yml
  .pre-commit-hooks.yaml lefthook.yml lefthook.yaml lefthook.json lefthook.toml .lefthook.yml bunfig.toml
  .pythonrc .pythonrc.py sitecustomize.py usercustomize.py pyvenv.cfg pip.conf pip.ini .pdbrc .gitlab-ci.yml
  .gitlab-ci.yaml .travis.yml jenkinsfile azure-pipelines.yml bitbucket-pipelines.yml .drone.yml
  cloudbuild.yaml appveyor.yml .appveyor.yml gradle-wrapper.properties gradle-wrapper.jar
  maven-wrapper.properties gradlew gradlew.bat mvnw mvnw.cmd .bazelrc .bazeliskrc .bundle .tool-versions
  mise.toml .mise.toml .nvmrc .vimrc .exrc .nvimrc .emacs .dir-locals.el .gdbinit .lldbinit .inputrc .bashrc
  .bash_profile .bash_login .bash_logout .bash_aliases .profile .zshrc .zshenv .zprofile .zlogin .zlogout
  .kshrc .cshrc .tcshrc .login .xinitrc .xprofile .xsession .curlrc .wgetrc .screenrc .tmux.conf .psqlrc
  .my.cnf .sqliterc .irbrc .pryrc .rprofile .dockerignore.d .netrc claude.md claude.local.md agents.md
  agent.md gemini.md qwen.md skill.md .cursorrules .windsurfrules .clinerules .roorules .roomodes .goosehints
  .aider.conf.yml copilot-instructions.md .rules codeowners config config.worktree commondir gitdir head
  fetch_head packed-refs index.lock
`);

/** Any other path that is configuration by its shape. */
const settingsShapes = [
  /\.code-workspace$/,
  /\.(?:instructions|prompt|chatmode|agent)\.md$/,
  /\.pth$/,
  /^\.roo.*/,
  /^\.clinerules.*/,
  /(?:^|\/)(?:hooks|info)\/(?:pre|post|commit|prepare|update|applypatch|push|reference|sendemail|fsmonitor|proc-receive|exclude|attributes|sparse)[^/.]*$/,
  /(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions)(?:\/|$)/,
  /(?:^|\/)\.github\/(?:dependabot\.ya?ml|copilot|instructions|prompts|agents|chatmodes)/,
  /(?:^|\/)node_modules\/\.bin(?:\/|$)/,
  /(?:^|\/)(?:\.?venv|\.?virtualenv|env)\/(?:bin|Scripts|scripts|lib|Lib|include)(?:\/|$)/,
  /(?:^|\/)gradle\/wrapper(?:\/|$)/,
];

/** Files that a later, ordinary step of work runs or obeys: what they say is judged, not only where they are. */
const executedFiles = names(`
  makefile gnumakefile justfile .justfile rakefile gemfile guardfile vagrantfile procfile brewfile dockerfile
  containerfile docker-compose.yml docker-compose.yaml compose.yml compose.yaml taskfile.yml taskfile.yaml
  package.json setup.py setup.cfg pyproject.toml tox.ini noxfile.py conftest.py pytest.ini manage.py
  fabfile.py tasks.py dodo.py build.rs cargo.toml build.gradle build.gradle.kts settings.gradle
  settings.gradle.kts pom.xml build.xml build.sbt cmakelists.txt configure configure.ac meson.build
  build.ninja build.bazel turbo.json nx.json lerna.json deno.json deno.jsonc composer.json mix.exs
  tsconfig.json .babelrc .eslintrc .eslintrc.js .eslintrc.cjs .eslintrc.json .prettierrc.js .mocharc.js
  .mocharc.cjs package-lock.json pnpm-lock.yaml yarn.lock requirements.txt poetry.lock uv.lock pipfile
  pipfile.lock cargo.lock go.mod go.sum gemfile.lock composer.lock pnpm-workspace.yaml .env crontab
  state.json .lintstagedrc .lintstagedrc.json .lintstagedrc.yaml .lintstagedrc.yml wscript sconstruct sconscript makefile.am
  makefile.in configure.in .mocharc .mocharc.json .mocharc.jsonc .mocharc.yml .mocharc.yaml jest.config.json .babelrc.json
  .eslintrc.yml .eslintrc.yaml .prettierrc .prettierrc.json .prettierrc.json5 .prettierrc.yml .prettierrc.yaml .prettierrc.toml
  .prettierrc.js .prettierrc.cjs .prettierrc.mjs .stylelintrc .stylelintrc.json .stylelintrc.yml .stylelintrc.yaml mypy.ini
  .mypy.ini .flake8 .coveragerc .pylintrc pylintrc .rspec .rubocop.yml phpunit.xml phpunit.xml.dist gradle.properties
  nodemon.json .latexmkrc latexmkrc .air.toml wrangler.toml wrangler.json wrangler.jsonc netlify.toml vercel.json firebase.json
  .golangci.yml .golangci.yaml .golangci.toml ansible.cfg uv.toml rust-toolchain rust-toolchain.toml buildspec.yml
  buildspec.yaml action.yml action.yaml .gitpod.yml .gitpod.dockerfile .replit .semaphore.yml .woodpecker.yml .woodpecker.yaml
  opencode.json opencode.jsonc .nvim.lua .pypirc .commitlintrc .commitlintrc.json .releaserc .releaserc.json vitest.workspace.ts
  vitest.workspace.js angular.json project.json
`);

const executedShapes = [
  /\.config\.[cm]?[jt]s$/,
  /\.(?:mk|make|gradle|gradle\.kts|cmake|bazel|bzl|gemspec|service|timer|socket|tf|tfvars|tfstate|nomad|hcl)$/,
  /^(?:dockerfile|containerfile|makefile|requirements)[.-].+/,
  /\.(?:run\.xml|sublime-project)$/,
  /(?:^|\/)(?:\.semaphore|\.teamcity|\.codesandbox|\.helix|\.run)\//,
  /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor\/bundle)\//,
  /(?:^|\/)(?:migrations|deploy|deployment|infra|terraform|k8s|kubernetes|helm|ansible|playbooks)\//,
  /^\.env\..+/,
];

/** Places below a home that a shell, an editor, a login, a scheduler or a package manager reads. */
const startupBelowHome = [
  /^\.(?:bash|zsh|ksh|csh|tcsh|profile|login|xinit|xprofile|xsession|inputrc|pam_environment|environment)/,
  /^\.(?:gitconfig|npmrc|yarnrc|pypirc|netrc|curlrc|wgetrc|vimrc|exrc|nvimrc|emacs|gdbinit|lldbinit|pythonrc|irbrc|psqlrc|tmux\.conf|screenrc|condarc|gemrc|mavenrc|pdbrc|mcp\.json|claude\.json)/,
  /^\.(?:ssh|gnupg|aws|kube|docker|vim|emacs\.d|claude|codex|gemini|cursor|vscode|vscode-server|vscode-insiders|windsurf|cargo|gradle|m2|bundle|ipython|jupyter|oh-my-zsh|zsh|direnv|terraform\.d|local\/bin|local\/share\/(?:systemd|applications|dbus-1|keyrings)|local\/lib|pyenv|nvm|rbenv|asdf|volta|rustup|npm-global|mozilla|password-store|pki|azure)(?:\/|$)/,
  /^\.config(?:\/|$)/,
  /^(?:bin|Library\/(?:LaunchAgents|LaunchDaemons|Preferences|Keychains|Application Support)|AppData)(?:\/|$)/,
];

/** Parts of the machine that no task of a project changes. Temporary folders and mounted data are not among them. */
const systemFolders =
  /^\/(?:bin|sbin|boot|dev|etc|lib(?:32|64|x32)?|proc|run|sys|usr|opt|root|var\/(?:spool|lib|log|run|cache|www|mail|db)|System|Library|Applications|private\/(?:etc|var\/(?:db|at|root))|Windows|Program Files)(?:\/|$)/i;

/**
 * Why a path is protected, looking at the written and the real path alike; undefined when it is not.
 * @param real what {@link Located} says; look-alike and invisible characters are folded before comparing.
 */
export function protectionOf(at: Located, place: Place, facts: Facts): Protection | undefined {
  if (eitherWithin(at, place.ours, facts)) return 'ours';
  const written = protectionOfOne(at.path, place, facts);
  if (at.real === at.path || written === 'settings') return written;
  return strictestOf(written, protectionOfOne(at.real, place, facts));
}

const order: readonly Protection[] = ['executed', 'settings', 'startup', 'system', 'ours'];

function strictestOf(one: Protection | undefined, other: Protection | undefined): Protection | undefined {
  if (!one || !other) return one ?? other;
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}

function protectionOfOne(path: string, place: Place, facts: Facts): Protection | undefined {
  const workspace = place.workspace.find((folder) => isWithin(path, folder, facts));
  if (workspace !== undefined) return withinProject(path.slice(workspace.length + 1));
  if (place.scratch !== undefined && isWithin(path, place.scratch, facts))
    return withinProject(path.slice(place.scratch.length + 1));
  const home = /^\/(?:home|Users)\/[^/]+|^\/root(?=\/|$)/.exec(path)?.[0];
  const root = isWithin(path, place.home, facts) ? place.home : home;
  if (root !== undefined) {
    const below = skeleton(path.slice(root.length + 1));
    if (startupBelowHome.some((shape) => shape.test(below) || shape.test(path.slice(root.length + 1))))
      return 'startup';
    return withinProject(below);
  }
  if (systemFolders.test(path))
    return /^\/etc\/(?:cron|profile|bash|zsh|ssh|sudoers|systemd|init|rc|ld\.so|hosts|pam)|^\/var\/spool\/cron/.test(
      path,
    )
      ? 'startup'
      : 'system';
  return withinProject(path.slice(1));
}

/** @param below path from the project's folder. */
function withinProject(below: string): Protection | undefined {
  const plain = skeleton(below);
  const parts = plain.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.some((part) => settingsFolders.has(part))) return 'settings';
  if (settingsFiles.has(name) || settingsShapes.some((shape) => shape.test(plain) || shape.test(name)))
    return 'settings';
  if (executedFiles.has(name) || executedShapes.some((shape) => shape.test(plain) || shape.test(name)))
    return 'executed';
  return undefined;
}

/**
 * The form protected names are compared in: lower case, compatibility-composed, without characters that do not show. A volume
 * may fold them so that `.GIT` or `.g<ZWNJ>it` is `.git`; on one that does not, the stricter reading costs a question.
 */
function skeleton(path: string): string {
  if (/^[\x21-\x7e]*$/.test(path)) return path.toLowerCase();
  return path
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}|\p{Cf}/gu, '')
    .toLowerCase();
}
