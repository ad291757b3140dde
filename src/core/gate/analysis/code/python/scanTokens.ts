import { say } from '../../../../say';
import type { Reading } from './reading';

/** Modules and functions that can do something, wherever their names stand. */
const anywhere =
  /\b(?:subprocess|__import__|__builtins__|__globals__|__subclasses__|__code__|importlib|ctypes|cffi|mmap|marshal|pickle|cPickle|dill|shelve|joblib|socket|socketserver|asyncore|paramiko|ftplib|smtplib|telnetlib|urllib2|httplib|httpx|aiohttp|boto3|pexpect|runpy|pty|popen2|shutil|rmtree|urlopen|urlretrieve|webbrowser|execfile|keyring|pynput|pyautogui|check_output|check_call|getoutput|Popen|write_text|write_bytes|symlink_to|hardlink_to|psutil|putenv|extractall|load_module|exec_module)\b/;

/** Ordinary words that count where they are called, unless it is on an object of the code's own. */
const called =
  /(?<![.\w])(?:exec|eval|compile|open|globals|vars|system|popen|unlink|kill|fork|remove|rename|rmdir|chmod|chown|execv\w*|execl\w*|spawn\w*|connect|bind|run_path|run_module|(?:getattr|setattr)(?!\s*\(\s*[\w.]+\s*,\s*["']))\s*\(|\.\s*(?:system|popen|unlink|rmdir|chmod|chown|killpg|fork|spawn\w*|execv\w*|execl\w*)\s*\(|\.\s*connect\s*\(\s*\(/;

/** What is only known by what it is asked of. */
const asked =
  /\b(?:sys\s*\.\s*modules|os\s*\.\s*(?!path\b|getcwd\b|sep\b|linesep\b|curdir\b|name\b|getpid\b|environ\b|listdir\b|pardir\b)|(?:io|codecs|builtins)\s*\.\s*(?:open|eval|exec)|urllib\s*\.\s*request|requests\s*\.\s*\w|environ\s*(?:\[|\.\s*(?:update|setdefault))|import\s+os\b|from\s+os\s+import|(?:yaml|torch)\s*\.\s*(?:unsafe_|full_)?load\b|exec\s+[A-Za-z_'"(])/;

/**
 * Looks through text that does not parse: a piece of a statement, another Python, a file that is no program. Nothing is known of
 * what it does but that it cannot do anything without a name for it.
 */
export function scanTokens(reading: Reading, text: string): void {
  reading.sink.spend(1 + text.length / 20);
  // Python takes names that look alike for the same name.
  const plain = /[^\0-\x7f]/.test(text) ? text.normalize('NFKC') : text;
  const found = anywhere.exec(plain) ?? called.exec(plain) ?? asked.exec(plain);
  if (!found) return;
  const start = Math.min(found.index, text.length);
  reading.doubt('code.parse', say('the code cannot be read in full, and it has {0} in it', found[0].trim()), {
    start,
    end: Math.min(start + found[0].length, text.length),
  });
}
