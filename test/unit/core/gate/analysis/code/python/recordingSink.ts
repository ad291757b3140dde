import type { CodeSink, CodeSource, CodeText } from '../../../../../../../src/core/gate/analysis/code/code';
import { readPython } from '../../../../../../../src/core/gate/analysis/code/python/readPython';
import { clean, type Taint } from '../../../../../../../src/core/gate/analysis/shell/field';

/** A text of the code for a test to compare: `<…>` stands for what is not known, `<!…>` for secrets, `<@…>` for what is fetched. */
export function shown(text: CodeText | undefined): string {
  if (text === undefined) return '<?>';
  return text
    .map((piece) => {
      if (piece.type === 'text') return piece.text;
      if (piece.type === 'glob') return piece.pattern;
      return `<${piece.secret ? '!' : ''}${piece.network ? '@' : ''}${piece.as === 'integer' ? '0' : ''}>`;
    })
    .join('');
}

/** Everything a script was found to do, one line each, and what it puts out. */
export interface Found {
  readonly lines: readonly string[];
  /** What makes the script more than harmless work in the folder it runs in. */
  readonly alarms: readonly string[];
  readonly output: Taint;
}

/** Reads a script with a sink that writes everything down. Relative paths, and nothing else, are harmless to it. */
export function readWith(text: string, source: Partial<CodeSource> & { readonly path?: string } = {}): Found {
  const lines: string[] = [];
  const alarms: string[] = [];
  const note = (line: string, alarming: boolean): void => {
    lines.push(line);
    if (alarming) alarms.push(line);
  };
  const outside = (path: CodeText): boolean => {
    const whole = shown(path).replaceAll('<0>', '0');
    return whole.startsWith('/') || whole.startsWith('~') || whole.includes('..') || whole.includes('<');
  };
  let steps = 0;
  const sink: CodeSink = {
    read: (path, recursive) => {
      note(`read ${shown(path)}${recursive ? '/**' : ''}`, outside(path));
      return { secret: shown(path).includes('.env'), network: false };
    },
    look: (path, recursive) => note(`look ${shown(path)}${recursive ? '/**' : ''}`, false),
    write: (path, writing, content) => {
      note(`${writing} ${shown(path)}${writing === 'folder' ? '' : `: ${shown(content)}`}`, outside(path));
    },
    remove: (path, recursive) => note(`remove ${shown(path)}${recursive ? '/**' : ''}`, outside(path)),
    hand: (path) => note(`hand ${shown(path)}`, outside(path)),
    run: (words) => note(`run ${words.map(shown).join(' ')}`, words[0] === undefined || shown(words[0]) !== 'pytest'),
    shell: (command) => note(`shell ${shown(command)}`, true),
    connect: (to, method, carried) =>
      note(`connect ${method} ${shown(to)}${carried.secret ? ' with a secret' : ''}`, true),
    listen: (host) => note(`listen ${shown(host)}`, true),
    kill: () => note('kill', true),
    environment: (name) => {
      note(`environment ${name === undefined ? '*' : shown(name)}`, false);
      return { secret: name === undefined || shown(name).includes('TOKEN'), network: false };
    },
    module: (name) => {
      lines.push(`module ${name}`);
      return 'library';
    },
    doubt: (rule) => note(`doubt ${rule}`, true),
    harm: (rule) => note(`harm ${rule}`, true),
    spend: (count) => {
      steps += count;
      if (steps > 2_000_000) throw new Error('too much work');
    },
  };
  const output = readPython(
    {
      text,
      path: undefined,
      home: '/home/me',
      args: undefined,
      stdin: clean,
      fragment: false,
      ...source,
    } as CodeSource,
    sink,
  );
  return { lines, alarms, output };
}

/** What a script does besides loading modules. */
export function effects(text: string, source: Partial<CodeSource> & { readonly path?: string } = {}): string[] {
  return readWith(text, source).lines.filter((line) => !line.startsWith('module '));
}
