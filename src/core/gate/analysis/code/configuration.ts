import { type Said, say } from '../../../say';
import { baseName } from '../../paths';
import { isInfluential } from '../shell/environment';
import type { Context, Shell } from '../shell/shell';
import { copyState, type ShellState } from '../shell/state';

/** Text in a file that is obeyed rather than run, and where its commands would run. */
interface Settings {
  readonly shell: Shell;
  readonly text: string;
  /** It is only what was added to the file. */
  readonly fragment: boolean;
  readonly state: ShellState;
  readonly context: Context;
  doubt(reason: Said): void;
}

/**
 * Judges text in a file that later steps of work obey (rule R41): commands in it are judged as commands, sources of packages as
 * installs; of a kind of file that is not known here nothing is allowed.
 * @param path absolute.
 * @param fragment it is only what was added to the file.
 */
export function judgeSettings(
  shell: Shell,
  path: string,
  text: string,
  fragment: boolean,
  state: ShellState,
  context: Context,
): void {
  const name = baseName(path).toLowerCase();
  const settings: Settings = {
    shell,
    text,
    fragment,
    state,
    context,
    doubt: (reason) => shell.doubt('edits.executed-later', reason, context.frame.within),
  };
  const judge = kinds.find(({ names }) => names.test(name))?.judge;
  if (judge) judge(settings, name);
  else settings.doubt(say('{0} runs or takes effect later, so what it says decides', name));
}

/** A command that runs later is judged as if it ran now. */
function runLater({ shell, state, context }: Settings, command: string): void {
  if (command.trim() !== '')
    shell.walkText(
      command,
      copyState(state),
      { ...context, certainty: 'possible', depth: context.depth + 1 },
      context.frame.within ?? nowhere,
    );
}

const nowhere = { start: 0, end: 0 };

/** Sources of packages other than a registry: repositories, archives, folders elsewhere. */
const foreignSource =
  /\b(?:git\+|git:\/\/|github:|gitlab:|bitbucket:|svn\+|hg\+)|\b(?:https?|ftp|file):(?!\/\/(?:registry\.npmjs\.org|registry\.yarnpkg\.com|pypi\.org|files\.pythonhosted\.org|static\.crates\.io|crates\.io|index\.crates\.io|proxy\.golang\.org|rubygems\.org|repo\.maven\.apache\.org|repo1\.maven\.org|json\.schemastore\.org|json-schema\.org|(?:www\.)?schemastore\.org|github\.com\/[\w.-]+\/[\w.-]+\/(?:issues|tree|blob|releases|discussions|wiki)|opencollective\.com|(?:www\.)?patreon\.com|tidelift\.com)\b)/i;

/** `"key": "value"` pairs, wherever they stand. */
const pairs = /"((?:[^"\\]|\\.){1,200})"\s*:\s*"((?:[^"\\]|\\.){0,4000})"/g;
/** Keys of manifests whose values are data whatever they say. */
const dataKeys =
  /^(?:name|version|description|author|license|homepage|bugs|url|email|keywords|main|module|types|typings|type|browser|bin|files|engines|node|npm|os|cpu|private|sideEffects|packageManager|repository|directory|funding|publisher|displayName|icon|title|label|message|\$schema|target|lib|jsx|moduleResolution|outDir|rootDir|baseUrl|extends|preset|root|env|parser|sourceType|ecmaVersion)$/;
const plainValue =
  /^(?:[\^~<>=v]{0,2}\d[\w.*+^~<>=| -]*|\*|latest|next|workspace:[*^~\w.]*|npm:@?[\w./-]+@[\w.^~-]+|catalog:\w*|[@\w./*{},:-]*)$/;

/** Manifests and settings in JSON: package.json, composer.json, tsconfig.json, deno.json, nx.json … */
function judgeJson(settings: Settings, name: string): void {
  const scripts = !settings.fragment ? scriptsOf(settings.text) : undefined;
  if (scripts === 'unreadable') {
    settings.doubt(say('{0} could not be read as JSON', name));
    return;
  }
  for (const body of scripts ?? []) runLater(settings, body);
  const known = new Set(scripts);
  for (const match of settings.text.matchAll(pairs)) {
    const [, key = '', raw = ''] = match;
    const value = raw.replace(/\\(["\\/])/g, '$1');
    if (known.has(value)) continue;
    if (foreignSource.test(value) && !/^(?:url|homepage|bugs|\$schema|funding|repository)$/.test(key))
      settings.doubt(say('{0} names a source outside the registry: {1}', name, value));
    else if (!dataKeys.test(key) && !plainValue.test(value)) runLater(settings, value);
  }
}

function scriptsOf(text: string): readonly string[] | 'unreadable' {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // Some of these files may hold comments; their pairs are looked at all the same.
    return /\/\/|\/\*|,\s*[}\]]/.test(text) ? [] : 'unreadable';
  }
  const found: string[] = [];
  for (const section of ['scripts', 'tasks']) {
    const entries = (value as Readonly<Record<string, unknown>> | null)?.[section];
    if (typeof entries === 'object' && entries !== null)
      for (const body of Object.values(entries).flat()) if (typeof body === 'string') found.push(body);
  }
  return found;
}

/** Recipes run in a shell of their own; functions of make that run commands or read files are not known here. */
function judgeMakefile(settings: Settings): void {
  const lines = settings.text.replace(/\\\n/g, ' ').split('\n');
  for (const line of lines) {
    if (line.startsWith('\t')) runLater(settings, recipe(line.slice(1)));
    else if (
      /^\s*(?:SHELL|\.SHELLFLAGS|MAKEFLAGS|export|unexport|-?include|sinclude|vpath|load|define|override)\b/.test(
        line,
      ) ||
      /\$[({](?:shell|eval|call|file|guile|value)\b|!=/.test(line)
    ) {
      settings.doubt(say('a Makefile with “{0}” runs more than its recipes', line.trim().slice(0, 80)));
    } else if (/^[^#]*::?=/.test(line) && /[`]|\$\(/.test(line.replace(/\$\([A-Za-z_]\w*\)/g, ''))) {
      settings.doubt(say('a Makefile with “{0}” runs more than its recipes', line.trim().slice(0, 80)));
    } else {
      // `target: prerequisites; recipe`
      const inline = /^[^=#]*:[^=#]*;(.*)$/.exec(line)?.[1];
      if (inline !== undefined) runLater(settings, recipe(inline));
    }
  }
}

/** A recipe as the shell gets it: variables of make are not known here. */
function recipe(line: string): string {
  return line
    .replace(/^\s*[@+-]*\s*/, '')
    .replace(/\$\$/g, '\u0001')
    .replace(/\$[({]([A-Za-z_]\w*)[)}]/g, '"$MAKE_$1"')
    .replace(/\$[@<^*?%+|]/g, '"$MAKE_target"')
    .replaceAll('\u0001', '$');
}

/** Lists of packages: names and versions; anything else says where they come from or what is run. */
function judgeRequirements(settings: Settings, name: string): void {
  for (const line of settings.text.split('\n')) {
    const plain = line.replace(/(?:^|\s)#.*$/, '').trim();
    if (
      plain === '' ||
      /^[\w.-]+(?:\[[\w,.-]+\])?\s*(?:(?:[=<>!~]=?=?|@\s*(?!\w+:|git))\s*[\w.*+!,<>=~ -]+)?(?:;.*)?(?:\\)?$/.test(plain)
    )
      continue;
    if (
      /^--hash=sha\d+:[0-9a-f]+\s*\\?$|^-[rc]\s*[\w./-]+$/.test(plain) &&
      !plain.includes('..') &&
      !/\s\//.test(plain)
    )
      continue;
    settings.doubt(say('{0} has a line that is more than the name of a package: {1}', name, plain.slice(0, 80)));
  }
}

/** Settings of tools that load code: a value that is a path names some. */
function judgeLoads(settings: Settings, name: string): void {
  const path = /(?:^|["'\s:[,-])((?:\.{1,2}\/|\/|~\/)[^"'\s,\]]*)/m.exec(
    settings.text.replace(/^\s*(?:\/\/|#).*$/gm, '').replace(/"(?:\$schema|extends)"\s*:\s*"[^"]*\.json"/g, ''),
  )?.[1];
  if (path !== undefined) settings.doubt(say('{0} names a file that may be loaded: {1}', name, path.slice(0, 80)));
}

/** Settings in TOML and INI: commands and sources in them matter. */
function judgeIni(settings: Settings, name: string): void {
  let section = '';
  for (const line of settings.text.split('\n')) {
    const header = /^\s*\[+([^\]]+)\]+/.exec(line);
    if (header) section = header[1] ?? '';
    const suspect =
      foreignSource.test(
        line.replace(
          /^\s*(?:homepage|repository|documentation|url|issues|changelog|source|"?[A-Z][\w ]*"?)\s*=.*$/i,
          '',
        ),
      ) ||
      /^\s*["']?(?:commands?(?:_pre|_post)?|cmd|shell|script|scripts|sh|run|exec|allowlist_externals|whitelist_externals|backend-path|before-\w+|after-\w+|pre-\w+|post-\w+|\w*hooks?|plugins?|runner|linker|rustc-wrapper|build|index-url|extra-index-url|find-links|index|registry|passenv|setenv|path|python_(?:files|classes|functions)|init-hook|load-plugins|extension|local-plugins|plugin|default|source)["']?\s*=/i.test(
        line,
      ) ||
      /^\s*addopts\s*=.*(?:\s-p[\s=]|--rootdir|--basetemp|-c\s)/.test(line) ||
      /^\s*build-backend\s*=\s*["'](?!(?:setuptools|hatchling|poetry\.core|poetry-core|flit_core|flit-core|pdm\.backend|pdm\.pep517|maturin|scikit_build_core|mesonpy|uv_build|whey)[\w.]*["'])/.test(
        line,
      );
    const local = /local-plugins/i.test(section) && /=/.test(line);
    const entryPoint =
      /(?:scripts|entry-points|entry_points|gui_scripts)/.test(section) &&
      /^\s*["']?[\w.-]+["']?\s*=\s*["'][\w.]+:[\w.]+["']\s*$/.test(line);
    if ((suspect && !entryPoint) || local)
      settings.doubt(say('{0} has a setting that runs or fetches something: {1}', name, line.trim().slice(0, 80)));
    if (
      /(?:poe|taskipy|pdm\.scripts|hatch\.envs[\w.]*\.scripts|tox|nox|rye\.scripts|pixi\.tasks)/.test(section) &&
      /=/.test(line)
    )
      settings.doubt(say('{0} has a setting that runs or fetches something: {1}', name, line.trim().slice(0, 80)));
  }
}

/** Steps of an image run in a container; what is harmful there is harmful, the rest is the image’s own. */
function judgeDockerfile(settings: Settings, name: string): void {
  for (const line of settings.text.replace(/\\\n/g, ' ').split('\n')) {
    if (
      /^\s*ADD\s+\S*:\/\//i.test(line) ||
      /--security=insecure|--network=host|--mount=type=(?:secret|ssh)|docker\.sock/i.test(line) ||
      /\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|\|\s*python/.test(line)
    )
      settings.doubt(
        say(
          '{0} has a step that fetches and runs or reaches out of the container: {1}',
          name,
          line.trim().slice(0, 80),
        ),
      );
  }
}

function judgeCompose(settings: Settings, name: string): void {
  for (const line of settings.text.split('\n'))
    if (
      /privileged\s*:\s*true|(?:network_mode|pid|ipc|userns_mode)\s*:\s*["']?host|docker\.sock|cap_add|devices\s*:|-\s*["']?(?:\/(?!tmp\/)|~|\$\{?HOME|\.\.\/)[^:]*:|security_opt|external_links|\bsource\s*:\s*["']?(?:\/(?!tmp\/)|~|\.\.|\$)|(?:^|[\s"'[,-])(?:\/(?!tmp\/)|~|\.\.\/|\$\{?HOME)[\w./{}~-]*:[\w/~.]/.test(
        line,
      )
    )
      settings.doubt(say('{0} gives a container more than the project: {1}', name, line.trim().slice(0, 80)));
}

function judgeCMake(settings: Settings, name: string): void {
  if (
    /\b(?:execute_process|add_custom_command|add_custom_target|file\s*\(\s*(?:DOWNLOAD|UPLOAD|REMOVE)|FetchContent|ExternalProject|try_run|cmake_language|include\s*\(\s*["']?https?|CMAKE_\w*(?:COMPILER|LAUNCHER|LINKER)\b)/i.test(
      settings.text,
    )
  )
    settings.doubt(say('{0} runs or fetches something when it is read', name));
}

/** Variables that programs of the project read; those that a shell or a runtime obeys matter. */
function judgeEnvironmentFile(settings: Settings, name: string): void {
  for (const line of settings.text.split('\n')) {
    const key = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1];
    if (key !== undefined && isInfluential(key) && !/^(?:PG|REDIS|MYSQL|AWS_REGION|OPENAI_MODEL)/.test(key))
      settings.doubt(say('{0} sets {1}, which changes what programs do', name, key));
  }
}

function judgeGoModule(settings: Settings, name: string): void {
  if (/^\s*replace\b|^\s*toolchain\b|=>/m.test(settings.text))
    settings.doubt(say('{0} replaces a module by another', name));
}

/** Lock files are written by package managers: what counts is where the packages come from. */
function judgeLockFile(settings: Settings, name: string): void {
  if (foreignSource.test(settings.text)) settings.doubt(say('{0} names a source outside the registry', name));
}

const kinds: readonly { readonly names: RegExp; judge(settings: Settings, name: string): void }[] = [
  {
    names:
      /^(?:package|composer|deno|turbo|lerna|tsconfig[\w.-]*|jsconfig|biome|\.lintstagedrc|vercel|angular|project)\.jsonc?$|^\.lintstagedrc$/,
    judge: judgeJson,
  },
  {
    names:
      /^(?:nx|jest\.config|nodemon|\.(?:eslintrc|babelrc|prettierrc|stylelintrc|mocharc|commitlintrc|releaserc))\.json[c5]?$|^\.(?:eslintrc|babelrc|prettierrc|stylelintrc|mocharc|commitlintrc|releaserc)$/,
    judge(settings, name) {
      judgeLoads(settings, name);
      judgeJson(settings, name);
    },
  },
  {
    names: /^\.(?:prettierrc|eslintrc|stylelintrc|mocharc)\.ya?ml$|^\.prettierrc\.toml$/,
    judge: judgeLoads,
  },
  { names: /^(?:gnu)?makefile(?:[.-].+)?$|\.mk$/, judge: judgeMakefile },
  { names: /^requirements[\w.-]*\.txt$|^constraints[\w.-]*\.txt$/, judge: judgeRequirements },
  {
    names:
      /^(?:pyproject|cargo|pipfile|pdm)(?:\.toml)?$|^(?:setup\.cfg|tox\.ini|pytest\.ini|\.flake8|\.?mypy\.ini|\.coveragerc|\.?pylintrc|uv\.toml|rust-toolchain(?:\.toml)?)$/,
    judge: judgeIni,
  },
  { names: /^(?:dockerfile|containerfile)(?:[.-].+)?$/, judge: judgeDockerfile },
  { names: /^(?:docker-)?compose[\w.-]*\.ya?ml$/, judge: judgeCompose },
  { names: /^cmakelists\.txt$|\.cmake$/, judge: judgeCMake },
  { names: /^\.env(?:\..+)?$/, judge: judgeEnvironmentFile },
  { names: /^go\.(?:mod|work)$/, judge: judgeGoModule },
  {
    names:
      /^(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock|poetry\.lock|uv\.lock|pipfile\.lock|cargo\.lock|go\.sum|composer\.lock|gemfile\.lock)$/,
    judge: judgeLockFile,
  },
];
