import type { CodeSink, CodeText } from '../../../../../../src/core/gate/analysis/code/code';
import { clean } from '../../../../../../src/core/gate/analysis/shell/field';

/** Text as a person would write it; what is not known stands in braces, secrets with a mark. */
function shown(text: CodeText | undefined): string {
  if (!text) return '?';
  return text
    .map((piece) =>
      piece.type === 'text'
        ? piece.text
        : piece.type === 'glob'
          ? `<${piece.pattern}>`
          : `{${piece.what}}${piece.secret ? '!' : ''}`,
    )
    .join('');
}

/** A sink that writes down what it is told, one line each; what a `.env` file holds is secret. */
export function recordingSink(): { readonly sink: CodeSink; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const note = (line: string): void => {
    lines.push(line);
  };
  const sink: CodeSink = {
    read(path, recursive) {
      note(`read ${shown(path)}${recursive ? ' and below' : ''}`);
      return { secret: shown(path).endsWith('.env'), network: false };
    },
    look: (path, recursive) => note(`look ${shown(path)}${recursive ? ' and below' : ''}`),
    write: (path, writing, content) => note(`${writing} ${shown(path)}: ${shown(content)}`),
    remove: (path, recursive) => note(`remove ${shown(path)}${recursive ? ' and below' : ''}`),
    hand: (path) => note(`hand ${shown(path)}`),
    run: (words) => note(`run ${words.map(shown).join(' ')}`),
    shell: (text) => note(`shell ${shown(text)}`),
    connect: (to, method, carried) => note(`${method} ${shown(to)}${carried.secret ? ' with a secret' : ''}`),
    listen: (host) => note(`listen ${shown(host)}`),
    kill: (what) => note(`kill ${what}`),
    environment(name) {
      note(`environment ${name ? shown(name) : '*'}`);
      return name ? clean : { secret: true, network: false };
    },
    module(name) {
      note(`module ${name}`);
      return 'local';
    },
    doubt: (rule) => note(`doubt ${rule}`),
    harm: (rule) => note(`harm ${rule}`),
    spend: () => undefined,
  };
  return { sink, lines };
}
