import { say } from '../../../../say';
import { foldPath, joinPath } from '../../../paths';
import { judgeDelete, judgeRead, judgeWrite } from '../../scope';
import type { Invocation } from '../command';
import { constantOf, emptiedOf, type Field } from '../field';
import { type OptionTable, readOptions } from '../options';
import { judgeField } from '../paths';
import { writeOutput } from '../redirections';
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

/** Changes that stay in the workspace and lose nothing are allowed; the rest is worked out for the other steps of the gate. */
export const changing: readonly Family[] = [
  change({
    programs: ['mkdir'],
    options: { flag: '-p -v --parents --verbose' },
    match: ['mkdir -p -v src/a/b', 'mkdir --parents --verbose src/{a,b}'],
    notMatch: ['mkdir -m 777 a', 'mkdir /srv/x', 'mkdir -p .git/hooks', 'mkdir $X', 'mkdir ~/.config/x'],
    judge: (shell, _invocation, read, state, context) => writeEach(shell, read.operands, state, context, 'folder'),
  }),
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
    notMatch: ['rm a.txt', 'rm -rf build', 'rmdir a', 'shred a', 'rm -rf /', 'rm -r "$X"/'],
    judge(shell, invocation, read, state, context) {
      const recursive =
        isRecursive(invocation) || invocation.program === 'rimraf' || invocation.program.startsWith('trash');
      removeEach(shell, read.operands, recursive, state, context);
    },
  }),
  change({
    programs: ['mv'],
    options: {
      flag: '-f -i -n -v -u -T --force --no-clobber --verbose --update --no-target-directory',
      value: '-t --target-directory -S',
    },
    notMatch: ['mv a b', 'mv ~ /tmp/x', 'mv a /dev/null', 'mv -t /srv a'],
    judge(shell, invocation, read, state, context) {
      const target = read.options.find(({ name }) => name === '-t' || name === '--target-directory')?.value;
      const sources = target ? read.operands : read.operands.slice(0, -1);
      const last = target ?? read.operands.at(-1);
      for (const field of sources) {
        checkCritical(shell, field, state, context, 'move');
        judgeField(shell, field, state, context, (path, from) => judgeDelete(shell.report, path, from, true), 'delete');
      }
      if (last) writeEach(shell, [last], state, context, 'replace');
      shell.doubt(
        'command.moves',
        say('{0} moves files, and what stood at their new place may be lost', invocation.program),
        invocation.span,
      );
    },
  }),
  change({
    programs: ['cp'],
    options: {
      flag: '-a -d -f -i -L -n -p -P -r -R -T -u -v -x --archive --force --no-clobber --recursive --verbose --update --no-target-directory --dereference --no-dereference --parents',
      value: '-t --target-directory',
      optional: '--preserve --no-preserve --sparse --reflink',
    },
    match: ['cp -n a.txt b.txt', 'cp --no-clobber -v a.txt b.txt'],
    notMatch: ['cp .env b', 'cp ~/.ssh/id_rsa b', 'cp a /srv/x', 'cp a ~/.bashrc', 'cp a.txt .git/hooks/pre-commit'],
    judge(shell, _invocation, read, state, context) {
      const target = read.options.find(({ name }) => name === '-t' || name === '--target-directory')?.value;
      const recursive = has(read, '-a', '-r', '-R', '--archive', '--recursive');
      readEach(shell, target ? read.operands : read.operands.slice(0, -1), recursive, state, context);
      const last = target ?? read.operands.at(-1);
      if (!last) return;
      const keeps = has(read, '-n', '--no-clobber') && !has(read, '-f', '--force', '-i');
      writeEach(shell, [last], state, context, keeps ? 'create' : 'replace');
      // A file keeps its name in a folder, where it may be one that is protected.
      for (const source of target ? read.operands : read.operands.slice(0, -1))
        intoFolder(shell, source, last, state, context);
    },
  }),
  change({
    programs: ['ln', 'link'],
    options: {
      flag: '-s -f -n -r -v -i -T --symbolic --force --no-dereference --relative --verbose',
      value: '-t --target-directory',
    },
    notMatch: ['ln -s ~/.bashrc x', 'ln -s a b', 'ln a b'],
    judge(shell, invocation, read, state, context) {
      const [source] = read.operands;
      const last = read.operands.length > 1 ? read.operands.at(-1) : undefined;
      if (source)
        judgeField(shell, source, state, context, (path, from) => judgeRead(shell.report, path, from, 'look'));
      if (last) writeEach(shell, [last], state, context, 'replace');
      shell.doubt(
        'command.links',
        say('{0} gives a file another name, through which it may be changed later', invocation.program),
        invocation.span,
      );
    },
  }),
  change({
    programs: ['tee'],
    options: { flag: '-a -i -p --append --ignore-interrupts' },
    notMatch: ['tee /tmp/x', 'tee ~/.bashrc', 'tee README.md'],
    judge(shell, _invocation, read, state, context) {
      for (const field of read.operands)
        writeOutput(shell, field, state, context, has(read, '-a', '--append') ? 'append' : 'replace');
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
    notMatch: ['chmod +x a', 'chmod -R 777 /', 'chown -R me ~', 'chmod u+s x'],
    judge(shell, invocation, read, state, context) {
      const [mode, ...targets] = read.operands;
      const setsId =
        mode &&
        /^[0-7]?[2467][0-7]{3}$|[ugoa]*[+=][rwxXt]*s/.test(constantOf(mode) ?? '') &&
        invocation.program === 'chmod';
      for (const field of targets) {
        if (isRecursive(invocation)) checkCritical(shell, field, state, context, 'permissions');
        writeEach(shell, [field], state, context, 'append');
      }
      if (setsId && !/^0?[0-7]{3}$/.test(constantOf(mode) ?? ''))
        shell.report.harm(
          'privilege.set-id',
          say('it makes a program run with the rights of its owner'),
          invocation.span,
        );
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

/** `cp x folder/`: the file ends up in the folder under its own name. */
function intoFolder(shell: Shell, source: Field, folder: Field, state: ShellState, context: Context): void {
  const name = constantOf(source)?.replace(/\/+$/, '').replace(/^.*\//, '');
  const into = constantOf(folder);
  if (name === undefined || into === undefined || !state.cwd) return;
  for (const cwd of state.cwd) {
    const target = joinPath(cwd, into);
    const kind = shell.report.world.facts.kind(foldPath(target));
    if (!into.endsWith('/') && into !== '.' && into !== '..' && kind !== 'folder') continue;
    judgeWrite(shell.report, joinPath(target, name), { span: folder.span, certainty: context.certainty }, 'replace');
  }
}
