import type { ConfigEntry } from './configText';

/** Keys by section, separated by blanks; `*` stands for every key, a section with a dot for one with a subsection. */
type Keys = Readonly<Record<string, string>>;

/** Settings that start no program, name no host and no place, and take no protection away (rule R18). */
const plain: Keys = {
  advice: '*',
  apply: 'whitespace ignorewhitespace',
  author: 'name email',
  blame: 'blankboundary coloring date showemail showroot',
  branch: 'sort autosetupmerge autosetuprebase',
  checkout: 'guess defaultremote workers',
  color: '*',
  'color.*': '*',
  column: '*',
  commit: 'cleanup gpgsign status verbose',
  committer: 'name email',
  core: 'abbrev autocrlf bigfilethreshold checkstat commentchar commitgraph compression eol filemode fscache ignorecase longpaths loosecompression multipackindex precomposeunicode preloadindex quotepath safecrlf splitindex symlinks trustctime untrackedcache whitespace',
  diff: 'algorithm autorefreshindex colormoved colormovedws context dirstat ignoresubmodules indentheuristic interhunkcontext mnemonicprefix noprefix relative renamelimit renames statgraphwidth submodule suppressblankempty wordregex wserrorhighlight',
  feature: 'experimental manyfiles',
  fetch: 'all output parallel prune prunetags showforcedupdates writecommitgraph',
  format: 'numbered pretty',
  gc: 'auto autodetach',
  grep: 'column extendedregexp fullname linenumber patterntype threads',
  http: 'lowspeedlimit lowspeedtime postbuffer version',
  i18n: 'commitencoding logoutputencoding',
  index: 'threads version',
  init: 'defaultbranch',
  log: 'abbrevcommit date decorate diffmerges excludedecoration follow graphcolors mailmap showroot',
  maintenance: 'auto',
  merge: 'autostash conflictstyle directoryrenames ff log renamelimit renames stat',
  pack: 'threads',
  pull: 'ff rebase',
  push: 'autosetupremote default followtags',
  rebase: 'abbreviatecommands autosquash autostash instructionformat missingcommitscheck stat updaterefs',
  rerere: 'autoupdate enabled',
  stash: 'showincludeuntracked showpatch showstat',
  status: '*',
  submodule: 'fetchjobs recurse',
  tag: 'forcesignannotated gpgsign sort',
  user: 'name email useconfigonly',
  versionsort: '*',
  worktree: 'guessremote',
};

/**
 * Settings that may stand in a repository's own configuration besides: what git and the usual tools put there. None of them starts
 * a program in a call that is allowed, or what it starts is judged by its value in {@link harmlessByValue}.
 */
const standing: Keys = {
  alias: '*',
  'alias.*': '*',
  'branch.*': '*',
  blame: 'ignorerevsfile markignoredlines markunblamablelines',
  browser: '*',
  'browser.*': '*',
  bugtraq: '*',
  clean: '*',
  clone: '*',
  commit: 'template',
  core: 'attributesfile bare createobject deltabasecachelimit excludesfile fsync fsyncmethod fsyncobjectfiles hidedotfiles ignorestat logallrefupdates notesref packedgitlimit packedgitwindowsize protecthfs protectntfs repositoryformatversion sharedrepository sparsecheckout sparsecheckoutcone warnambiguousrefs',
  diff: 'guitool mnemonicprefix orderfile tool',
  'diff.*': 'algorithm binary cachetextconv funcname wordregex xfuncname',
  difftool: '*',
  'difftool.*': '*',
  extensions: '*',
  fetch: 'fsckobjects negotiationalgorithm recursesubmodules unpacklimit',
  'filter.*': 'required',
  format: '*',
  gc: 'aggressivedepth aggressivewindow autopacklimit bigpackthreshold logexpiry packrefs pruneexpire reflogexpire reflogexpireunreachable rerereresolved rerereunresolved worktreepruneexpire writecommitgraph',
  gerrit: '*',
  gitflow: '*',
  'gitflow.*': '*',
  gitg: '*',
  gitreview: '*',
  gpg: 'format mintrustlevel',
  'gpg.ssh': 'allowedsignersfile revocationfile',
  gui: '*',
  index: '*',
  interactive: 'singlekey',
  lfs: 'activitytimeout allowincompletepush basictransfersonly batch concurrenttransfers fetchexclude fetchinclude fetchrecentalways fetchrecentcommitsdays fetchrecentrefsdays fetchrecentremoterefs locksverify repositoryformatversion skipdownloaderrors transfer.maxretries url',
  'lfs.*': 'access locksverify',
  log: 'showsignature',
  magit: '*',
  maintenance: '*',
  'maintenance.*': '*',
  merge: 'guitool tool verifysignatures suppressdest branchdesc',
  'merge.*': 'name recursive',
  mergetool: '*',
  'mergetool.*': '*',
  notes: '*',
  'notes.*': '*',
  pack: 'compression deltacachesize depth packsizelimit usesparse window windowmemory writebitmaphashcache',
  pretty: '*',
  push: 'gpgsign pushoption recursesubmodules useforceifincludes',
  receive: 'advertiseatomic denycurrentbranch denydeletes denynonfastforwards fsckobjects',
  remote: 'pushdefault',
  'remote.*':
    'fetch followremotehead gh-resolved glab-resolved mirror partialclonefilter promisor prune prunetags push pushurl skipdefaultupdate skipfetchall tagopt url',
  remotes: '*',
  safe: '*',
  sendemail: '*',
  'sendemail.*': '*',
  showbranch: '*',
  sourcetree: '*',
  submodule: 'active alternateerrorstrategy alternatelocation propagatebranches',
  'submodule.*': 'active branch fetchrecursesubmodules ignore path shallow url',
  svn: '*',
  'svn-remote.*': '*',
  tortoisegit: '*',
  trailer: 'separators where ifexists ifmissing',
  'trailer.*': 'key where ifexists ifmissing',
  transfer: '*',
  user: 'signingkey',
  web: '*',
};

/** Settings that name a program or a place of the network, which only fetching and its like come to (see {@link Use.network}). */
const reaching: Keys = {
  core: 'askpass gitproxy sshcommand',
  credential: '*',
  'credential.*': '*',
  http: '*',
  'http.*': '*',
  protocol: '*',
  'protocol.*': '*',
  'remote.*': 'proxy proxyauthmethod serveroption',
  ssh: '*',
  'url.*': '*',
};

const pages = /^(?:cat|less(?: -[A-Za-z]+)*|more|delta|diff-so-fancy|bat|false|true|)$/;
const editors =
  /^(?:true|:|cat|(?:\/usr\/bin\/)?(?:vi|vim|nvim|nano|pico|emacs|micro|hx|helix|ed|subl|code|code-insiders|codium|cursor|zed|gedit|kate|mate)(?: -{1,2}[a-z-]+)*)$/;
const plainSsh =
  /^(?:\/usr\/bin\/)?ssh(?: (?:-[46CTqvx]|-i [\w~./@-]+|-p \d+|-F \/dev\/null|-o (?:IdentitiesOnly|BatchMode|StrictHostKeyChecking|ConnectTimeout|ServerAlive\w+|AddKeysToAgent|IdentityAgent)[ =][\w./~-]+))*$/;
const knownHelper =
  /^(?:|cache(?: --timeout[= ]\d+)?|store|osxkeychain|manager|manager-core|libsecret|gnome-keyring|wincred|(?:!(?:\/(?:usr\/(?:local\/)?|opt\/homebrew\/)bin\/)?(?:gh|glab) auth git-credential))$/;

/** Settings that may start a program, with the values by which they do not, or start one that is known. */
const harmlessByValue: Readonly<Record<string, RegExp>> = {
  'core.fsmonitor': /^(?:true|false|0|1|yes|no|on|off|)$/i,
  'core.pager': pages,
  'core.editor': editors,
  'sequence.editor': editors,
  'diff.*.textconv': /^cat$/,
  'filter.lfs.clean': /^git-lfs clean -- %f$/,
  'filter.lfs.smudge': /^git-lfs smudge(?: --skip)? -- %f$/,
  'filter.lfs.process': /^git-lfs filter-process(?: --skip)?$/,
  'gpg.program': /^(?:\/usr\/(?:local\/)?bin\/|\/opt\/homebrew\/bin\/)?(?:gpg2?|gpgsm|ssh-keygen)$/,
  'gpg.*.program': /^(?:\/usr\/(?:local\/)?bin\/|\/opt\/homebrew\/bin\/)?(?:gpg2?|gpgsm|ssh-keygen)$/,
  'interactive.difffilter': /^(?:delta(?: --color-only)?|diff-so-fancy --patch|cat)$/,
  'submodule.*.update': /^(?:checkout|rebase|merge|none)$/,
};

/** What a call does with a repository, as far as it decides which settings matter. */
export interface Use {
  /** The sub-command: an alias of that name may stand for it in some version of git. */
  readonly command: string;
  /** It reaches the remotes. */
  readonly network: boolean;
}

/** Whether a setting may be given on a command line, for one call or for good. */
export function isPlainSetting(entry: ConfigEntry): boolean {
  const { section, key, value } = entry;
  if (section === 'user' || section === 'author' || section === 'committer')
    // The text of a name turns up in command lines that other tools put together.
    return holds(plain, entry) && !/[$`;|&\n]/.test(value ?? '');
  if (holds(plain, entry)) return true;
  if (section === 'pager') return /^(?:cat|false|true|)$/.test(value ?? 'true');
  switch (`${section}.${key}`) {
    case 'core.pager':
      return value === 'cat' || value === '' || value === 'false';
    case 'core.editor':
    case 'sequence.editor':
      return value !== undefined && /^(?:true|:|cat)$/.test(value);
    case 'core.fsmonitor':
      return value !== undefined && /^(?:false|0|no|off|)$/i.test(value);
    default:
      return false;
  }
}

/** Whether a setting that stands in a repository's own configuration starts no program that the repository chose. */
export function isHarmlessStanding(entry: ConfigEntry, use: Use, lazy: boolean): boolean {
  const { section, subsection, key, value } = entry;
  if (section === 'alias')
    // Aliases never stand for a sub-command of git, but what one is depends on the version.
    return (subsection ?? key).toLowerCase() !== use.command && key !== use.command;
  const reaches = use.network || lazy;
  if (section === 'remote' && key === 'url' && reaches) return isPlainRemote(value ?? '');
  // A branch may name an address where it should name a remote.
  if (section === 'branch' && key.endsWith('remote') && reaches) return /^[\w.-]*$/.test(value ?? '');
  // Options of a merge may name a way of merging that is a program of its own.
  if (section === 'branch' && key === 'mergeoptions')
    return /^(?: *--(?:no-)?(?:commit|edit|ff|ff-only|log|squash|stat))* *$/.test(value ?? '');
  if (section === 'format' && key === 'outputdirectory') return false;
  if (holds(reaching, entry)) return !reaches || isPlainReach(entry);
  const byValue =
    subsection === undefined
      ? harmlessByValue[`${section}.${key}`]
      : (harmlessByValue[`${section}.${subsection}.${key}`] ?? harmlessByValue[`${section}.*.${key}`]);
  if (byValue) return byValue.test(value ?? 'true');
  return section === 'pager' ? pages.test(value ?? 'true') : holds(plain, entry) || holds(standing, entry);
}

/** A remote that git reaches by itself; `ext::` and its like start a program that the address names. */
export function isPlainRemote(url: string): boolean {
  return !url.startsWith('-') && !/^[A-Za-z0-9+.-]+::/.test(url);
}

function isPlainReach({ section, subsection, key, value }: ConfigEntry): boolean {
  switch (section) {
    case 'core':
      return key === 'sshcommand' ? plainSsh.test(value ?? '') : value === '';
    case 'credential':
      return key === 'helper' ? knownHelper.test(value ?? '') : /^(?:username|usehttppath|interactive)$/.test(key);
    case 'http':
      return /^(?:postbuffer|version|lowspeedlimit|lowspeedtime|extraheader|sslversion|maxrequests|useragent|sslverify)$/.test(
        key,
      )
        ? key !== 'sslverify' || value === 'true' || value === undefined
        : false;
    case 'protocol':
      return key === 'version' || (subsection !== undefined && key === 'allow' && value !== 'always');
    case 'url':
      return key.endsWith('insteadof') && subsection !== undefined && isPlainRemote(subsection);
    default:
      return false;
  }
}

const tables = new WeakMap<Keys, ReadonlyMap<string, ReadonlySet<string>>>();

function holds(keys: Keys, { section, subsection, key }: Omit<ConfigEntry, 'value'>): boolean {
  let table = tables.get(keys);
  if (!table) {
    table = new Map(Object.entries(keys).map(([name, list]) => [name, new Set(list.split(' '))] as const));
    tables.set(keys, table);
  }
  const has = (name: string): boolean => {
    const set = table.get(name);
    return set !== undefined && (set.has('*') || set.has(key));
  };
  if (subsection === undefined) return has(section);
  return has(`${section}.${subsection}`) || has(`${section}.*`);
}
