import { say } from '../../../../say';
import { pathTarget } from '../../report';
import { judgeWrite } from '../../scope';
import type { Invocation } from '../command';
import { constantOf, emptiedOf, type Field } from '../field';
import { type OptionTable, readOptions } from '../options';
import { judgeField } from '../paths';
import { recordOutput, writeOutput } from '../redirections';
import { type Context, type Flow, noFlow, type Shell } from '../shell';
import type { ShellState } from '../state';
import { checkCritical } from '../sweeping';
import { isRecursive, readEach, removeEach, writeEach } from '../touch';
import type { Family } from './family';
import { doubtOption } from './looks';

const silent: Flow = { ...noFlow, text: '' };

interface Change {
  readonly programs: readonly string[];
  readonly options: OptionTable;
  readonly match?: readonly string[];
  readonly notMatch: readonly string[];
  judge(
    shell: Shell,
    invocation: Invocation,
    read: ReturnType<typeof readOptions>,
    state: ShellState,
    context: Context,
  ): void;
}

function change(data: Change): Family {
  return {
    programs: data.programs,
    match: data.match ?? [],
    notMatch: data.notMatch,
    judge(shell, invocation, state, context) {
      const read = readOptions(invocation.args, data.options);
      if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
      data.judge(shell, invocation, read, state, context);
      return silent;
    },
  };
}

const has = (read: ReturnType<typeof readOptions>, ...names: readonly string[]): boolean =>
  read.options.some(({ name }) => names.includes(name));

/** Rights that give nobody else more than to read and run. */
const ordinaryMode =
  /^(?:(?:[ugoa]*[+=][rxX]+|[ug]+[+=][rwxX]+|\+[rwxX]+|[ugoa]*-[rwxX]+)(?:,(?:[ugoa]*[+=][rxX]+|[ug]+[+=][rwxX]+|[ugoa]*-[rwxX]+))*|0?[0-7][0-7][0145])$/;

/** Changes that stay in the workspace and lose nothing are allowed; the rest is worked out for the other steps of the gate. */
export const changing: readonly Family[] = [
  change({
    programs: ['mkdir'],
    options: { flag: '-p -v --parents --verbose' },
    match: ['mkdir -p -v src/a/b', 'mkdir --parents --verbose src/{a,b}'],
    notMatch: ['mkdir -m 777 a', 'mkdir /srv/x', 'mkdir -p .git/hooks', 'mkdir $X', 'mkdir ~/.config/x'],
    judge: (shell, _invocation, read, state, context) => writeEach(shell, read.operands, state, context, 'folder'),
  }),
  {
    programs: ['mktemp'],
    match: [
      'tmp=$(mktemp -d) && cp README.md "$tmp" && rm -rf "$tmp"',
      'f=$(mktemp) && echo x > "$f"',
      'mktemp -t x.XXXX',
    ],
    notMatch: ['mktemp /srv/x.XXXX', 'mktemp -p /srv', 'mktemp --what', 'mktemp $X'],
    judge(shell, invocation, state, context) {
      const read = readOptions(invocation.args, {
        flag: '-d -q -u -t --directory --quiet --dry-run',
        value: '--suffix',
        makes: '-p --tmpdir',
      });
      if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
      const folder = read.options.find(({ kind }) => kind === 'makes')?.value;
      const [template] = read.operands;
      const text = template && constantOf(template);
      const { scratch } = shell.report.world.place;
      const elsewhere = folder ?? (text?.includes('/') || (template && text === undefined) ? template : undefined);
      if (elsewhere)
        judgeField(
          shell,
          elsewhere,
          state,
          context,
          (path, from) => judgeWrite(shell.report, path.replace(/X{3,}/, '*'), from, 'folder'),
          'write',
        );
      else if (scratch !== undefined)
        shell.report.effect(
          'write',
          { type: 'path', path: scratch, real: scratch, recursive: true },
          invocation.span,
          context.certainty,
        );
      // Each gives another name, below the session's own folder.
      const made = elsewhere || scratch === undefined ? undefined : `${scratch}/tmp.${invocation.span.start}\n`;
      if (made === undefined && !elsewhere)
        shell.doubt('paths.unknown', say('where {0} makes its file is not known', 'mktemp'), invocation.span);
      return { ...noFlow, present: true, text: made };
    },
  },
  change({
    programs: ['touch'],
    options: { flag: '-a -c -m --no-create', value: '-d -t --date' },
    match: [
      'touch -a -c -m src/new.ts',
      'touch -d yesterday a',
      'touch -t 202001010000 a',
      'touch --no-create --date=now a',
    ],
    notMatch: ['touch /tmp/x', 'touch .envrc', 'touch -r ref a', 'touch ~/.bashrc'],
    judge: (shell, _invocation, read, state, context) => writeEach(shell, read.operands, state, context, 'create'),
  }),
  change({
    programs: ['rm', 'rmdir', 'unlink', 'shred', 'srm', 'trash', 'trash-put', 'rimraf'],
    options: {
      flag: '-r -R -f -i -I -v -d -p -u -z --recursive --force --verbose --dir --interactive --one-file-system --no-preserve-root --preserve-root --parents --ignore-fail-on-non-empty --remove --zero',
      value: '-n -s --iterations',
    },
    match: ['rm -f a.txt', 'rm -rf build node_modules'],
    notMatch: ['rm -rf src', 'rmdir $X', 'shred a', 'srm a', 'rm -rf /', 'rm -r "$X"/', 'rm ../other'],
    judge(shell, invocation, read, state, context) {
      const recursive =
        isRecursive(invocation) || invocation.program === 'rimraf' || invocation.program.startsWith('trash');
      removeEach(shell, read.operands, recursive, state, context);
      if (/^(?:shred|srm)$/.test(invocation.program))
        shell.doubt(
          'command.deletes',
          say('{0} overwrites what it deletes, so that nothing can bring it back', invocation.program),
          invocation.span,
        );
    },
  }),
  change({
    programs: ['tee'],
    options: { flag: '-a -i -p --append --ignore-interrupts' },
    match: ['echo x | tee -a -i -p out.txt', 'echo x | tee --append --ignore-interrupts out.txt'],
    notMatch: ['tee /tmp/x', 'tee ~/.bashrc', 'echo include x.mk | tee Makefile'],
    judge(shell, _invocation, read, state, context) {
      const adds = has(read, '-a', '--append');
      for (const field of read.operands)
        for (const path of writeOutput(shell, field, state, context, adds ? 'append' : 'replace'))
          recordOutput(shell, path, !adds, context.stdin);
    },
  }),
  change({
    programs: ['truncate', 'install', 'patch', 'split', 'csplit', 'fallocate'],
    options: { flag: '-c -o -d -D -v -p --no-create', value: '-s -m -g -l -b -n -a -i -t -r --size --mode' },
    notMatch: ['truncate -s 0 a', 'install a b', 'split a', 'patch -p1 < a.patch'],
    judge(shell, invocation, read, state, context) {
      if (invocation.program === 'truncate' || invocation.program === 'fallocate')
        writeEach(shell, read.operands, state, context, 'replace');
      else if (read.operands.length > 1) writeEach(shell, read.operands.slice(-1), state, context, 'replace');
      shell.doubt('command.changes', say('{0} changes files', invocation.program), invocation.span);
    },
  }),
  change({
    programs: ['chmod', 'chown', 'chgrp', 'chattr', 'setfacl', 'xattr', 'chflags'],
    options: {
      flag: '-R -r -f -v -c -h -L -P -H --recursive --verbose --changes --silent --quiet -w -x -X -s -t',
      value: '--reference --from',
    },
    match: [
      'chmod +x a.sh',
      'chmod -R -v u+w src',
      'chmod --recursive --verbose 644 src',
      'chmod -f -c 0755 a.sh',
      'chmod --changes --silent --quiet 755 a.sh',
    ],
    notMatch: [
      'chmod -R 777 /',
      'chown -R me ~',
      'chmod u+s x',
      'chmod 777 a',
      'chmod o+w a',
      'chmod a+rwx a',
      'chmod 666 a',
      'chmod 4755 a',
      'chown me a',
      'chmod +x /srv/x',
      'chmod $X a',
    ],
    judge(shell, invocation, read, state, context) {
      const [mode, ...targets] = read.operands;
      const text = (mode && constantOf(mode)) ?? '';
      for (const field of targets) {
        if (isRecursive(invocation)) checkCritical(shell, field, state, context, 'permissions');
        judgeField(
          shell,
          field,
          state,
          context,
          (path, from) => {
            const at = judgeWrite(shell.report, path, from, 'append');
            if (at && isRecursive(invocation))
              shell.report.effect('write', pathTarget(at, true), from.span, from.certainty);
          },
          'write',
        );
      }
      if (
        invocation.program === 'chmod' &&
        /^[0-7]?[2467][0-7]{3}$|[ugoa]*[+=][rwxXt]*s/.test(text) &&
        !/^0?[0-7]{3}$/.test(text)
      )
        shell.report.harm(
          'privilege.set-id',
          say('it makes a program run with the rights of its owner'),
          invocation.span,
        );
      if (invocation.program !== 'chmod' || !ordinaryMode.test(text))
        shell.doubt(
          'command.permissions',
          say('{0} changes who may do what with files', invocation.program),
          invocation.span,
        );
    },
  }),
  {
    programs: ['dd'],
    match: [],
    notMatch: ['dd if=a of=b', 'dd of=/dev/sda if=/dev/zero', 'dd if=.env'],
    judge(shell, invocation, state, context) {
      for (const field of invocation.args) {
        const [first, ...rest] = field.pieces;
        const match = first?.type === 'text' ? /^(if|of)=/.exec(first.text) : undefined;
        if (!match || first?.type !== 'text') continue;
        const path: Field = { ...field, pieces: [{ type: 'text', text: first.text.slice(3) }, ...rest] };
        if (match[1] === 'of') writeEach(shell, [path], state, context, 'replace');
        else readEach(shell, [path], false, state, context);
      }
      shell.doubt('command.changes', say('{0} changes files', 'dd'), invocation.span);
      return silent;
    },
  },
  {
    programs: [
      'mkfs',
      'mke2fs',
      'mkswap',
      'wipefs',
      'fdisk',
      'sfdisk',
      'parted',
      'sgdisk',
      'blkdiscard',
      'hdparm',
      'cryptsetup',
      'diskutil',
      'mkfs.ext2',
      'mkfs.ext3',
      'mkfs.ext4',
      'mkfs.xfs',
      'mkfs.btrfs',
      'mkfs.vfat',
      'mkfs.fat',
      'mkfs.ntfs',
      'mkfs.f2fs',
      'newfs',
      'format',
    ],
    match: [],
    notMatch: ['mkfs.ext4 /dev/sda1', 'wipefs -a /dev/sda', 'mkswap x'],
    judge(shell, invocation, _state, context) {
      const { program, args, span } = invocation;
      shell.doubt('command.formats', say('{0} formats or divides disks', program), span);
      if (args.some((field) => /^\/dev\//.test(emptiedOf(field.pieces))))
        shell.report.critical(
          'critical.device',
          say('{0} works on a device, whose content would be lost', program),
          context.certainty === 'certain',
          span,
        );
      return silent;
    },
  },
];
