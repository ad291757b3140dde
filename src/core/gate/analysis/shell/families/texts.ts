import { awk } from './awk';
import type { Family } from './family';
import { tool } from './tool';

/** Programs that look for files and work on texts. */
export const texts: readonly Family[] = [
  ...awk,
  tool({
    programs: ['fd', 'fdfind'],
    options: {
      flag: '-H --hidden -I --no-ignore -u --unrestricted -s --case-sensitive -i --ignore-case -g --glob -F --fixed-strings -a --absolute-path -l --list-details -L --follow -p --full-path -0 --print0 -1 -q --quiet --prune --one-file-system --no-ignore-vcs',
      value:
        '-d --max-depth --min-depth --exact-depth -e --extension -t --type -E --exclude -S --size --changed-within --changed-before -o --owner -c --color -j --threads --max-results --format',
    },
    operands: 'data tree',
    match: [
      'fd -H --hidden -I --no-ignore -u --unrestricted -s --case-sensitive -i --ignore-case -g --glob -F --fixed-strings -a --absolute-path -l --list-details -L --follow -p --full-path -0 --print0 -1 -q --quiet --prune --one-file-system --no-ignore-vcs x src',
      'fd -d 2 --max-depth=2 --min-depth=1 --exact-depth=1 -e ts --extension=ts -t f --type=f -E x --exclude=x -S +1k --size=+1k --changed-within=1d --changed-before=1d -o me --owner=me -c never --color=never -j 2 --threads=2 --max-results=3 --format=x . src',
    ],
    notMatch: ['fd x -x rm', 'fd x --exec sh', 'fd -X rm', 'fd --base-directory=/ x', 'fd --search-path=/ x', 'fd . /'],
  }),
];
