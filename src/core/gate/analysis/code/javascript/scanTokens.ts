import { say } from '../../../../say';
import { clean, type Taint } from '../../shell/field';
import type { CodeSink, CodeSource } from '../code';

/** Names whose turning up in half a statement is enough to ask. */
const capable =
  /(?:^|[^\w$.])(?:cp|exec|execAsync|childProcess)\s*[.(]|(?:^|[^\w$])(?:child_process|execSync|spawnSync|execFileSync|execFile|spawn|execa\w*|shelljs|eval|Function|vm|dlopen|binding|_linkedBinding|_load|createRequire|mainModule|getBuiltinModule|constructor\s*\.\s*constructor|writeFile\w*|appendFile\w*|unlink\w*|rmSync|rmdir\w*|rimraf\w*|rename(?:Sync)|copyFile\w*|symlink\w*|chmod\w*|chown\w*|createWriteStream|readFile\w*|createReadStream|outputFile\w*|net|tls|dgram|XMLHttpRequest|WebSocket|sendBeacon|importScripts|Deno|Bun|fs|fsp|fse|cluster|inspector|repl|Worker|process\s*\.\s*(?:kill|chdir|setuid|binding)|__proto__|Reflect|Proxy)\s*(?:\(|\.|\[|`|\?\.)/;
const loads = /(?:^|[^\w$.])(?:require|import)\s*\(\s*(?!['"](?:[\w@][\w@/.-]*|\.{1,2}\/[\w@/.-]*)['"]\s*\))/;
const loaded =
  /(?:\bfrom|\bimport|\brequire\s*\()\s*['"](?:node:)?(?:child_process|fs|fs\/promises|net|tls|dgram|vm|cluster|worker_threads|repl|inspector|v8|module|execa|shelljs|zx|rimraf|fs-extra|https?:[^'"]*)['"]/;
const talks = /(?:^|[^\w$])(?:fetch|axios|got|https?)\s*(?:\.\s*\w+\s*)?\(\s*(?!['"`]\/(?!\/))/;
const evaluatesText = /\b(?:setTimeout|setInterval)\s*\(\s*['"`]/;

/** Looks through code that is too incomplete to be followed. Comments are left out; texts are not, what they say may be run. */
export function scanTokens({ text }: CodeSource, sink: CodeSink): Taint {
  sink.spend(1 + text.length / 100);
  const code = text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, '$1 ');
  const found = [capable, loads, loaded, talks, evaluatesText]
    .map((pattern) => pattern.exec(code))
    .find((match) => match !== null);
  if (found)
    sink.doubt('code.parse', say('what the code does with {0} is not known', found[0].trim().slice(0, 40)), {
      start: 0,
      end: text.length,
    });
  return clean;
}
