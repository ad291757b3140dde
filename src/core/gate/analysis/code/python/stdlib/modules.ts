/**
 * What kind of module of the standard library a name belongs to (rule R11: what is not listed is not known).
 * `pure`: only calculates, or calls what it is given. `handing`: takes paths, and does nothing else. `closed`: only the members
 * described in the rules. `forbidden`: nothing of it.
 */
export type ModuleKind = 'pure' | 'handing' | 'closed' | 'forbidden';

const pure = `
__future__ _thread _weakref abc argparse array ast base64 binascii bisect calendar cmath collections colorsys concurrent contextlib
contextvars copy copyreg csv dataclasses datetime decimal difflib dis email enum errno fnmatch fractions functools gc getopt gettext
graphlib hashlib heapq hmac html imaplib-never inspect ipaddress itertools json keyword linecache-never locale math mimetypes numbers
opcode operator optparse pprint queue quopri random re reprlib rlcompleter-never sched secrets select selectors signal sre_compile
sre_constants sre_parse stat statistics string stringprep struct sysconfig textwrap threading time timeit token tokenize traceback
types typing unicodedata unittest urllib.parse urllib.error uu uuid warnings weakref xml.sax.saxutils zlib asyncio http.cookies
http.HTTPStatus logging distutils.version importlib.metadata importlib.resources importlib.abc importlib.machinery multiprocessing resource
faulthandler tracemalloc cProfile profile pstats trace-never doctest bdb-never platform parser-never symbol sys.flags formatter
importlib.util importlib pkgutil pickletools io tempfile glob zoneinfo nturl2path atexit
`;

const handing = `
xml zipfile tarfile gzip bz2 lzma configparser plistlib netrc wave aifc sunau chunk imghdr sndhdr filecmp mailbox mailcap linecache
tabnanny pyclbr symtable modulefinder sqlite3 dbm-never fileinput py_compile compileall trace
`;

const closed = `
os os.path posixpath ntpath genericpath builtins sys io subprocess shutil pathlib tempfile glob codecs importlib pickle cPickle _pickle
marshal shelve dbm socket ssl urllib urllib.request http http.client http.server http.cookiejar ftplib smtplib poplib imaplib nntplib
telnetlib xmlrpc socketserver asyncore asynchat wsgiref runpy imp code codeop pdb bdb pty tty termios fcntl mmap ctypes webbrowser
getpass crypt spwd pwd grp syslog cmd readline rlcompleter site sitecustomize usercustomize zipimport pkgutil ensurepip venv zipapp
idlelib lib2to3 tkinter turtle curses antigravity this posix nt _posixsubprocess _io _socket _ctypes _winapi winreg winsound msvcrt
msilib pipes commands popen2 posixfile nis ossaudiodev audioop test distutils __main__ xxlimited cgi cgitb binhex smtpd urllib2
urllib3-never httplib urlparse-never StringIO-never logging.config logging.handlers multiprocessing.managers multiprocessing.connection
multiprocessing.shared_memory concurrent.interpreters _xxsubinterpreters _interpreters asyncio.subprocess importlib.util importlib.machinery
importlib._bootstrap importlib._bootstrap_external _frozen_importlib _frozen_importlib_external _imp
`;

const kinds = new Map<string, ModuleKind>();
for (const [kind, names] of [
  ['pure', pure],
  ['handing', handing],
  ['closed', closed],
] as const)
  for (const name of names.split(/\s+/)) if (name !== '' && !name.endsWith('-never')) kinds.set(name, kind);

/** @param name of a module or of something in it. Undefined: not of the standard library. */
export function kindOf(name: string): ModuleKind | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const kind = kinds.get(name.slice(0, end));
    if (kind) return kind;
  }
  return undefined;
}

export function isModule(name: string): boolean {
  return kinds.has(name);
}

/** Modules that let code do something: wherever one of them is found under its name, it is that module. */
export function isCapability(name: string): boolean {
  return kinds.get(name) === 'closed' && !harmlessNames.has(name);
}

/** Names of modules that are ordinary names of attributes as well, with nothing in them that is worth the confusion. */
const harmlessNames = new Set([
  'test',
  'code',
  'cmd',
  'site',
  'this',
  'http',
  'io',
  'glob',
  'crypt',
  'commands',
  'pipes',
  'turtle',
  'nt',
  'tty',
  'nis',
  'grp',
  'this',
  'cgi',
  '__main__',
  'ssl',
  'curses',
]);
