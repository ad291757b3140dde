import { foldPath } from '../../paths';
import type { Piece } from './field';

/**
 * Variables that are set in front of a program without changing what it runs: rule R4. Everything else may name a program, a
 * library or a place to look for either.
 */
const inert =
  /^(?:NODE_ENV|CI|LANG|LANGUAGE|LC_[A-Z]+|TZ|DEBUG|PORT|HOST|NO_COLOR|FORCE_COLOR|CLICOLOR|CLICOLOR_FORCE|COLORTERM|TERM|COLUMNS|LINES|PYTHONUNBUFFERED|PYTHONDONTWRITEBYTECODE|PYTHONHASHSEED|PYTHONIOENCODING|PYTHONUTF8|RUST_BACKTRACE|RUST_LOG|VERBOSE|[A-Z][A-Z0-9_]*_LOG_LEVEL|LOG_LEVEL|DRY_RUN|TEST|TESTING|HEADLESS|WATCH|COVERAGE|DO_NOT_TRACK|NEXT_TELEMETRY_DISABLED|SOURCE_DATE_EPOCH|CARGO_TERM_COLOR|GOOS|GOARCH|CGO_ENABLED|DJANGO_LOG_LEVEL|GIT_OPTIONAL_LOCKS|GIT_TERMINAL_PROMPT|POSIXLY_CORRECT|MPLBACKEND|HYPOTHESIS_PROFILE|(?:OMP|MKL|OPENBLAS|NUMEXPR|VECLIB_MAXIMUM)_(?:NUM_)?THREADS|CUDA_VISIBLE_DEVICES|TF_CPP_MIN_LOG_LEVEL|TOKENIZERS_PARALLELISM|DJANGO_SETTINGS_MODULE|FLASK_(?:APP|ENV|DEBUG)|(?:RAILS|RACK|APP|MIX|GIN|NUXT|SYMFONY)_ENV|ASPNETCORE_ENVIRONMENT|ENVIRONMENT|JEST_WORKER_ID|VITEST|GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL|DATE)|(?:VITE|NEXT_PUBLIC|REACT_APP|NUXT_PUBLIC|EXPO_PUBLIC)_[A-Z0-9_]+|BROWSERSLIST_IGNORE_OLD_DATA|SKIP|PRE_COMMIT_COLOR|HUSKY|ADBLOCK|OPEN_SOURCE_CONTRIBUTOR|DOTNET_CLI_TELEMETRY_OPTOUT|HOMEBREW_NO_[A-Z_]+|PIP_DISABLE_PIP_VERSION_CHECK|PIP_NO_INPUT|PIP_QUIET|npm_config_(?:loglevel|fund|audit|progress|yes)|NPM_CONFIG_(?:LOGLEVEL|FUND|AUDIT|PROGRESS)|GOMAXPROCS|GOTRACEBACK|CARGO_INCREMENTAL|RUST_TEST_THREADS|RUST_MIN_STACK|DEBIAN_FRONTEND|COMPOSE_PROJECT_NAME|DOCKER_BUILDKIT|COMPOSE_DOCKER_CLI_BUILD|SQLALCHEMY_SILENCE_UBER_WARNING|SQLALCHEMY_WARN_20)$/;

/** Variables that are inert with one of these values only: to page through nothing is to page not at all. */
const inertValues: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['PAGER', new Set(['cat', ''])],
  ['GIT_PAGER', new Set(['cat', ''])],
  ['MANPAGER', new Set(['cat'])],
  ['GIT_EDITOR', new Set(['true', ':', 'cat'])],
  ['GIT_SEQUENCE_EDITOR', new Set(['true', ':', 'cat'])],
  ['EDITOR', new Set(['true', ':', 'cat'])],
  ['BROWSER', new Set(['none', ''])],
  ['PYTHONWARNINGS', new Set(['ignore', 'default', 'error', 'always', 'once'])],
]);

/** A value that can name no program, file or host whatever the variable is called: a number, a switch, a kind of environment. */
const plainValue =
  /^(?:\d{1,9}(?:\.\d{1,6})?|true|false|yes|no|on|off|t|f|y|n|test|tests|testing|dev|development|prod|production|staging|local|debug|info|warn|warning|error|verbose|trace|silent|none|all|)$/i;

/** Variables whose values are lists of folders that are searched for modules or programs. */
const searchPath = /^(?:PATH|PYTHONPATH|NODE_PATH|RUBYLIB|PERL5LIB)$/;
/** Folders below a home where people and package managers put programs of their own. */
const personalPrograms =
  /^(?:\.local\/bin|\.cargo\/bin|\.bun\/bin|\.deno\/bin|\.poetry\/bin|\.pyenv\/(?:bin|shims)|\.rbenv\/(?:bin|shims)|\.asdf\/(?:bin|shims)|\.volta\/bin|\.nvm\/versions\/node\/[\w.-]+\/bin|\.yarn\/bin|\.npm-global\/bin|go\/bin|\.composer\/vendor\/bin|\.rvm\/bin|\.dotnet|\.dotnet\/tools)$/;
const systemPrograms =
  /^\/(?:usr\/(?:local\/)?)?s?bin$|^\/opt\/homebrew\/(?:s?bin|opt\/[\w@.+-]+\/bin)$|^\/usr\/local\/(?:go|cuda[\w.-]*|opt\/[\w@.+-]+)\/bin$/;

/** Settings of Node that only size or silence it. */
const nodeOptions =
  /^(?:(?:--max[-_]old[-_]space[-_]size=\d+|--max[-_]semi[-_]space[-_]size=\d+|--stack[-_]size=\d+|--no-warnings|--no-deprecation|--experimental-vm-modules|--enable-source-maps|--trace-warnings|--trace-deprecation|--unhandled-rejections=\w+|--dns-result-order=\w+|--openssl-legacy-provider|--experimental-strip-types|--no-experimental-fetch)(?:\s+|$))+$/;

/** Where a value is used: for lists of folders. */
export interface SearchPlace {
  readonly home: string;
  readonly cwd: readonly string[] | undefined;
  /** Whether an entry names a folder of the workspace itself. */
  root(entry: string): boolean;
  /** Whether a folder lies where the project's own code does. */
  inside(folder: string): boolean;
}

/**
 * Whether a value makes an influential variable harmless: a list of folders of the project or of installed programs, with
 * whatever the list held before; settings that only size a program.
 * @param pieces the value. An unknown in it is the variable's own value when its source says so.
 */
export function isHarmlessValue(name: string, pieces: readonly Piece[], place: SearchPlace): boolean {
  const text = pieces.every((piece) => piece.type === 'text')
    ? pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('')
    : undefined;
  if (text !== undefined && isInert(name, text)) return true;
  if (name === 'NODE_OPTIONS') return text !== undefined && nodeOptions.test(text.trim());
  if (!searchPath.test(name)) return text !== undefined && !influential.test(name) && plainValue.test(text);
  const itself = new RegExp(`^\\$(?:${name}|\\{${name}(?::?[-+][^}]*)?\\})$`);
  const marked = pieces.map((piece) =>
    piece.type === 'text' ? piece.text : piece.type === 'unknown' && itself.test(piece.what) ? self : unknownFolder,
  );
  const entries = marked.join('').split(':');
  const first = entries.indexOf(self);
  return entries.every((entry, index) => {
    if (entry === self) return true;
    if (name !== 'PATH') return place.root(entry) || isProjectFolder(entry, place) || entry === '';
    // What stands before the programs of the system is found instead of them.
    if (first >= 0 && index > first)
      return entry !== '' && (isProjectFolder(entry, place) || isProgramFolder(entry, place));
    return isProgramFolder(entry, place);
  });
}

/** Folders that programs are told to search besides the one they work in. */
const usualSources =
  /\/(?:src|lib|libs|python|app|apps|backend|server|source|packages|tests?|project|site|\.venv\/bin|venv\/bin|node_modules(?:\/\.bin)?)$/;

const self = '\u0001';
const unknownFolder = '\u0002';

function isProjectFolder(entry: string, place: SearchPlace): boolean {
  if (entry.includes(unknownFolder) || entry.includes(self) || entry === '') return false;
  const folders = entry.startsWith('/')
    ? [foldPath(entry)]
    : place.cwd?.map((folder) => foldPath(`${folder}/${entry}`));
  return (
    folders?.every((folder) => place.inside(folder) && (place.cwd?.includes(folder) || usualSources.test(folder))) ===
    true
  );
}

function isProgramFolder(entry: string, place: SearchPlace): boolean {
  if (systemPrograms.test(entry)) return true;
  if (entry.startsWith(`${place.home}/`) && personalPrograms.test(entry.slice(place.home.length + 1))) return true;
  return /(?:^|\/)(?:node_modules\/\.bin|\.?(?:uv)?venv\/bin)$/.test(entry) && isProjectFolder(entry, place);
}

/**
 * Variables that a shell or a program obeys, so that setting them is an effect even without `export`: they may be in the
 * environment already, or the shell itself reads them.
 */
const influential =
  /^(?:PATH|HOME|PWD|OLDPWD|CDPATH|IFS|ENV|BASH_ENV|BASH|BASHOPTS|SHELLOPTS|SHELL|PS[0-9]|PROMPT_COMMAND|GLOBIGNORE|GLOBSORT|EXECIGNORE|FIGNORE|HISTFILE|HISTCONTROL|TMPDIR|TMP|TEMP|USER|LOGNAME|EDITOR|VISUAL|BROWSER|PAGER|MANPAGER|LESS|LESSOPEN|LESSCLOSE|MORE|CC|CXX|LD|AR|AS|CPP|CFLAGS|CXXFLAGS|LDFLAGS|CPPFLAGS|MAKE|MAKEFLAGS|MAKEFILES|GNUMAKEFLAGS|TERM|TERMINFO|TERMCAP|LOCPATH|NLSPATH|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|POSIXLY_CORRECT|INPUTRC|FCEDIT|FPATH|EXINIT|VIMINIT|KUBECONFIG|BASH_FUNC.*|(?:LD|DYLD|GIT|SSH|GPG|GNUPG|PYTHON|PIP|UV|POETRY|VIRTUAL_ENV|CONDA|NODE|NPM|npm|YARN|PNPM|BUN|DENO|RUBY|GEM|BUNDLE|RUBYLIB|PERL|PERL5|PHP|COMPOSER|JAVA|JDK|MAVEN|GRADLE|KOTLIN|SBT|GO|CARGO|RUST|RUSTC|RUSTFLAGS|CGO|DOTNET|NUGET|MSBUILD|DOCKER|COMPOSE|HELM|TF|AWS|AZURE|GOOGLE|GCLOUD|CLOUDSDK|VAULT|ANSIBLE|CURL|WGET|SSL|OPENSSL|REQUESTS|MALLOC|GCONV|GLIBC|LESSOPEN|ANTHROPIC|OPENAI|CLAUDE|CODEX|GEMINI|VSCODE|ELECTRON|CHROME|PLAYWRIGHT|PUPPETEER|XDG|DBUS|DISPLAY|WAYLAND|SUDO|RSYNC|MYSQL|PG|PSQL|REDIS|BASH|ZDOT|R)_.*|(?:https?|ftp|all|no)_proxy|(?:HTTPS?|FTP|ALL|NO)_PROXY|NODE_.*|RUBYOPT|RUBYLIB|PERL5OPT|PERL5LIB|PERL5DB|PERLLIB|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|CLASSPATH|GOFLAGS|GOPROXY|GOPATH|GOROOT|RUSTC_WRAPPER|ZDOTDIR|PYTHONPATH|PYTHONHOME|PYTHONSTARTUP|PYTHON[A-Z]+|PKG_CONFIG.*|ACLOCAL_PATH|M4PATH|XAUTHORITY|LUA_.*|TCLLIBPATH|OSTYPE|MAILCHECK|MAIL|MAILPATH|TIMEFORMAT|COMP_.*|READLINE_.*|BASH_.*|FUNCNEST|EMACS|INSIDE_EMACS)$/;

export function isInert(name: string, value: string | undefined): boolean {
  if (inert.test(name)) return true;
  return value !== undefined && inertValues.get(name)?.has(value) === true;
}

/** Whether giving the variable a value may change what the shell or another program does. */
export function isInfluential(name: string): boolean {
  return influential.test(name) && !inert.test(name);
}
