/** Languages whose files a program may load and run. `data` is configuration that steers. */
export type Code =
  | 'shell'
  | 'python'
  | 'javascript'
  | 'ruby'
  | 'php'
  | 'perl'
  | 'rust'
  | 'go'
  | 'java'
  | 'native'
  | 'make'
  | 'other';

const byExtension: Readonly<Record<string, Code>> = {
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  bats: 'shell',
  py: 'python',
  pyw: 'python',
  pyi: 'python',
  pyx: 'python',
  ipynb: 'python',
  js: 'javascript',
  cjs: 'javascript',
  mjs: 'javascript',
  jsx: 'javascript',
  ts: 'javascript',
  cts: 'javascript',
  mts: 'javascript',
  tsx: 'javascript',
  vue: 'javascript',
  svelte: 'javascript',
  astro: 'javascript',
  rb: 'ruby',
  rake: 'ruby',
  gemspec: 'ruby',
  erb: 'ruby',
  php: 'php',
  phtml: 'php',
  pl: 'perl',
  pm: 'perl',
  t: 'perl',
  rs: 'rust',
  go: 'go',
  java: 'java',
  kt: 'java',
  kts: 'java',
  scala: 'java',
  groovy: 'java',
  gradle: 'java',
  clj: 'java',
  c: 'native',
  h: 'native',
  cc: 'native',
  cpp: 'native',
  cxx: 'native',
  hpp: 'native',
  hh: 'native',
  m: 'native',
  mm: 'native',
  swift: 'native',
  zig: 'native',
  cs: 'native',
  fs: 'native',
  vb: 'native',
  s: 'native',
  asm: 'native',
  f90: 'native',
  d: 'native',
  nim: 'native',
  mk: 'make',
  make: 'make',
  cmake: 'make',
  ninja: 'make',
  bazel: 'make',
  bzl: 'make',
  lua: 'other',
  tcl: 'other',
  ex: 'other',
  exs: 'other',
  erl: 'other',
  hs: 'other',
  ml: 'other',
  jl: 'other',
  r: 'other',
  dart: 'other',
  el: 'other',
  vim: 'other',
  awk: 'other',
  sql: 'other',
  ps1: 'other',
  bat: 'other',
  cmd: 'other',
};

const byName: Readonly<Record<string, Code>> = {
  makefile: 'make',
  gnumakefile: 'make',
  'cmakelists.txt': 'make',
  justfile: 'make',
  '.justfile': 'make',
  'meson.build': 'make',
  rakefile: 'ruby',
  gemfile: 'ruby',
  guardfile: 'ruby',
  vagrantfile: 'ruby',
  fastfile: 'ruby',
  podfile: 'ruby',
  brewfile: 'ruby',
  configure: 'shell',
  jenkinsfile: 'java',
};

/** @param name base name of a file. Undefined: nothing runs it by its name. */
export function codeOf(name: string): Code | undefined {
  const plain = name.toLowerCase();
  const named = byName[plain];
  if (named) return named;
  const dot = plain.lastIndexOf('.');
  return dot < 0 ? undefined : byExtension[plain.slice(dot + 1)];
}
