// Collects every sentence a person may read into l10n/bundle.l10n.json, the English bundle that translations start from.
// With --check it writes nothing, and says what is out of date or missing, the keys of the manifest included.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** The manifest's `%key%` texts and package.nls.json must name the same keys; translations may lack some, never add any. */
export function manifestProblems(folder = '.') {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const used = new Set([...text.matchAll(/"%([^%"\s]+)%"/g)].map(([, key]) => key));
  const keysOf = (file) => Object.keys(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const known = new Set(keysOf('package.nls.json'));
  const translations = readdirSync(folder).filter((name) => /^package\.nls\..+\.json$/.test(name));
  return [
    ...[...used]
      .filter((key) => !known.has(key))
      .map((key) => `package.nls.json lacks "${key}", which package.json uses.`),
    ...[...known]
      .filter((key) => !used.has(key))
      .map((key) => `package.nls.json has "${key}", which package.json does not use.`),
    ...translations.flatMap((file) =>
      keysOf(file)
        .filter((key) => !known.has(key))
        .map((key) => `${file} has "${key}", which package.nls.json lacks.`),
    ),
  ];
}

function bundleProblems(sentences) {
  const present = existsSync(bundleFile) ? readFileSync(bundleFile, 'utf8') : '';
  return present === bundleText(sentences) ? [] : [`${bundleFile} is out of date. Run node scripts/l10n.mjs.`];
}

const isDeclaration = (text) => /^(\w+: |\{)/.test(text);
const withoutComments = (source) => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
/** The value of a literal of our own source. */
const evaluate = (text) => Function(`return ${text}`)();

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { sentences } = collectSentences();
  if (process.argv.includes('--check')) {
    const problems = [...bundleProblems(sentences), ...manifestProblems()];
    for (const problem of problems) console.error(problem);
    process.exit(problems.length === 0 ? 0 : 1);
  }
  mkdirSync('l10n', { recursive: true });
  writeFileSync(bundleFile, bundleText(sentences));
  console.log(`${bundleFile}: ${sentences.length} sentences`);
}
