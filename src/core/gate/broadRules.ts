import type { Rule } from './rules';

/**
 * Programs that run whatever they are given. An allow rule with a wildcard behind one of them allows everything, so Auto
 * suspends it: interpreters, shells, wrappers, package runners, build tools, remote and container execution.
 */
const runsAnything = new Set([
  ...[
    'bash',
    'sh',
    'zsh',
    'dash',
    'fish',
    'ksh',
    'pwsh',
    'powershell',
    'cmd',
    'eval',
    'source',
    'exec',
    'command',
    'builtin',
  ],
  ...[
    'sudo',
    'doas',
    'su',
    'env',
    'nice',
    'nohup',
    'timeout',
    'time',
    'stdbuf',
    'setsid',
    'ionice',
    'xargs',
    'parallel',
    'watch',
  ],
  ...[
    'python',
    'python2',
    'python3',
    'node',
    'deno',
    'bun',
    'ruby',
    'perl',
    'php',
    'lua',
    'osascript',
    'awk',
    'gawk',
    'Rscript',
  ],
  ...[
    'npx',
    'npm',
    'pnpm',
    'yarn',
    'bunx',
    'uv',
    'uvx',
    'pipx',
    'poetry',
    'make',
    'just',
    'cargo',
    'go',
    'gradle',
    'mvn',
    'rake',
  ],
  ...['ssh', 'docker', 'podman', 'kubectl', 'find', 'tmux', 'screen', 'busybox', 'script', 'flock', 'strace', 'gdb'],
]);

/** Runners whose rule is narrow once it names what to run: `npm test`, `cargo test`, `make lint`. */
const narrowOnceNamed = new Set(['npm', 'pnpm', 'yarn', 'bun', 'cargo', 'go', 'make', 'just', 'gradle', 'mvn', 'rake']);
/** Sub-commands that name nothing yet: the script comes after them. */
const beforeTheName = new Set(['run', 'run-script']);
/** Sub-commands that run anything at all, however many words follow. */
const runners = new Set(['exec', 'x', 'dlx', 'create', 'init', 'explore']);

const sideEffectTools = new Set(['Bash', 'Write', 'Edit', 'NotebookEdit']);

/** Whether an allow rule is too wide to hold in Auto (design section 4, point 6). */
export function isBroad(rule: Rule): boolean {
  const { specifier } = rule;
  switch (specifier.type) {
    case 'any':
      return sideEffectTools.has(rule.tool) || rule.tool.startsWith('mcp__');
    case 'path':
      return /^(\/\/|~\/?|\/)?(\*\*?\/?)*$/.test(specifier.glob);
    case 'exact':
    case 'host':
      return false;
    case 'pattern':
    case 'prefix': {
      const program = baseName(specifier.words[0] ?? '');
      if (program === '*') return true;
      const runs = runsAnything.has(program) || /^(python|pypy|node|ruby|perl|php)[\d.]*$/.test(program);
      if (!runs) return false;
      if (specifier.type === 'pattern') return true;
      const [, subCommand] = specifier.words;
      if (!narrowOnceNamed.has(program) || subCommand === undefined || runners.has(subCommand)) return true;
      return beforeTheName.has(subCommand) && specifier.words.length < 3;
    }
  }
}

/** Allow rules in Auto. */
export interface Suspension {
  readonly held: readonly Rule[];
  readonly suspended: readonly Rule[];
}

const suspensions = {
  broad: new WeakMap<readonly Rule[], Suspension>(),
  shell: new WeakMap<readonly Rule[], Suspension>(),
};

/**
 * Splits allow rules into those that hold in Auto and those that are suspended there. The list must not be changed afterwards.
 * @param shell all rules for shell commands are suspended, however narrow.
 */
export function suspendBroad(allow: readonly Rule[], shell = false): Suspension {
  const known = suspensions[shell ? 'shell' : 'broad'];
  const found = known.get(allow);
  if (found) return found;
  const isSuspended = (rule: Rule): boolean => isBroad(rule) || (shell && rule.tool === 'Bash');
  const made = { held: allow.filter((rule) => !isSuspended(rule)), suspended: allow.filter(isSuspended) };
  known.set(allow, made);
  return made;
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
