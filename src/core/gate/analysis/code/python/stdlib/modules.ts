/**
 * What kind of module of the standard library a name belongs to (rule R11: what is not listed is not known).
 * `pure`: only calculates, or calls what it is given. `handing`: takes paths, and does nothing else. `closed`: only the members
 * described in the rules. `forbidden`: nothing of it.
 */
export type ModuleKind = 'pure' | 'handing' | 'closed' | 'forbidden';

const pure = `
__future__ _bisect _collections _collections_abc _csv _datetime _decimal _functools _heapq _json _locale _operator
_pydecimal _random _sre _string _strptime _struct _thread _typing _weakref _weakrefset abc argparse array ast asyncio
atexit base64 binascii bisect cProfile calendar cmath collections colorsys concurrent contextlib contextvars copy
copyreg csv dataclasses datetime decimal difflib dis distutils.version doctest email encodings enum errno faulthandler
fnmatch formatter fractions functools gc getopt gettext graphlib hashlib heapq hmac html http.HTTPStatus http.cookies
importlib.abc importlib.metadata importlib.resources inspect ipaddress itertools json keyword locale logging math
mimetypes multiprocessing nturl2path numbers opcode operator optparse pickletools platform pprint profile pstats
pyexpat queue quopri random re reprlib resource sched secrets select selectors shlex signal sre_compile sre_constants
sre_parse stat statistics string stringprep struct symbol sys.flags sysconfig textwrap threading time timeit token
tokenize tomllib traceback tracemalloc types typing unicodedata unittest urllib.error urllib.parse uu uuid warnings
weakref xdrlib xml.sax.saxutils zlib zoneinfo
`;

const handing = `
xml zipfile tarfile gzip bz2 lzma configparser plistlib netrc wave aifc sunau chunk imghdr sndhdr filecmp mailbox mailcap linecache
tabnanny pyclbr symtable modulefinder sqlite3 fileinput py_compile compileall trace
`;

const closed = `
BaseHTTPServer CGIHTTPServer SimpleHTTPServer SocketServer Tkinter __builtin__ __main__ _abc _aix_support
_android_support _ast _asyncio _blake2 _bootsubprocess _bz2 _codecs _colorize _compression _contextvars _crypt _ctypes
_curses _curses_panel _dbm _elementtree _frozen_importlib _frozen_importlib_external _gdbm _hashlib _imp _interpreters
_io _ios_support _lsprof _lzma _msi _multibytecodec _multiprocessing _opcode _osx_support _overlapped _pickle
_posixshmem _posixsubprocess _py_abc _pyio _pyrepl _queue _scproxy _signal _sitebuiltins _socket _sqlite3 _ssl
_symtable _testcapi _testinternalcapi _threading_local _tkinter _tokenize _tracemalloc _uuid _warnings _winapi
_xxsubinterpreters _zoneinfo antigravity asynchat asyncio.subprocess asyncore audioop bdb binhex builtins cPickle cgi
cgitb cmd code codecs codeop commands concurrent.interpreters crypt ctypes curses dbm distutils ensurepip fcntl ftplib
genericpath getpass glob grp http http.client http.cookiejar http.server httplib idlelib imaplib imp importlib
importlib._bootstrap importlib._bootstrap_external importlib.machinery importlib.util io lib2to3 logging.config
logging.handlers marshal mmap msilib msvcrt multiprocessing.connection multiprocessing.managers
multiprocessing.shared_memory nis nntplib nt ntpath os os.path ossaudiodev pathlib pdb pickle pipes pkgutil popen2
poplib posix posixfile posixpath pty pwd pydoc pydoc_data readline rlcompleter runpy shelve shutil site sitecustomize
smtpd smtplib socket socketserver spwd ssl subprocess sys syslog telnetlib tempfile termios test this tkinter tty
turtle turtledemo urllib urllib.request urllib2 usercustomize venv webbrowser winreg winsound wsgiref xmlrpc xmlrpclib
xxlimited zipapp zipimport
`;

const kinds = new Map<string, ModuleKind>();
for (const [kind, names] of [
  ['pure', pure],
  ['handing', handing],
  ['closed', closed],
] as const)
  for (const name of names.split(/\s+/)) if (name !== '') kinds.set(name, kind);

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
