import type { Code } from '../language';
import type { Syntax } from './tokens';

/** What is known of a language: what code of it may hold without anybody being asked. */
export interface Language {
  readonly syntax: Syntax;
  /** Patterns over the code without texts and comments; each means that something may be done that is not bounded here. */
  readonly doubts: readonly RegExp[];
  /** What is brought in: each match's first group has to be harmless. */
  readonly imports?: {
    readonly find: RegExp;
    readonly harmless: RegExp /** The name is a text: taken from the source. */;
    readonly quoted: boolean;
    /** A file beside the code may be what a plain name brings in. */
    readonly beside?: true;
  };
  /** Calls that read a file; with anything but a constant name they are a doubt. */
  readonly reads?: RegExp;
  /** Names that must not turn up as a whole text, because texts can be called. */
  readonly textual?: RegExp;
  /** Notations in which quotes may mean something else than the start of a text. */
  readonly unclear: RegExp;
  /** What is then looked for in texts and comments as well; `doubts` where it is not given. */
  readonly anywhere?: RegExp;
  /** Arguments of the program are files that it reads. */
  readonly readsArguments?: boolean;
  /** Without any of these a whole text is of a language that is not known here. */
  readonly marks?: RegExp;
}

const c: Syntax = {
  lineComments: ['//'],
  blockComments: [['/*', '*/']],
  quotes: '"',
  rawQuotes: '',
  triple: false,
  interpolating: '',
  heredocs: false,
  characters: false,
};

const go: Language = {
  unclear: /\b\B/,
  syntax: { ...c, quotes: `"'`, rawQuotes: '`' },
  imports: {
    find: /^[ \t]*(?:import\s*)?(?:[\w.]+\s+)?"([^"\n]+)"[ \t]*;?[ \t]*(?:\/\/.*)?$/gm,
    // Packages with a dot in their first part are the project's own or its dependencies.
    harmless:
      /^(?:fmt|strings|errors|testing(?:\/(?:quick|iotest|fstest|slogtest))?|time|sort|slices|maps|cmp|iter|math(?:\/(?:big|bits|cmplx|rand(?:\/v2)?))?|context|sync(?:\/(?:atomic|errgroup))?|bytes|bufio|strconv|encoding(?:\/(?:json|xml|csv|hex|base64|base32|binary|gob|pem|ascii85|asn1))?|regexp(?:\/syntax)?|reflect|unicode(?:\/utf8|\/utf16)?|log(?:\/slog)?|io|embed|path|path\/filepath|html|html\/template|text\/(?:template|tabwriter|scanner)|net\/url|net\/http|net\/http\/httptest|net\/mail|net\/textproto|net\/netip|container\/(?:heap|list|ring)|crypto(?:\/\w+)?|hash(?:\/\w+)?|compress\/\w+|archive\/(?:tar|zip)|database\/sql(?:\/driver)?|flag|go\/(?:ast|token|format|constant|types|doc|scanner|parser)|image(?:\/\w+)?|index\/suffixarray|runtime(?:\/debug|\/pprof)?|os|io\/fs|expvar|structs|unique|weak|[\w-]+\.[\w.-]+\/.*|[a-z][\w-]*\/(?:internal|pkg|cmd|api|app|core|domain|models?|services?|handlers?|config|utils?|server|store|types)(?:\/.*)?)$/,
    quoted: true,
  },
  doubts: [
    /\b(?:exec\.(?:Command|CommandContext|LookPath|Cmd)|syscall\.|unsafe\.|plugin\.|ioutil\.(?:WriteFile|TempDir|TempFile|ReadDir)|net\.(?:Dial\w*|Listen\w*|Lookup\w*|Resolver)|smtp\.|rpc\.|cgo\b|C\.\w)/,
    /\bos\.(?!(?:Args|Getenv|LookupEnv|Exit|Stdin|Stdout|Stderr|ReadFile|Getwd|ErrNotExist|ErrExist|ErrPermission|IsNotExist|IsExist|IsPermission|FileMode|FileInfo|DirEntry|PathError|Stat|Lstat|File|Signal|Interrupt|ModePerm|ModeDir|O_RDONLY|Hostname|TempDir|Getpid|PathSeparator|DevNull|SyscallError|ErrInvalid|ErrClosed|Setenv|Unsetenv|Expand|ExpandEnv)\b)\w+/,
    /\bhttp\.(?:Get|Post|PostForm|Head|NewRequest\w*|DefaultClient|Client|ListenAndServe\w*|Serve\w*|DefaultTransport|Transport|FileServer|Dir)\b/,
    /\b(?:sql\.Open\w*|template\.(?:ParseFiles|ParseGlob)|filepath\.(?:Walk\w*|Glob)|reflect\.(?:NewAt|MakeFunc)|MethodByName|debug\.(?:SetGCPercent|WriteHeapDump)|pprof\.|runtime\.(?:SetFinalizer|LockOSThread))\b/,
    /\b(?:RemoveAll|WriteFile|Symlink|Chmod|Chown|MkdirAll|OpenFile)\s*\(/,
  ],
  reads: /\b(?:os|ioutil)\.(?:ReadFile|Open|ReadDir)\s*\(/g,
};

const rust: Language = {
  unclear: /\bb?r#*"|\bc"/,
  syntax: { ...c, characters: true, quotes: `"'` },
  doubts: [
    /\b(?:std|core|tokio|async_std)\s*::\s*(?:\{[^}]{0,400}\b)?(?:process(?!\s*::\s*(?:exit|abort|ExitCode|id)\b)|net|os|ffi|arch|intrinsics|ptr|mem\s*::\s*transmute|alloc)\b/,
    /\b(?:Command\s*::\s*new|process\s*::\s*(?!exit\b|abort\b|ExitCode\b|id\b)\w+|TcpStream|TcpListener|UdpSocket|UnixStream|UnixListener|libc|nix|winapi|reqwest|ureq|hyper|isahc|attohttpc|surf|libloading|dlopen)\b/,
    /\b(?:fs|tokio\s*::\s*fs)\s*::\s*(?!read_to_string\b|read\b|metadata\b|File\b|read_dir\b|\{)\w+/,
    /\bfs\s*::\s*\{[^}]{0,300}\b(?:write|remove\w*|rename|copy|create_dir\w*|hard_link|set_permissions|OpenOptions)\b/,
    /\b(?:File\s*::\s*create\w*|OpenOptions|remove_(?:file|dir|dir_all)|set_permissions|hard_link|symlink)\b/,
    /\b(?:unsafe|extern|asm|global_asm|transmute|static\s+mut|no_mangle|link_section|proc_macro|set_var|remove_var|set_current_dir)\b/,
    /\b(?:include|include_str|include_bytes)\s*!/,
    /#!?\[\s*(?:path|link|no_mangle|export_name|ctor)\b/,
  ],
  reads: /\b(?:fs\s*::\s*(?:read_to_string|read|read_dir)|File\s*::\s*open)\s*\(/g,
};

const java: Language = {
  unclear: /"""|\$\/|~?\/[^/*\n]*['"]|'''|`/,
  syntax: { ...c, quotes: `"'`, triple: true, interpolating: '"' },
  imports: {
    find: /^\s*import\s+(?:static\s+)?([\w.]+(?:\.\*)?)/gm,
    harmless:
      /^(?!(?:java|javax|jdk|sun|com\.sun|kotlin|scala|groovy|clojure)\.)|^(?:java\.(?:util(?!\.(?:prefs|jar|zip))|time|math|text|lang\.(?:annotation|Math|String|Object|Integer|Long|Override|System\.\w+)|awt|beans)|java\.io\.(?:Serializable|IOException|UncheckedIOException|InputStream|OutputStream|ByteArray\w+|StringReader|StringWriter|PrintStream|PrintWriter|Reader|Writer|Closeable|BufferedReader|InputStreamReader|EOFException|Serial)|java\.nio\.(?:charset|ByteBuffer|CharBuffer)|java\.net\.(?:URI|URLEncoder|URLDecoder|URISyntaxException|MalformedURLException|HttpURLConnection\.HTTP_\w+)|java\.security\.(?:MessageDigest|SecureRandom|NoSuchAlgorithmException|Principal)|java\.sql\.(?:Timestamp|Date|SQLException|Types)|java\.awt|javax\.(?:annotation|inject|validation|persistence|swing|servlet|ws\.rs|crypto|money)|kotlin\.(?:math|random|test|time|collections|text|properties|jvm|contracts|reflect\.KClass|reflect\.KProperty)|scala\.(?:collection|util|math|concurrent|annotation|Option|jdk\.CollectionConverters)|groovy\.(?:transform|json|xml))\b/,
    quoted: false,
  },
  doubts: [
    /\b(?:Runtime|ProcessBuilder|ProcessHandle|ClassLoader|URLClassLoader|Unsafe|MethodHandles?|ScriptEngine\w*|ObjectInputStream|XMLDecoder|GroovyShell|Eval|Socket|ServerSocket|DatagramSocket|SocketChannel|HttpClient|HttpURLConnection|URLConnection|RestTemplate|WebClient|OkHttpClient|FileWriter|FileOutputStream|RandomAccessFile|FileChannel|PrintWriter\s*\(\s*new\s+File|Files|FileUtils|FileSystems?|Paths?|SecurityManager|InitialContext|Instrumentation|JNIEnv|Robot)\b/,
    /\bClass\s*\.\s*forName|\.getClass\s*\(\s*\)|\.getMethod|\.getDeclared\w+|\.newInstance|\.invoke\s*\(|setAccessible|\bnative\s+\w|System\s*\.\s*(?:load\w*|setProperty|setSecurityManager|setOut|exit\w{2})|@file:Import|@Grab/,
    /\b(?:new\s+File|File)\s*\(|\.(?:readText|writeText|appendText|readBytes|writeBytes|deleteRecursively|copyRecursively|copyTo|execute|outputStream|inputStream|bufferedWriter|readLines|forEachLine|openStream|openConnection)\s*\(|\bexec\s*[({]|\bproject\.exec|\bsys\.process|\bscala\.io\b/,
    /\b(?:apply\s+from|buildscript|sh|shell_out)\b|\[[^\]]*\]\s*\.execute|Process\s*\(/,
    /\((?:slurp|spit|eval|load-string|load-file|require|use|import|sh|shell)\b/,
  ],
};

const native: Language = {
  unclear: /R"|[@$#]+"|"""|#?\/[^/*\n]*['"]|\\\\\n|\?\?\//,
  syntax: { ...c, quotes: `"'`, characters: true },
  imports: {
    find: /^\s*#\s*(?:include|import|include_next)\s*[<"]([^>"\n]+)[>"]/gm,
    harmless:
      /^(?!.*\.\.\/\.\.\/)(?:std(?:io|lib|int|bool|def|arg|align|noreturn|atomic)\.h|string\.h|strings\.h|math\.h|ctype\.h|wchar\.h|wctype\.h|limits\.h|float\.h|errno\.h|assert\.h|time\.h|inttypes\.h|complex\.h|locale\.h|setjmp\.h|tgmath\.h|iso646\.h|c(?:stdio|stdlib|stdint|string|math|ctype|limits|float|errno|assert|time|inttypes|stddef|stdbool|wchar|stdarg)|algorithm|any|array|atomic|bit|bitset|charconv|chrono|codecvt|compare|complex|concepts|condition_variable|coroutine|deque|exception|expected|execution|format|forward_list|functional|future|initializer_list|iomanip|ios|iosfwd|iostream|istream|iterator|latch|limits|list|locale|map|memory|mutex|new|numbers|numeric|optional|ostream|print|queue|random|ranges|ratio|regex|scoped_allocator|semaphore|set|shared_mutex|source_location|span|sstream|stack|stdexcept|stop_token|streambuf|string|string_view|strstream|system_error|thread|tuple|type_traits|typeindex|typeinfo|unordered_map|unordered_set|utility|valarray|variant|vector|version|(?!sys\/|linux\/|asm\/|netinet\/|arpa\/|net\/|windows|winsock|unistd|signal|pthread|dlfcn|fcntl|spawn|sched|ptrace|curl\/|pty|netdb|mach\/|objc\/|Foundation|Cocoa|AppKit|UIKit|security\/|libssh|openssl\/|grp|pwd|dirent|ftw|glob|poll|termios|utime|syslog|process|io\.h|direct|fstream|filesystem|experimental|setjmp)[\w./+-]+)$/,
    quoted: true,
  },
  doubts: [
    /\b(?:system|popen|_popen|p?exec[lv]p?e?|execvpe|fexecve|posix_spawnp?|v?fork|clone|syscall|socket|connect|bind|listen|accept4?|sendto|recvfrom|gethostbyname|getaddrinfo|unlink(?:at)?|remove|rename(?:at)?|rmdir|mkdir|mkfifo|mknod|dlopen|dlsym|asm|__asm__|__asm|chmod|fchmod|chown|lchown|setuid|seteuid|setgid|setresuid|ptrace|mprotect|mmap|kill|raise|signal|sigaction|truncate|ftruncate|symlink|link|chroot|mount|umount|reboot|putenv|setenv|unsetenv|open|openat|creat|fopen|freopen|fdopen|tmpfile|mkstemp|opendir|ioctl|prctl|setsockopt|daemon|wordexp|LoadLibrary\w*|GetProcAddress|CreateProcess\w*|ShellExecute\w*|WinExec|CreateRemoteThread|VirtualAlloc\w*|WriteProcessMemory|RegSetValue\w*|DeleteFile\w*|CreateFile\w*|URLDownloadToFile\w*|__attribute__\s*\(\s*\(\s*(?:constructor|destructor|section|alias|ifunc)|ofstream|ifstream|fstream|filesystem|curl_easy_\w+)\s*(?:\(|<|\b(?=\s*[&*]?\s*\w*\s*[;={(]))/,
    /\b(?:constructor|destructor|ifunc)\b|#\s*pragma\s+(?:comment|startup)|#\s*define\s+\w+(?:\([^)]*\))?\s+(?:system|exec\w*|popen|remove|unlink)\b|##/,
    /\w\\\r?\n\s*\w/,
    // Swift, C#, Zig, Nim, D and the like.
    /\b(?:Process|NSTask|FileManager|URLSession|NSURLConnection|NSAppleScript|contentsOf\w*|Foundation\.Process|ProcessStartInfo|System\.(?:IO|Net|Diagnostics|Reflection|Runtime\.(?:InteropServices|Serialization)|Management|CodeDom)|DllImport|LibraryImport|Assembly|Activator|File|Directory|FileStream|StreamWriter|StreamReader|HttpClient|WebClient|WebRequest|TcpClient|TcpListener|Socket|Registry|BinaryFormatter|Marshal|unsafe|CSharpScript|Environment\.(?:Exit|SetEnvironmentVariable)|std\.(?:process|fs|net|os|posix|http|ChildProcess|c|DynLib|file|socket|stdio)|osproc|httpclient|asyncnet|staticExec|gorge\w*|staticRead|execCmd\w*|execShellCmd|startProcess|removeFile|writeFile|readFile|executeShell|spawnProcess|spawnShell)\b|@(?:cImport|embedFile|ptrFromInt)|@_silgen_name|\{\.\s*(?:emit|importc|compile|passC|passL|dynlib)/,
    /^\s*(?:\.(?:text|section|globl|global)\b|section\s+\.|global\s+_start|int\s+0x80|syscall\b|svc\b)/m,
  ],
};

const ruby: Language = {
  unclear: /\/|%[^\w\s=]|%[qQwWiIxrs]\W|\b(?:m|q|qq|qw|qr|qx|s|tr|y)\s*[^\w\s=,;)]|\?['"#]|\$['"#]/,
  anywhere:
    /`|%x\W|\b(?:system|exec|qx|eval|fork|popen|spawn|syscall|unlink|socket|kill|instance_eval|class_eval|const_get|public_send|__send__|readpipe|sysopen|TCPSocket|TCPServer|FileUtils|Open3|PTY|Kernel|Fiddle|rm_rf)\b|\b(?:open|require|load|do|send|rename|mkdir|rmdir|chmod|chown|symlink|link|glob|connect|opendir|method)\s*[("'$@{<:]|\b(?:File|IO|Dir|Process|Socket|Net|Marshal|ObjectSpace|Tempfile)\s*(?:\.|::)|@\{\s*\[|&\s*[{$]|->\s*\$/,
  readsArguments: true,
  syntax: {
    ...c,
    lineComments: ['#'],
    blockComments: [
      ['\n=begin', '\n=end'],
      ['\n__END__', '\u0000'],
    ],
    quotes: `"'`,
    interpolating: '"',
    heredocs: true,
  },
  imports: {
    find: /(?:^|[\s;(])require\s*\(?\s*['"]([^'"\n]+)['"]/g,
    harmless:
      /^(?!(?:socket|open3|pty|fiddle|net\/|open-uri|fileutils|tempfile|tmpdir|etc|drb|webrick|rinda|resolv|syslog|win32|readline|shell|expect|io\/|rubygems|bundler|irb|pry|objspace|ripper|zlib|find|pathname|logger|pstore|dbm|gdbm|sdbm|un\b|mkmf|ffi|childprocess|httparty|faraday|rest-client|excon|typhoeus|aws-sdk|net-ssh|mechanize))[\w/.-]+$/,
    quoted: true,
    beside: true,
  },
  doubts: [
    /\bENV\b|\$std(?:out|err|in)\s*\.\s*reopen|\bARGV\s*(?:\[[^\]]*\]\s*=(?!=)|<<|\.\s*(?:replace|unshift|push|insert|concat))|\$<|\$\*/,
    /`|%x\s*[^\w\s=]|\b(?:system|exec|spawn|fork|popen\w*|syscall|trap|eval|instance_eval|class_eval|module_eval|instance_exec|class_exec|binding|send|__send__|public_send|const_get|const_set|define_method|method|instance_method|remove_method|undef_method|alias_method|method_missing|load|autoload|require_dependency|at_exit|abort_on_exception|set_trace_func|ObjectSpace|instance_variable_set|class_variable_set|singleton_class|refine|prepend|Kernel|Process|Open3|PTY|IO|FileUtils|Dir|Tempfile|Socket|\w+Socket|TCPServer|UNIXServer|Net|URI\.open|OpenURI|Marshal|Fiddle|RubyVM|Gem|Bundler|DRb\w*|WEBrick|Etc|Signal|ERB|Pathname|Object|Method|UnboundMethod|Binding|TracePoint|PStore|HTTParty|Faraday|RestClient|Excon|Typhoeus|Aws|ARGF|gets|readlines?|unlink|rmtree|rm_rf|chmod|chown|symlink|write|binwrite|delete|rename|mkdir|copy|install|sh)\b(?!\s*[:=](?!=))(?<!\.(?:delete|method|send|write|load|copy|gets|install)\b)/,
    /\bFile\s*\.\s*(?!(?:read|exist\?|basename|extname|dirname|join|expand_path|file\?|directory\?|readable\?|size|mtime|zero\?|absolute_path|split)\b)\w+|\bFile\b(?!\s*\.)|\bFile\s*::/,
    /(?:^|[^\w.:])(?:open|URI)\s*[(\s]\s*["'(]|\.(?:send|public_send|__send__|instance_eval|class_eval|eval|system|exec|spawn|constantize|safe_constantize|to_proc|write|unlink|destroy_all|delete_all|popen|syscall)\b|&\s*method|->\s*\{\s*`/,
    /\bYAML\s*\.\s*(?:load|unsafe_load|load_stream)\b(?!_file)|\bOj\.load|\$(?:SAFE|LOAD_PATH|:|")|__FILE__\s*==.*system/,
  ],
  reads:
    /\b(?:File\s*\.\s*(?:read|readlines|foreach)|IO\s*\.\s*read|YAML\s*\.\s*(?:load_file|safe_load_file)|JSON\s*\.\s*(?:load_file|parse_file)|CSV\s*\.\s*(?:read|foreach))\s*\(?/g,
  textual:
    /^(?:system|exec|eval|instance_eval|spawn|fork|send|public_send|const_get|`|popen|Kernel|IO|Process|Open3|unlink|delete|syscall|load|require)$/,
};

const perl: Language = {
  unclear: /\/|%[^\w\s=]|%[qQwWiIxrs]\W|\b(?:m|q|qq|qw|qr|qx|s|tr|y)\s*[^\w\s=,;)]|\?['"#]|\$['"#]/,
  anywhere:
    /`|%x\W|\b(?:system|exec|qx|eval|fork|popen|spawn|syscall|unlink|socket|kill|instance_eval|class_eval|const_get|public_send|__send__|readpipe|sysopen|TCPSocket|TCPServer|FileUtils|Open3|PTY|Kernel|Fiddle|rm_rf)\b|\b(?:open|require|load|do|send|rename|mkdir|rmdir|chmod|chown|symlink|link|glob|connect|opendir|method)\s*[("'$@{<:]|\b(?:File|IO|Dir|Process|Socket|Net|Marshal|ObjectSpace|Tempfile)\s*(?:\.|::)|@\{\s*\[|&\s*[{$]|->\s*\$/,
  readsArguments: true,
  syntax: {
    ...c,
    lineComments: ['#'],
    blockComments: [
      ['\n=pod', '\n=cut'],
      ['\n=head', '\n=cut'],
      ['\n__END__', '\u0000'],
      ['\n__DATA__', '\u0000'],
    ],
    quotes: `"'`,
    interpolating: '"',
    heredocs: true,
  },
  imports: {
    find: /(?:^|[\s;{])(?:use|require|no)\s+([A-Za-z_][\w:]*|[^\s;v\d][^\s;]*)/g,
    harmless:
      /^(?:strict|warnings|utf8|feature|constant|integer|bigint|bignum|bytes|parent|base|fields|vars|overload|open|locale|List::(?:Util|MoreUtils|SomeUtils)|Scalar::Util|Hash::Util|POSIX|Data::Dumper|JSON(?:::PP|::XS|::MaybeXS)?|Time::(?:Local|Piece|HiRes)|Text::(?:Wrap|Tabs|Abbrev|ParseWords|CSV)|Getopt::(?:Long|Std)|Math::\w+|MIME::Base64|Digest::\w+|Encode|Unicode::\w+|Carp|Exporter|Test::(?:More|Simple|Deep|Exception|Most)|Term::ANSIColor|Storable|Moose|Moo|Mojo::Base|Types::Standard|namespace::\w+|Try::Tiny|experimental|English)$/,
    quoted: false,
  },
  doubts: [
    /@ARGV\s*=|\$ARGV\[[^\]]*\]\s*=(?!=)|\b(?:push|unshift|splice)\s*\(?\s*@ARGV|<<>>/,
    /`|\b(?:system|exec|fork|qx|readpipe|eval|do|open|sysopen|opendir|unlink|rename|link|symlink|mkdir|rmdir|chmod|chown|utime|truncate|kill|socket|connect|bind|listen|accept|send|recv|syscall|ioctl|fcntl|dbmopen|tie|glob|pipe|dump|chroot|chdir|setpgrp|setpriority|getpw\w+|gethost\w+|umask|wait|alarm|select|CORE|AUTOLOAD|BEGIN|UNITCHECK|INIT|END|can|import|lib|IO|Socket|LWP|HTTP|Net|File|IPC|Inline|DynaLoader|XSLoader|B|Safe|require)\b(?!\s*=>)(?<!->\s{0,2}can)(?<![$@%]\w{1,20})/,
    /&\s*[{$]|\*\s*\{|->\s*\$|\*\w+\s*=|\bno\s+strict|\$SIG|\$\^|%ENV|\$ENV|@INC|%INC|\$0\s*=|<\s*[*./~]|<\$\w+[^\w>\s]|[$@%]\{\s*["'^]|\(\?\??\{/,
    // The result of a replacement is run.
    /\bs\s*([^\w\s])(?:\\.|(?!\1)[^\\\n])*\1(?:\\.|(?!\1)[^\\\n])*\1[a-df-z]*e[a-z]*|\bs\s*[{(<[][^\n]*[})>\]]\s*[{(<[][^\n]*[})>\]][a-df-z]*e[a-z]*\b/,
  ],
  textual: /^(?:system|exec|eval|readpipe|unlink|open)$|^(?:>|\||\+<)|\|\s*$/,
};

const php: Language = {
  unclear: /\?>/,
  syntax: { ...c, lineComments: ['//', '#'], quotes: `"'`, interpolating: '"', heredocs: true },
  doubts: [
    /\berror_log\s*\(|\$GLOBALS\b/,
    /`|\b(?:system|exec|shell_exec|passthru|popen|proc_\w+|pcntl_\w+|posix_\w+|eval|assert|create_function|call_user_func\w*|func_get_args|forward_static_call\w*|register_\w+_function|ob_start|unserialize|extract|parse_str|ini_set|ini_alter|putenv|dl|mail|fsockopen|pfsockopen|stream_\w+|socket_\w+|curl_\w+|ftp_\w+|ssh2_\w+|imap_\w+|ldap_\w+|mysqli?_\w+|pg_\w+|fopen|file_put_contents|fwrite|fputs|fputcsv|unlink|rename|copy|move_uploaded_file|mkdir|rmdir|chmod|chown|chgrp|symlink|link|touch|tempnam|tmpfile|opendir|dir|scandir|glob|readfile|file|highlight_file|show_source|parse_ini_file|simplexml_load_file|phpinfo|getenv|apache_\w+|virtual|set_error_handler|set_exception_handler|spl_autoload_register|array_map|array_walk\w*|usort|uasort|uksort|array_filter|array_reduce|iterator_apply|preg_replace_callback\w*|Reflection\w*|SoapClient|SplFileObject|SplTempFileObject|DirectoryIterator|RecursiveDirectoryIterator|Phar\w*|ZipArchive|FFI|COM|PDO|mysqli|SQLite3|GuzzleHttp|HttpClient|Process|Filesystem)\b(?=\s*(?:\(|::|\\))(?!\s*\(\s*(?:function|fn|static\s+f|array\s*\(|\[))/,
    /\b(?:include|include_once|require|require_once)\b(?!\s*\(?\s*(?:__DIR__\s*\.\s*)?(?:dirname\s*\(\s*__(?:DIR|FILE)__\s*(?:,\s*\d\s*)?\)\s*\.\s*)?['"][^'"\n]*['"]\s*\)?\s*;)/,
    // Names that are worked out: functions, classes, variables.
    /\$\w+\s*\(|\$\$|\$\{|\bnew\s+\$|(?:->|::)\s*\$\w+\s*\(|(?:->|::)\s*\{|['")\]]\s*\(|\bphp:\/\/|\bdeclare\s*\(\s*ticks/,
    /\b(?:array_map|array_filter|usort|uasort|uksort|array_walk\w*|array_reduce|call_user_func\w*|preg_replace_callback\w*)\s*\(\s*(?:\$|['"])/,
    /\$_(?:SERVER|ENV|REQUEST)\b/,
  ],
  reads: /\b(?:file_get_contents|json_decode\s*\(\s*file_get_contents)\s*\(/g,
  textual:
    /^(?:system|exec|shell_exec|passthru|popen|proc_open|eval|assert|create_function|call_user_func\w*|unserialize|unlink|file_put_contents|phpinfo|putenv|dl|mail|include|require)$|^([/#~@!%|]).+\1[imsxuADSUXJ]*e[imsxuADSUXJ]*$|^php:\/\/(?!stdin|stdout|stderr|memory)|^data:|^expect:/i,
};

const others: Language = {
  unclear: /\[=*\[|~[a-zA-Z]\W|\/[^/*\n]*["]|#|%|'/,
  syntax: {
    ...c,
    lineComments: ['--', '//'],
    blockComments: [
      ['--[[', ']]'],
      ['/*', '*/'],
      ['{-', '-}'],
    ],
    quotes: `"`,
    rawQuotes: '',
    triple: true,
    interpolating: '"',
    characters: true,
  },
  marks:
    /^\s*print\s*\(|\b(?:local\s+(?:function\s+)?\w|function\b[\s\S]*\bend\b|defmodule\s+\w|\bdo\b[\s\S]*\bend\b|module\s+[\w.]+.*\bwhere\b|\w+\s*::\s*\w|\w+\s*<-\s*|library\(|import\s+'package:|void\s+main\s*\(|class\s+\w+|let\s+\w+\s*=|using\s+\w+)/,
  doubts: [
    /`|\b(?:os\.(?:execute|remove|rename|exit|tmpname|getenv|setlocale)|io\.(?:popen|open|lines|output|input|read)|loadstring|loadfile|dofile|load|package\.\w+|debug\.\w+|ffi|jit|rawset|setfenv|getfenv|_G|_ENV|luv|lfs|socket)\b/,
    /\b(?:System\.(?!get_env|monotonic_time|system_time|unique_integer|os_time)\w+|Code\.|File\.|Port\.|Path\.wildcard|Process\.(?:run|start|exit)|Node\.|:os|:erlang|:gen_tcp|:gen_udp|:httpc|:file|:ssh|:inets|HTTPoison|Tesla|Req|Finch|Mix\.(?:Shell|shell)|apply|EEx|Macro|os:cmd|erlang:|file:|gen_tcp:|httpc:|open_port)\b/,
    /\b(?:System\.(?:Process|IO|Directory|Posix|Environment)|Network\.\w+|unsafePerformIO|readFile|writeFile|appendFile|callCommand|callProcess|readProcess\w*|createProcess|runIO|TemplateHaskell|foreign\s+import|Unix\.|Sys\.(?:command|remove|rename|argv)|open_out\w*|open_in\w*|Obj\.magic|external)\b/,
    /\b(?:run|pipeline|open|rm|mv|cp|mkdir|mkpath|download|touch|chmod|ccall|eval|include|include_string|read|write|Meta\.parse|Sockets|Downloads|HTTP|system2?|shell|shell\.exec|unlink|file|file\.(?:remove|rename|copy|create|append|edit)|dir\.create|download\.file|source|sys\.source|parse|url|readLines|writeLines|readRDS|saveRDS|save|load|dump|sink|cat|write\.\w+|read\.\w+|fread|fwrite|readr|httr|curl|jsonlite|RCurl|Sys\.(?:setenv|chmod|setFileTime)|pipe|fifo|socketConnection|do\.call|match\.fun|Recall|dyn\.load|reticulate|setwd|install\.packages|devtools|remotes|pak)\s*(?:\(|::)/,
    /dart:(?:io|ffi|mirrors|isolate|html|js)|\b(?:Process\.\w+|File\(|Directory\(|HttpClient|Socket\.|Isolate|Platform\.)|\bpackage:(?:http|dio|process|io|ffi)\b/,
    /\b(?:exec|call-process|start-process|shell-command|async-shell-command|make-process|make-network-process|delete-file|write-region|load-file|url-retrieve|open-file|vwait|glob|interp|:!|system|getline|command|redir|execute|python3?|ruby|perl|lua|luafile|source|autocmd)\b|\|\s*&?\s*getline|\bprintf?\b[^\n;{}]*[>|]|^\s*:?!/m,
    /\b(?:Remove|Invoke|Start|Stop|Set|New|Get|Out|Add|Clear|Copy|Move|Rename|Import|Export|Register|Restart|Enable|Disable|ConvertTo|Write)-[A-Z]\w+|^\s*@?(?:echo\s+off|del|erase|rd|rmdir|copy|xcopy|robocopy|move|ren|start|call|reg|sc|net|netsh|schtasks|powershell|cmd|curl|wmic|setx|set\s+\w+=)\b|\$env:|\[System\.|\]::/im,
  ],
};

const table: Partial<Record<Code, Language>> = { go, rust, java, native, ruby, perl, php, other: others };

export function languageOf(code: Code): Language | undefined {
  return table[code];
}
