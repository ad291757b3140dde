/** Variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;
export type Environment = Readonly<Record<string, string>>;

/**
 * Variables that commands get besides PATH and those we set: nothing but these (an allow-list, rule R52). Each is inert: no common
 * program runs code, loads a library or sends data somewhere because of it. So everything else is gone by construction: API
 * keys and tokens of whatever name, `ANTHROPIC_*`, `CLAUDE_*`, `AWS_*`, `VSCODE_*`, `ELECTRON_*`, `NODE_OPTIONS`, `LD_*`, `DYLD_*`, `GIT_*`,
 * `BASH_ENV`, `ENV`, `PYTHON*`, `PERL5OPT`, `RUBYOPT`, `PROMPT_COMMAND`, `PS4`, `SHELLOPTS`, `BASHOPTS`, exported functions, `IFS`, `CDPATH`, `GLOBIGNORE`,
 * the agents' sockets (`SSH_AUTH_SOCK`, `GPG_AGENT_INFO`) and proxies, which may carry a password.
 */
const session = [
  ...['HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'XDG_RUNTIME_DIR'],
  ...['XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME'],
];
/**
 * Where the user's tools are installed and keep their downloads. A tool without its home would install a second copy or not start;
 * the programs themselves are found through PATH, which these do not change. `VIRTUAL_ENV` and `CONDA_PREFIX` are of this kind;
 * values inside the workspace are dropped like such entries of PATH.
 */
const toolHomes = [
  ...[
    'JAVA_HOME',
    'GOPATH',
    'GOROOT',
    'GOCACHE',
    'GOMODCACHE',
    'CARGO_HOME',
    'RUSTUP_HOME',
    'NVM_DIR',
    'FNM_DIR',
    'VOLTA_HOME',
  ],
  ...[
    'PYENV_ROOT',
    'RBENV_ROOT',
    'ASDF_DIR',
    'ASDF_DATA_DIR',
    'SDKMAN_DIR',
    'PNPM_HOME',
    'BUN_INSTALL',
    'DENO_DIR',
    'VIRTUAL_ENV',
  ],
  ...[
    'CONDA_PREFIX',
    'ANDROID_HOME',
    'ANDROID_SDK_ROOT',
    'DOTNET_ROOT',
    'GRADLE_USER_HOME',
    'HOMEBREW_PREFIX',
    'HOMEBREW_CELLAR',
  ],
];
/** Without these most programs of Windows do not start. */
const windows = [
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'USERPROFILE', 'USERNAME', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA'],
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'HOMEDRIVE', 'HOMEPATH', 'PATHEXT', 'COMSPEC'],
];
const inert = new Set([...session, ...toolHomes]);
const homes = new Set(toolHomes);
const inertOnWindows = new Set(windows);

/** Whether a variable says where a tool is installed, so that its value is judged like an entry of PATH. */
export const isToolHome = (name: string): boolean => homes.has(name);

/** The inert ones among the variables, with their names as they are written. */
export function inertVariables(source: Variables, platform: NodeJS.Platform = process.platform): Environment {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(source))
    if (value !== undefined && isInert(name, platform)) kept[name] = value;
  return kept;
}

function isInert(name: string, platform: NodeJS.Platform): boolean {
  return (
    inert.has(name) || /^LC_[A-Z]+$/.test(name) || (platform === 'win32' && inertOnWindows.has(name.toUpperCase()))
  );
}
