import { agentFlags } from './agent/agentArguments';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const autoModeCommands = [
  ...['check', 'defaults', 'config', 'critique', 'replay', 'shadow', 'verify-log', 'export', 'doctor'],
] as const;

/** Words that follow a flag. */
const values: Readonly<Record<string, readonly string[]>> = {
  '--permission-mode': ['normal', 'auto', 'skip'],
  '--output-format': ['text', 'json', 'stream-json'],
  '--input-format': ['text', 'stream-json'],
};
const files = ['--settings', '--add-dir'];

/** A script that teaches a shell the words of the command line. */
export function completionScript(shell: Shell): string {
  const flags = agentFlags.join(' ');
  const commands = autoModeCommands.join(' ');
  switch (shell) {
    case 'bash':
      return `# eval "$(claude-auto completion bash)"
_claude_auto() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  case "$before" in
${Object.entries(values)
  .map(([flag, words]) => `    ${flag}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;`)
  .join('\n')}
    ${files.join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;
    auto-mode) COMPREPLY=($(compgen -W '${commands}' -- "$word")); return ;;
    completion) COMPREPLY=($(compgen -W '${shells.join(' ')}' -- "$word")); return ;;
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W 'auto-mode completion ${flags}' -- "$word"))
  else COMPREPLY=($(compgen -W '${flags}' -- "$word") $(compgen -f -- "$word")); fi
}
complete -F _claude_auto claude-auto
`;
    case 'zsh':
      return `# eval "$(claude-auto completion zsh)"
_claude_auto() {
  case "\${words[CURRENT-1]}" in
${Object.entries(values)
  .map(([flag, words]) => `    ${flag}) compadd -- ${words.join(' ')}; return ;;`)
  .join('\n')}
    ${files.join('|')}) _files; return ;;
    auto-mode) compadd -- ${commands}; return ;;
    completion) compadd -- ${shells.join(' ')}; return ;;
  esac
  (( CURRENT == 2 )) && compadd -- auto-mode completion
  compadd -- ${flags}
}
compdef _claude_auto claude-auto
`;
    case 'fish':
      return [
        '# claude-auto completion fish | source',
        'complete -c claude-auto -f',
        `complete -c claude-auto -n __fish_use_subcommand -a 'auto-mode completion'`,
        `complete -c claude-auto -n '__fish_seen_subcommand_from auto-mode' -a '${commands}'`,
        `complete -c claude-auto -n '__fish_seen_subcommand_from completion' -a '${shells.join(' ')}'`,
        ...agentFlags.map((flag) => {
          const words = values[flag];
          const argument = words ? ` -x -a '${words.join(' ')}'` : files.includes(flag) ? ' -r -F' : '';
          return `complete -c claude-auto -l ${flag.slice(2)}${argument}`;
        }),
        '',
      ].join('\n');
  }
}
