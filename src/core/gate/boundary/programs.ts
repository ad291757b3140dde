import type { Token } from './tokens';

/** Programs that are known when they stand in a sentence without back-ticks. */
const programs = new Set(
  (
    'git npm npx pnpm yarn bun bunx pip pip3 pipx uv poetry conda cargo rustup brew apt apt-get dnf pacman docker docker-compose podman ' +
    'kubectl helm terraform gh glab curl wget rm rsync scp ssh sed chmod chown ng prisma'
  ).split(' '),
);
/** Words after which a program's name is a word of the sentence: `git history`, `npm packages`. */
const notCommands = new Set(
  (
    'history commits commit-messages commands command operations operation repo repository branch branches hooks packages package modules ' +
    'dependencies scripts script image images container containers stuff actions is are was access for to on in with from and or but nor ' +
    'until till unless before without when while if because since as at all yet now please anymore again ever either here this that ' +
    'directly yourself the a an any my your our install/update ones lockfile version config alone untouched anything anywhere everything something things'
  ).split(' '),
);

/** A command as a user writes it: in back-ticks, or a known program with plain words. */
export function commandAt(
  tokens: readonly Token[],
  from: number,
): { readonly value: string; readonly next: number } | undefined {
  const first = tokens[from];
  if (first?.type === 'code') {
    const command = plainCommand(first.text);
    return command === undefined ? undefined : { value: command, next: from + 1 };
  }
  if (first?.type !== 'word' || !programs.has(first.text)) return undefined;
  const words = [first.raw.toLowerCase()];
  let at = from + 1;
  for (; at < tokens.length && words.length < 6; at += 1) {
    const token = tokens[at];
    if (token?.type !== 'word' || notCommands.has(token.text) || !/^[\w.:@=-]+$/.test(token.raw)) break;
    words.push(token.raw);
  }
  // `git history` is a thing, and no command.
  if (
    words.length === 1 &&
    /^(?:history|commits?|commands?|operations?|repo|repository|branch|branches|hooks|packages?|modules|dependencies|images?|containers?|stuff|actions|installs?)$/.test(
      tokens[at]?.text ?? '',
    )
  )
    return undefined;
  // "Don't curl anything"
  if (/^(?:anything|anywhere|everything|something|stuff|things)$/.test(tokens[at]?.text ?? '')) at += 1;
  return { value: words.join(' '), next: at };
}

/** Words that can be compared, without the operators and quotes of a shell. */
function plainCommand(text: string): string | undefined {
  const command = text.replace(/^\$\s+/, '').trim();
  if (!/^[A-Za-z0-9_./~-]/.test(command) || /["'`$\\;&|<>(){}*?\n]/.test(command) || command.length > 200)
    return undefined;
  return command.split(/\s+/).join(' ');
}

/** Whether a word alone is a program rather than a name. */
export const isProgram = (word: string): boolean => programs.has(word);
