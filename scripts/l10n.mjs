// Collects every sentence a person may read into l10n/bundle.l10n.json, the English bundle that translations start from.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bundleFile = 'l10n/bundle.l10n.json';

const literal = `('(?:[^'\\\\\\n]|\\\\.)*'|"(?:[^"\\\\\\n]|\\\\.)*"|\`[^\`$]*\`)`;
const call = new RegExp(`(?<![.\\w])(?:l10n\\.t|say)\\(\\s*(?:${literal}|([^)'"\`\\s][^,)]*))`, 'g');
const pageString = new RegExp(`^ {2}\\w+:\\s*${literal},?$`, 'gm');

/**
 * @returns the sentences in order, and the places where one is not a plain text and so cannot be collected.
 */
export function collectSentences() {
  const sentences = new Set();
  const dynamic = [];
  for (const file of readdirSync('src', { recursive: true }).filter((name) => name.endsWith('.ts'))) {
    const source = withoutComments(readFileSync(join('src', file), 'utf8'));
    for (const [, text, other] of source.matchAll(call)) {
      if (text) sentences.add(evaluate(text));
      else if (!isDeclaration(other)) dynamic.push(`${file}: ${other.trim()}`);
    }
    if (file.replaceAll('\\', '/') === 'webview/strings.ts') {
      for (const [, text] of source.matchAll(pageString)) sentences.add(evaluate(text));
    }
  }
  return { sentences: [...sentences].sort(), dynamic };
}

/** The bundle's text for these sentences: each is its own key. */
export function bundleText(sentences) {
  return `${JSON.stringify(Object.fromEntries(sentences.map((sentence) => [sentence, sentence])), undefined, 2)}\n`;
}

const isDeclaration = (text) => /^(\w+: |\{)/.test(text);
const withoutComments = (source) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
/** The value of a literal of our own source. */
const evaluate = (text) => Function(`return ${text}`)();

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { sentences } = collectSentences();
  mkdirSync('l10n', { recursive: true });
  writeFileSync(bundleFile, bundleText(sentences));
  console.log(`${bundleFile}: ${sentences.length} sentences`);
}
