import type { Family } from './family';
import { looks } from './looks';

/** Searches in files. */
export const grep: readonly Family[] = [
  looks({
    programs: ['grep', 'egrep', 'fgrep'],
    options: {
      flag: '-a -b -c -E -F -G -h -H -i -I -l -L -n -o -P -q -r -R -s -T -v -w -x -y -z -Z --extended-regexp --fixed-strings --basic-regexp --perl-regexp --ignore-case --no-ignore-case --invert-match --word-regexp --line-regexp --count --files-with-matches --files-without-match --only-matching --quiet --silent --no-messages --byte-offset --with-filename --no-filename --line-number --null --text --recursive --dereference-recursive --null-data --line-buffered --help --version',
      value:
        '-A -B -C -e -m -d -D --after-context --before-context --context --regexp --max-count --exclude --exclude-dir --label --binary-files --directories --devices --group-separator',
      optional: '--color --colour',
      reads: '-f --file --exclude-from',
      names: '--include',
    },
    operands: 'pattern-then-read',
    patternOptions: '-e --regexp -f --file',
    recursiveOptions: '-r -R --recursive --dereference-recursive -d --directories',
    followOptions: '-R --dereference-recursive',
    reading: { digits: true },
    anyOption: true,
    match: [
      'grep -abcEhHiIlLnoqsTvwxyzZ foo src/a.ts',
      'grep -F foo a; grep -G foo a; grep -P foo a',
      'grep -rn foo src',
      'grep -R foo src',
      'grep -A 1 -B 2 -C 3 -e foo -m 1 -d skip -D skip -5 a.txt',
      'grep --extended-regexp --ignore-case --no-ignore-case --invert-match --word-regexp --line-regexp --count --files-with-matches --files-without-match --only-matching foo a',
      'grep --fixed-strings foo a; grep --basic-regexp foo a; grep --perl-regexp foo a',
      'grep --quiet --silent --no-messages --byte-offset --with-filename --no-filename --line-number --null --text --recursive --null-data --line-buffered foo a',
      'grep --dereference-recursive foo src',
      'grep --after-context=1 --before-context=1 --context=1 --regexp=foo --max-count=1 --include=*.ts --exclude=x --exclude-dir=x --label=x --binary-files=text --directories=skip --devices=skip --group-separator=x --color=never --colour=never a',
      'grep -f patterns.txt a; grep --file=patterns.txt --exclude-from=x a',
      'grep --help; grep --version',
      'egrep foo a; fgrep foo a',
    ],
    notMatch: [
      'grep foo .env',
      'grep -e "" ~/.netrc',
      'grep -f .env a',
      'grep --what foo a',
      'grep -r foo /',
      'grep -r foo ~',
      'grep -r foo . --include=.env',
    ],
  }),
  looks({
    programs: ['rg'],
    options: {
      flag: '-a -b -c -F -h -H -i -I -l -L -n -N -o -p -P -q -s -S -u -U -v -V -w -x -0 --hidden --no-ignore --no-ignore-vcs --files --files-with-matches --files-without-match --fixed-strings --ignore-case --smart-case --case-sensitive --invert-match --word-regexp --line-regexp --count --count-matches --only-matching --line-number --no-line-number --with-filename --no-filename --heading --no-heading --json --multiline --multiline-dotall --pcre2 --no-messages --null --pretty --quiet --stats --text --trim --type-list --unrestricted --vimgrep --follow --column --no-config --passthru --crlf',
      value:
        '-A -B -C -e -E -j -m -M -r -t -T --after-context --before-context --context --regexp --type --type-not --max-count --max-columns --max-depth --max-filesize --replace --sort --sortr --threads --color --colors --encoding --context-separator',
      reads: '-f --file --ignore-file',
      names: '-g --glob --iglob',
    },
    operands: 'pattern-then-read',
    patternOptions: '-e --regexp -f --file --files --type-list',
    recursive: true,
    followOptions: '-L --follow',
    hiddenOptions: '-u -. --hidden --unrestricted',
    match: [
      'rg -abcFhiIlLnNopqsSuUvVwx0 foo src',
      'rg -H -P foo src',
      'rg --hidden --no-ignore --no-ignore-vcs --files src',
      'rg --files-with-matches --files-without-match --fixed-strings --ignore-case --smart-case --case-sensitive --invert-match --word-regexp --line-regexp --count --count-matches --only-matching foo src',
      'rg --line-number --no-line-number --with-filename --no-filename --heading --no-heading --json --multiline --multiline-dotall --pcre2 --no-messages --null --pretty --quiet --stats --text --trim foo src',
      'rg --type-list; rg --unrestricted --vimgrep --follow --column --no-config --passthru --crlf foo',
      'rg -A 1 -B 1 -C 1 -e foo -E utf-8 -g x -j 1 -m 1 -M 1 -r x -t ts -T js src',
      "rg --after-context=1 --before-context=1 --context=1 --regexp=foo --glob='!x' --iglob=x --type=ts --type-not=js --max-count=1 --max-columns=1 --max-depth=1 --max-filesize=1M --replace=x --sort=path --sortr=path --threads=1 --color=never --colors=x --encoding=utf-8 --context-separator=x src",
      'rg -f patterns.txt src; rg --file=patterns.txt --ignore-file=x src',
    ],
    notMatch: [
      'rg --pre ./p.sh foo',
      'rg --pre=./p.sh foo',
      'rg --hostname-bin=./p.sh foo',
      'rg -z foo',
      'rg --search-zip foo',
      'rg foo .env',
      'rg foo ~',
      'rg foo *',
      "rg --hidden -g '.env*' foo",
    ],
  }),
];
