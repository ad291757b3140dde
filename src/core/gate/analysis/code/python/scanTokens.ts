import { say } from '../../../../say';
import type { Reading } from './reading';

/** Names that can do something, wherever they stand. Those that are ordinary words count only where they are called or asked. */
const names =
  /\b(?:subprocess|__import__|__builtins__|__globals__|__subclasses__|__code__|importlib|ctypes|cffi|mmap|marshal|pickle|cPickle|dill|shelve|joblib|socket|socketserver|asyncore|paramiko|ftplib|smtplib|telnetlib|urllib2?|httplib|httpx|aiohttp|boto3|pexpect|runpy|pty|popen2|commands|shutil|rmtree|urlopen|urlretrieve|webbrowser|execfile|keyring|pynput|pyautogui|check_output|check_call|Popen|write_text|write_bytes|symlink_to|hardlink_to|posix|psutil)\b|\b(?:exec|eval|compile|open|getattr|setattr|globals|vars|system|popen|unlink|kill|fork|remove|rename|rmdir|chmod|chown|execv\w*|execl\w*|spawn\w*|connect|bind|run_path|run_module|extractall|load_module|environ|putenv)\s*\(|\b(?:sys\s*\.\s*modules|os\s*\.\s*(?!path\b|getcwd\b|sep\b|linesep\b|curdir\b|name\b|getpid\b|environ\b|listdir\b|pardir\b)|requests\s*\.\s*\w|environ\s*\[|import\s+os\b|from\s+os\s+import|(?:yaml|torch)\s*\.\s*(?:unsafe_|full_)?load\b|exec\s+[A-Za-z_'"(])/;

/**
 * Looks through text that does not parse: a piece of a statement, another Python, a file that is no program. Nothing is known of
 * what it does but that it cannot do anything without a name for it.
 */
export function scanTokens(reading: Reading, text: string): void {
  reading.sink.spend(1 + text.length / 20);
  const plain = /[^\0-\x7f]/.test(text) ? text.normalize('NFKC') : text;
  const found = names.exec(plain);
  if (!found) return;
  const start = Math.min(found.index, text.length);
  reading.doubt('code.parse', say('the code cannot be read in full, and it has {0} in it', found[0].trim()), {
    start,
    end: Math.min(start + found[0].length, text.length),
  });
}
