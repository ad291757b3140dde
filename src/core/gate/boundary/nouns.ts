import type { Token } from './tokens';

/** What an order speaks of, other than places. */
export type Thing =
  | 'change'
  | 'file'
  | 'dependency'
  | 'install'
  | 'upgrade'
  | 'network'
  | 'request'
  | 'web'
  | 'commit'
  | 'push'
  | 'forcePush'
  | 'rebase'
  | 'merge'
  | 'amend'
  | 'stash'
  | 'deletion'
  | 'deployment'
  | 'release'
  | 'publication'
  | 'pullRequest'
  | 'issue'
  | 'branch'
  | 'history'
  | 'past'
  | 'process'
  | 'command'
  | 'git'
  | 'sudo'
  | 'image'
  | 'version'
  | 'data';

const nouns: Readonly<Record<Thing, string>> = {
  change:
    'change, changes, edit, edits, modification, modifications, code change, code changes, file change, file changes, code edits, file edits, file modifications, code modifications, writes, file writes',
  file: 'file, files, folder, folders, directory, directories, source file, source files, code file, code files',
  dependency:
    'dependency, dependencies, deps, package, packages, library, libraries, lib, libs, npm package, npm packages, npm dependencies, npm modules, python packages, pip packages, system packages, dev dependencies, devdependencies, runtime dependencies, third-party packages, third-party dependencies, third-party libraries, third party packages, third party dependencies, third party libraries, 3rd party dependencies, 3rd party libraries, 3rd party packages, third-party libs, third party libs, 3rd party libs, gems, crates, node modules',
  install:
    'install, installs, installation, installations, package install, package installs, npm install, npm installs, pip install, pip installs',
  upgrade:
    'upgrade, upgrades, dependency upgrades, package upgrades, dependency updates, package updates, dependency bumps, version bumps',
  network:
    'network, internet, network access, internet access, web access, network connection, internet connection, network connections, network traffic, networking, outbound network, outside world',
  request:
    'network request, network requests, network call, network calls, http request, http requests, http calls, external request, external requests, external call, external calls, web requests, outbound requests, outbound calls, outgoing requests, outgoing connections, external network calls, external api calls, external http calls, external connections, network io, external service, external services, external api, external apis, remote server, remote servers',
  web: 'web, web search, web searches, websearch, online search',
  commit: 'commit, commits, git commit, git commits',
  push: 'push, pushes, git push, git pushes',
  forcePush: 'force push, force pushes, force-push, force-pushes, forced push, forced pushes',
  rebase: 'rebase, rebases',
  merge: 'merge, merges',
  amend: 'amend, amends',
  stash: 'stash, stashes, git stash',
  deletion: 'deletion, deletions, delete, deletes, file deletion, file deletions, removals',
  deployment: 'deploy, deploys, deployment, deployments',
  release: 'release, releases',
  publication: 'publish, publishes, npm publish',
  pullRequest:
    'pr, prs, pull request, pull requests, pull-request, pull-requests, mr, mrs, merge request, merge requests, draft pr',
  issue: 'issue, issues, github issue, github issues, ticket, tickets',
  branch: 'branch, branches, feature branch, git branch',
  history: 'git history, commit history, history of the repo',
  past: 'history',
  process:
    'process, processes, running process, running processes, server, servers, dev server, dev servers, devserver, running server, running servers, background process, background processes, daemon, daemons, service, services, container, containers',
  command:
    'command, commands, bash tool, shell command, shell commands, terminal command, terminal commands, bash command, bash commands, shell, terminal',
  git: 'git, git command, git commands, git operation, git operations, git stuff, git actions',
  sudo: 'sudo, root, root access, root rights, root privileges, superuser',
  image: 'image, images, docker image, docker images, container image, container images',
  version: 'version, versions',
  data: 'data, my data, my code, source code, code',
};

const byFirst = new Map<string, { readonly thing: Thing; readonly rest: readonly string[] }[]>();
for (const [thing, list] of Object.entries(nouns) as [Thing, string][])
  for (const noun of list.split(', ')) {
    const [first = '', ...rest] = noun.split(' ');
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), { thing, rest }].sort((a, b) => b.rest.length - a.rest.length),
    );
  }

/** The noun that stands at a place, in its longest reading. One word can name several things. */
export function thingsAt(
  tokens: readonly Token[],
  at: number,
): { readonly things: ReadonlySet<Thing>; readonly next: number } | undefined {
  const token = tokens[at];
  if (token?.type !== 'word') return undefined;
  const fitting = (byFirst.get(token.text) ?? []).filter(({ rest }) =>
    rest.every((word, index) => tokens[at + 1 + index]?.text === word),
  );
  const longest = fitting[0]?.rest.length;
  if (longest === undefined) return undefined;
  return {
    things: new Set(fitting.filter(({ rest }) => rest.length === longest).map(({ thing }) => thing)),
    next: at + 1 + longest,
  };
}

const codeNouns = new Set(
  (
    'file files folder folders directory directories code codebase source sources api apis signature signatures function functions method ' +
    'methods class classes type types typing typings interface interfaces schema schemas migration migrations test tests spec specs ' +
    'snapshot snapshots fixture fixtures comment comments doc docs documentation docstring docstrings readme changelog config configs ' +
    'configuration configurations settings dependency dependencies package packages version versions import imports export exports ' +
    'variable variables constant constants naming style styles styling css html markup template templates component components module ' +
    'modules script scripts workflow workflows pipeline pipelines ci build builds branch branches tag tags history repo repository lockfile ' +
    'lockfiles lint linter linting eslint prettier formatting indentation whitespace logic behavior behaviour implementation ' +
    'implementations algorithm structure architecture layout database db production prod staging infra infrastructure secret secrets ' +
    'credentials feature features endpoint endpoints route routes parameter parameters argument arguments props ' +
    'translations todo todos warnings rules line lines abstraction abstractions pattern patterns library libraries framework hook hooks ' +
    'logging assertion assertions helper helpers util utils boilerplate polyfill polyfills env tooling compiler typescript ' +
    'eslint-disable mocks mock stubs names filenames suite e2e migration generated vendored legacy existing unrelated public upstream seeds ' +
    'dockerfile makefile submodule submodules hardcoded any docker container containers pr prs mr mrs issue issues ticket tickets reviewer reviewers refactoring refactorings anyone anybody slack formatter bundler benchmarks changes imports compatibility functionality backward backwards table tables column columns workaround workarounds hacks'
  ).split(' '),
);

const gitNouns = new Set(
  (
    'branch branches main master develop dev trunk origin upstream remote pr prs mr tag tags release production prod staging secret ' +
    'secrets credentials keys lockfile lockfiles file files code changes head history npm pypi registry generated artifacts artefacts ' +
    'binaries work wip dist build env github gitlab directly repo repository fork commit commits'
  ).split(' '),
);

/** What programs deal with at run time: an order about it is a description. */
const dataNouns = new Set(
  (
    'user users account accounts session sessions item items record records row rows post posts message messages token tokens cookie ' +
    'cookies entry entries element elements node nodes state form forms cart orders response responses request requests event events ' +
    'notification notifications customer customers admin admins player players array arrays list lists map maps object objects value ' +
    'values input inputs dom cell cells key keys transaction transactions stack queue buffer lock mutex promise callback button buttons ' +
    'dialog modal popup menu banner tooltip toast spinner duplicates duplicate page pages password passwords timestamp date dates blur hover click clicks scroll keypress keydown mount unmount resize swipe drag drop render submit logout login effect effects handler handlers timer timers animation animations stdout stderr disk console screen'
  ).split(' '),
);

const liveNouns = new Set(['production', 'prod', 'live', 'staging']);

/** What the rest of an order speaks of; decides about verbs that programs are told as well. */
export function speaksOf(words: readonly Token[]): {
  readonly code: boolean;
  readonly git: boolean;
  readonly data: boolean;
  /** What others use at this moment. */
  readonly live: boolean;
} {
  const has = (set: ReadonlySet<string>) =>
    words.some(({ type, text }) => type === 'word' && set.has(text.replace(/'s$/, '')));
  const named = words.some(({ type, text }) => type === 'path' || /^(?:--\w|#\d)/.test(text));
  return {
    code: named || has(codeNouns),
    git: named || has(gitNouns),
    data: !named && has(dataNouns),
    live: has(liveNouns),
  };
}
