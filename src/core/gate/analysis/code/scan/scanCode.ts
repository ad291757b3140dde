import { say } from '../../../../say';
import { clean, type Taint, textPiece } from '../../shell/field';
import type { CodeSink, CodeSource } from '../code';
import type { Code } from '../language';
import { type Language, languageOf } from './rules';
import { isPlainSql } from './sql';
import { type Quoted, type Tokens, tokensOf } from './tokens';

const longest = 200_000;

/**
 * Looks through code of a language that nobody follows here (rule R49): comments and texts are told from code, then everything
 * that could reach beyond the program is a doubt.
 */
export function scanCode(language: Code, source: CodeSource, sink: CodeSink): Taint {
  const { text, fragment } = source;
  const whole = { start: 0, end: text.length };
  const known = languageOf(language);
  sink.spend(1 + text.length / 100);
  if (!known || text.length > longest) {
    sink.doubt('code.parse', say('what the code does is not known'), whole);
    return clean;
  }
  if (language === 'other' && isPlainSql(text)) return clean;
  const tokens = tokensOf(`\n${text}`, known.syntax);
  if (tokens.broken && !fragment && !known.anywhere)
    sink.doubt('code.parse', say('what the code does is not known'), whole);
  if (known.marks && !fragment && !known.marks.test(tokens.code))
    sink.doubt('code.parse', say('what the code does is not known'), whole);
  const code = readFiles(known, tokens, sink);
  const within = withInterpolations(code, tokens, known);
  for (const pattern of known.doubts) doubtAll(sink, pattern, within, text.length);
  if (tokens.broken || known.unclear.test(tokens.code) || known.unclear.test(text) || tokens.texts.some(nested)) {
    // Where a text begins is not certain: what could do something must not stand in one either.
    const read = known.reads ? text.replace(known.reads, ' ') : text;
    const lines = read.replace(/^[ \t]*(?:#|\/\/)(?![^\n]*\?>)[^\n]*$/gm, '');
    for (const pattern of known.anywhere ? [known.anywhere] : known.doubts) doubtAll(sink, pattern, lines, text.length);
  }
  if (known.readsArguments) readArguments(source, sink);
  checkImports(known, tokens, text, sink);
  checkReverseShell(tokens, sink, text.length);
  const { textual } = known;
  if (textual)
    for (const one of tokens.texts)
      if (textual.test(one.text.trim()))
        sink.doubt(
          'code.dynamic',
          say('what the code does with {0} is not known', one.text.trim().slice(0, 40)),
          at(one, text.length),
        );
  checkAliases(language, tokens, text.length, sink);
  checkDirectives(language, text, sink);
  return clean;
}

function at({ start, end }: Pick<Quoted, 'start' | 'end'>, length: number): { start: number; end: number } {
  // A line break was put in front, so that what begins a line is found on the first one too.
  return { start: Math.max(0, start - 1), end: Math.min(length, end - 1) };
}

function doubtAll(sink: CodeSink, pattern: RegExp, code: string, length: number): void {
  const found = pattern.exec(code);
  if (!found) return;
  const name = found[0].trim();
  sink.doubt(
    'code.unknown-call',
    say('what the code does with {0} is not known', name.slice(0, 40)),
    at({ start: found.index, end: found.index + found[0].length }, length),
  );
}

/** A text ends within code in it: that code has texts of its own. */
function nested({ text }: Quoted): boolean {
  return /(?:[#$@]\{|\{\$)[^}]*$/.test(text);
}

/** Code in texts is code: `#{…}`, `${…}`, `@{[…]}`, `{$…}`. */
function withInterpolations(code: string, { texts }: Tokens, { syntax }: Language): string {
  let out = code;
  for (const { quote, text } of texts) {
    if (quote !== '<<' && !syntax.interpolating.includes(quote)) continue;
    for (let at = text.indexOf('{'); at >= 0; ) {
      const code = /[#$@]/.test(text[at - 1] ?? '') || text[at + 1] === '$';
      const end = code ? braceEnd(text, at) : at + 1;
      if (code) out += `\n(${text.slice(at + 1, end)})`;
      at = text.indexOf('{', end);
    }
  }
  return out;
}

function braceEnd(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') open += 1;
    else if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  return text.length;
}

/** `perl -ne '…' file`: programs that go through lines read the files that are named after them. */
function readArguments({ args, text }: CodeSource, sink: CodeSink): void {
  const span = { start: 0, end: text.length };
  for (const one of args ?? []) {
    const [first] = one;
    const last = one.at(-1);
    // Perl opens what it is given in the old way: these start a program or write.
    if (
      (first?.type === 'text' && /^\s*[<>|+&]/.test(first.text)) ||
      (last?.type === 'text' && /\|\s*$/.test(last.text))
    )
      sink.doubt('code.unknown-call', say('an argument may be taken for a program or a file to write'), span);
    if (!(first?.type === 'text' && first.text.startsWith('-'))) sink.read(one, false, span);
  }
}

/** Files that are read under a constant name are read; the calls are taken out of what is left to doubt. */
function readFiles(known: Language, { code, texts }: Tokens, sink: CodeSink): string {
  const { reads } = known;
  if (!reads) return code;
  const byStart = new Map(texts.map((one) => [one.start, one]));
  let out = '';
  let from = 0;
  for (const match of code.matchAll(reads)) {
    const end = match.index + match[0].length;
    const gap = /^\s*/.exec(code.slice(end, end + 20))?.[0].length ?? 0;
    const name = byStart.get(end + gap);
    const after = name ? /^\s*[),;\n}]|^\s*$/.test(code.slice(name.end, name.end + 10)) : false;
    if (name && after && !/[#$\\]/.test(name.text) && !/^[a-z+]+:/i.test(name.text) && !name.text.startsWith('|'))
      sink.read([textPiece(name.text)], false, at(name, code.length));
    else if (!/^\s*\(?\s*(?:$|\))/.test(code.slice(end, end + 4)) || match[0].endsWith('('))
      sink.doubt(
        'code.unknown-call',
        say('which path {0} stands for is not known', match[0].trim()),
        at({ start: match.index, end }, code.length),
      );
    out += code.slice(from, match.index) + match[0].replace(/\S/g, ' ');
    from = end;
  }
  return out + code.slice(from);
}

function checkImports(known: Language, { code, texts }: Tokens, text: string, sink: CodeSink): void {
  const { imports } = known;
  if (!imports) return;
  // Names in quotes are looked for in the code as it is, but not inside of longer texts or comments.
  const inside = new Set(texts.map(({ start }) => start));
  const where = imports.quoted ? `\n${text}` : code;
  for (const match of where.matchAll(imports.find)) {
    const name = match[1] ?? '';
    if (imports.quoted) {
      const quote = match.index + match[0].search(/["'<]/);
      if (where[quote] !== '<' && !inside.has(quote)) continue;
      if (where[quote] === '<' && code[quote] !== '<') continue;
    }
    if (!imports.harmless.test(name))
      sink.doubt(
        'code.unknown-call',
        say('what the code does with {0} is not known', name),
        at({ start: match.index, end: match.index + match[0].length }, text.length),
      );
    else if (imports.beside || /^\.{1,2}\//.test(name))
      sink.module(name, at({ start: match.index, end: match.index + match[0].length }, text.length));
  }
}

const connection =
  /\b(?:TCPSocket|TCPServer|IO::Socket|f?sockopen|socket|socket_create|net\.Dial|TcpStream|TcpClient|Socket)\b/;
const shell =
  /^(?:\/usr)?\/bin\/(?:ba|z|da|k)?sh\b|^(?:ba|z|da)?sh\s+-i|\b(?:ba|z|da)?sh\b[^\n]*(?:[<>]&|-i\b)|^(?:cmd|powershell)(?:\.exe)?$/;

/** A connection and a shell that is tied to it. */
function checkReverseShell({ code, texts }: Tokens, sink: CodeSink, length: number): void {
  const found = connection.exec(code);
  const started = found ? texts.find(({ text }) => shell.test(text)) : undefined;
  if (found && started)
    sink.harm(
      'network.reverse-shell',
      say('the code gives a shell to another machine'),
      at({ start: found.index, end: found.index + found[0].length }, length),
      at(started, length),
    );
}

/** Packages under another name, or under none: what is called could not be told by its name. */
function checkAliases(language: Code, { code, texts }: Tokens, length: number, sink: CodeSink): void {
  if (language !== 'go') return;
  for (const block of code.matchAll(/\bimport\s*(?:\([^)]*\)|[^\n;]*)/g)) {
    const end = block.index + block[0].length;
    for (const one of texts) {
      if (one.start < block.index || one.start >= end) continue;
      const alias = /([\w.]+)\s*$/.exec(code.slice(block.index, one.start))?.[1];
      const renamed =
        alias !== undefined &&
        alias !== 'import' &&
        /^(?:os|net\/http|path\/filepath|reflect|runtime(?:\/\w+)?|database\/sql|text\/template|html\/template|io\/fs)$/.test(
          one.text,
        );
      if (renamed || !(languageOf('go')?.imports?.harmless.test(one.text) ?? false))
        sink.doubt(
          'code.unknown-call',
          say('what the code does with {0} is not known', one.text.slice(0, 40)),
          at(one, length),
        );
    }
  }
}

/** Comments that tools obey. */
function checkDirectives(language: Code, text: string, sink: CodeSink): void {
  const found =
    language === 'go'
      ? /^\s*\/\/(?:go:(?:generate|linkname|embed\s+[^\n]*(?:\.\.|\/etc|~)|cgo_\w+|wasmimport)|export\b)|^\s*#cgo\b/m.exec(
          text,
        )
      : null;
  if (found)
    sink.doubt('code.unknown-call', say('what the code does with {0} is not known', found[0].trim().slice(0, 40)), {
      start: found.index,
      end: found.index + found[0].length,
    });
}
