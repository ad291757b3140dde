/**
 * Programs that other programs start as a part of their own work, as their manuals say. What such a helper does is judged like
 * anything else; only its start needs no prediction.
 */
const helpers: Readonly<Record<string, RegExp>> = {
  // Some of its sub-commands are shell scripts.
  git: /^(?:git(?:-[\w-]+)?|sh|less|pager|diff|cat|editor|gzip|man|basename|sed|gettext|envsubst|uname)$/,
  tar: /^(?:sh|gzip|xz|bzip2|zstd|lzma|lzip|compress|lzop)$/,
  // Shell scripts around the program that does the work.
  egrep: /^grep$/,
  fgrep: /^grep$/,
  zcat: /^gzip$/,
  gunzip: /^gzip$/,
  zgrep: /^(?:grep|gzip|sed|expr|cat|bzip2|xz|zstd)$/,
  zdiff: /^(?:gzip|cmp|diff|sed|expr)$/,
  zcmp: /^(?:zdiff|gzip|cmp|diff|sed|expr)$/,
  zless: /^(?:less|gzip)$/,
  zmore: /^(?:more|gzip|sed)$/,
  bzgrep: /^(?:grep|bzip2|basename|sed)$/,
  bzdiff: /^(?:basename|bzip2|cmp|diff|sed|tempfile|mktemp|expr|rm)$/,
  xzgrep: /^(?:grep|xz|sed|expr|basename)$/,
  xzdiff: /^(?:xz|diff|cmp|sed|mktemp|rm|basename|cat)$/,
  xzless: /^(?:less|xz)$/,
  lzcat: /^xz$/,
  zipgrep: /^(?:unzip|egrep|grep|sed|cat|zipinfo)$/,
  ldd: /^(?:ld-linux[\w.-]*|bash|cat|file|grep)$/,
  // Compilers and their passes.
  gcc: /^(?:cc1(?:plus)?|as|collect2|ld(?:\.bfd|\.gold)?|lto\w*)$/,
  cc: /^(?:cc1|as|collect2|ld(?:\.bfd)?|lto\w*)$/,
  'g++': /^(?:cc1(?:plus)?|as|collect2|ld(?:\.bfd)?|lto\w*)$/,
  'c++': /^(?:cc1(?:plus)?|as|collect2|ld(?:\.bfd)?|lto\w*)$/,
  npm: /^(?:node|sh|git|uname)$/,
  npx: /^(?:node|sh|npm)$/,
  corepack: /^node$/,
  // Shell scripts that look for the Python they run with.
  gcloud: /^(?:readlink|dirname|uname|which|python3?|tput)$/,
  gsutil: /^(?:readlink|dirname|uname|which|python3?|tput)$/,
  bq: /^(?:readlink|dirname|uname|which|python3?|tput)$/,
  man: /^(?:groff|nroff|troff|tbl|preconv|col|less|pager|locale|zsoelim|man|grotty|gzip)$/,
  // Asks the machine's own tools what is installed.
  python3: /^(?:ldconfig|uname|gcc|ld|objdump|sh)$/,
  // It asks which character sets there are.
  gdb: /^(?:iconv|sh)$/,
  lsb_release: /^(?:dpkg-query|getopt|tr|cut|sed|head|basename)$/,
  // It tells the package index what it runs on.
  pip: /^(?:lsb_release|uname|ldconfig|gcc|rustc)$/,
  // Without a command it puts its input out.
  xargs: /^echo$/,
  parallel: /^(?:perl|sh|bash)$/,
};

/** Whether a program is known to start another one as a part of its own work. */
export function startsHelper(program: string, started: string): boolean {
  return helpers[program]?.test(started) ?? false;
}

/** They write their settings at every start, and what they did to a log. */
const gcloudFolder =
  /^\.config\/gcloud(?:\/(?:configurations|logs)(?:\/.*)?|\/\.?\w+(?:\.(?:json|ya?ml|txt|db(?:-journal)?))?)?$/;

/** What a program keeps below the home folder for itself: its configuration, its caches and logs. */
const own: Readonly<Record<string, { readonly reads: RegExp; readonly writes?: RegExp }>> = {
  git: { reads: /^\.(?:gitconfig|config\/git(?:\/\w+)?)$/ },
  // It authenticates with what is kept for that.
  'git-remote-https': { reads: /^\.(?:netrc|git-credentials)$/ },
  // It reads what it authenticates with, and keeps its logs and cache.
  npm: { reads: /^\.(?:npmrc|gitconfig|npm(?:\/.*)?)$/, writes: /^\.npm(?:\/.*)?$/ },
  npx: { reads: /^\.(?:npmrc|gitconfig|npm(?:\/.*)?)$/, writes: /^\.npm(?:\/.*)?$/ },
  pip: { reads: /^\.(?:netrc|config\/pip|pip|cache\/pip)(?:\/.*)?$/, writes: /^\.cache\/pip(?:\/.*)?$/ },
  pip3: { reads: /^\.(?:netrc|config\/pip|pip|cache\/pip)(?:\/.*)?$/, writes: /^\.cache\/pip(?:\/.*)?$/ },
  python3: { reads: /^\.(?:local\/lib\/python[\d.]+(?:\/.*)?|pydistutils\.cfg|pypirc)$/ },
  python: { reads: /^\.(?:local\/lib\/python[\d.]+(?:\/.*)?|pydistutils\.cfg|pypirc)$/ },
  curl: { reads: /^\.(?:curlrc|netrc|config\/curlrc)$/ },
  wget: { reads: /^\.(?:wgetrc|netrc|wget-hsts)$/, writes: /^\.wget-hsts$/ },
  less: { reads: /^\.(?:lesskey|less|lesshst|config\/lesskey)$/ },
  vim: { reads: /^\.(?:vimrc|vim(?:\/.*)?|viminfo)$/ },
  jq: { reads: /^\.jq(?:\/.*)?$/ },
  sqlite3: { reads: /^\.sqliterc$/ },
  bc: { reads: /^\.bcrc$/ },
  gdb: { reads: /^\.(?:gdbinit|config\/gdb\/.*)$/ },
  // Looking at the keys makes the ring when there is none, and locks it.
  gpg: {
    reads: /^\.gnupg(?:\/.*)?$/,
    writes: /^\.gnupg(?:\/(?:\.#lk[\w.]+|[\w.]+\.lock|private-keys-v1\.d|trustdb\.gpg|pubring\.kbx~?))?$/,
  },
  openssl: { reads: /^\.rnd$/ },
  cargo: { reads: /^\.cargo(?:\/.*)?$/, writes: /^\.cargo\/(?:registry|\.package-cache|\.global-cache)(?:\/.*)?$/ },
  docker: { reads: /^\.docker\/config\.json$/ },
  gcloud: { reads: gcloudFolder, writes: gcloudFolder },
  // It speaks to another maker's cloud as well, and reads what it would authenticate with there.
  gsutil: { reads: new RegExp(`${gcloudFolder.source}|^\\.(?:boto|aws/credentials)$`), writes: gcloudFolder },
  bq: { reads: gcloudFolder, writes: gcloudFolder },
  kubectl: { reads: /^\.kube(?:\/.*)?$/, writes: /^\.kube\/cache(?:\/.*)?$/ },
};

/** Whether a path below the home folder is a program's own. @param path relative to the home folder. */
export function isOwn(program: string, path: string, how: 'reads' | 'writes'): boolean {
  return own[program]?.[how]?.test(path) ?? false;
}
