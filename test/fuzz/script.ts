import { type Command, forEachChild, parse, type SyntaxNode, type Word } from 'unbash';

/** What is read off a piece of script to say which properties must hold for it. */
export interface Script {
  readonly text: string;
  /** It parses, ends where it says, and leaves nothing open. */
  readonly whole: boolean;
  /** Plain words of simple commands at their place in the text: neither quoted nor expanded, so every spelling is equal. */
  readonly words: readonly PlainWord[];
  /** The whole script is one simple command without assignment or redirection; its program. */
  readonly program: string | undefined;
  /** It may leave something behind in the shell it runs in, so that what follows means something else. */
  readonly lingers: boolean;
}

export interface PlainWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** It is the name of a command. */
  readonly isName: boolean;
}

export function readScript(text: string): Script {
  const script = parse(text);
  const words: PlainWord[] = [];
  const visit = (node: SyntaxNode): void => {
    // Escaped backticks have a text of their own, whose positions mean nothing here.
    if (node.type === 'Script' && node.source !== undefined) return;
    if (node.type === 'Command') notePlain(text, node, words);
    forEachChild(node, visit);
  };
  visit(script);
  const [statement] = script.commands;
  const only =
    script.commands.length === 1 && !statement?.background && statement?.command.type === 'Command'
      ? statement.command
      : undefined;
  const plain = only && only.prefix.length === 0 && only.redirects.length === 0 ? only.name : undefined;
  return {
    text,
    whole: !script.errors?.length && script.commands.length > 0 && !/\\$/.test(text) && !openHereDocument(text),
    words: words.filter(({ start }, at) => words.findIndex((word) => word.start === start) === at),
    program: plain && plain.text === plain.value ? plain.value : undefined,
    lingers: lingering.test(text),
  };
}

function notePlain(text: string, command: Command, words: PlainWord[]): void {
  const note = (word: Word, isName: boolean): void => {
    if (plainWord.test(word.text) && text.slice(word.pos, word.end) === word.text)
      words.push({ text: word.text, start: word.pos, end: word.end, isName });
  };
  if (command.name) note(command.name, true);
  for (const argument of command.args) if (argument.type === 'Word') note(argument, false);
}

const plainWord = /^[A-Za-z0-9_./-]+$/;

/** A here-document that the text ends in goes on in whatever is appended. */
const openHereDocument = (text: string): boolean => text.includes('<<') && !text.includes('\n');

/**
 * Wide on purpose, so that what passes surely leaves nothing: assignments of any kind, definitions, and every builtin that
 * changes the shell.
 */
const lingering =
  /=|\(\)|\+\+|--[\s)]|\{\w+\}[<>]|\b(?:cd|pushd|popd|export|declare|local|typeset|readonly|unset|read|mapfile|readarray|printf|getopts|let|set|shopt|trap|alias|unalias|exec|source|eval|exit|return|break|continue|logout|wait|umask|ulimit|hash|enable|bind|complete|builtin|command|function|coproc|for|select|fc|history|disown|suspend|jobs|fg|bg)\b|(?:^|[\s;&|(])\.\s/;
