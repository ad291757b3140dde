import { say } from '../../../../../say';
import { baseName } from '../../../../paths';
import { judgeLoss } from '../../../loss';
import { type Below, judgeRead, judgeWrite } from '../../../scope';
import { describeField, type Field, taintOf, textPiece } from '../../field';
import { type OptionTable, readOptions } from '../../options';
import { judgeField } from '../../paths';
import { runShellText } from '../../scripts';
import { type Context, type Shell, someFlow } from '../../shell';
import { copyState, type ShellState } from '../../state';
import { checkCritical } from '../../sweeping';
import type { Family } from '../family';
import { doubtOption } from '../looks';
import { reaches } from './reaching';
import { readSent, writeFetched } from './sent';

/** `host:path`, `user@host:path`, `host::module`, a URL: somewhere else. */
function isRemote(field: Field): boolean {
  return /^[^/]*:/.test(describeField(field)) || /^[a-z]+:\/\//i.test(describeField(field));
}

const table: OptionTable = {
  flag: '-0 -4 -6 -A -C -D -H -I -J -L -O -P -R -S -W -X -a -b -c -d -g -h -i -k -l -m -n -o -p -q -r -t -u -v -x -z --acls --archive --backup --checksum --compress --copy-links --cvs-exclude --delete --delete-after --delete-before --delete-delay --delete-during --delete-excluded --devices --dirs --dry-run --existing --force --from0 --fuzzy --group --hard-links --human-readable --ignore-errors --ignore-existing --ignore-times --inplace --itemize-changes --links --list-only --mkpath --no-group --no-motd --no-owner --no-perms --numeric-ids --omit-dir-times --one-file-system --owner --partial --perms --progress --prune-empty-dirs --quiet --recursive --relative --remove-source-files --safe-links --size-only --sparse --specials --stats --times --update --verbose --whole-file --xattrs',
  value:
    '-B -M -f -e -T --backup-dir --block-size --bwlimit --chmod --chown --compare-dest --compress-level --contimeout --copy-dest --debug --exclude --files-from --filter --include --info --iconv --link-dest --log-file --log-file-format --max-delete --max-size --min-size --modify-window --out-format --partial-dir --password-file --port --protocol --remote-option --rsh --rsync-path --sockopts --suffix --temp-dir --timeout --usermap --write-batch --read-batch --exclude-from --include-from',
};

const steers =
  /^(?:-e|-T|-M|--rsh|--rsync-path|--remote-option|--temp-dir|--backup-dir|--partial-dir|--files-from|--write-batch|--read-batch|--password-file|--log-file|--compare-dest|--copy-dest|--link-dest|--exclude-from|--include-from|-f|--filter|--chown|--usermap|--iconv|--sockopts|--chmod|--suffix)$/;

/** Copies files: here it is a copy like any other, elsewhere it sends or fetches. */
const rsync: Family = {
  programs: ['rsync'],
  match: [
    'rsync -av src/ copy/',
    'rsync --archive --verbose --exclude node_modules README.md copy/',
    'rsync -n -a --delete src/ copy/',
  ],
  notMatch: [
    'rsync -av src/ host.example.com:src/',
    'rsync -av host.example.com:src/ src/',
    'rsync -av --delete copy/ src/',
    'rsync -av src/ /srv/copy/',
    'rsync -a .env copy/',
    'rsync -e "sh -c x" src/ copy/',
    'rsync --rsync-path=./x src/ copy/',
    'rsync --remove-source-files -a src/ copy/',
    'rsync -av rsync://example.com/x copy/',
  ],
  judge(shell, invocation, state, context) {
    const { args, span, program } = invocation;
    const read = readOptions(args, table);
    if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
    const has = (name: RegExp): boolean => read.options.some((option) => name.test(option.name));
    for (const { name, value } of read.options) {
      if (value && /^(?:-e|--rsh)$/.test(name)) runShellText(shell, value, program, [], copyState(state), context);
      if (steers.test(name))
        shell.doubt('command.option', say('what {1} means to {0} is not known', program, name), value?.span ?? span);
    }
    if (has(/^--remove-source-files$/))
      shell.doubt('command.deletes', say('{0} deletes what it has copied', program), span);
    const target = read.operands.at(-1);
    const sources = read.operands.length > 1 ? read.operands.slice(0, -1) : [];
    const away = read.operands.some(isRemote);
    if (read.operands.some(({ many }) => many) || !target)
      shell.doubt('command.operands', say('what {0} copies is not known', program), span);
    let secret = context.stdin.secret;
    const follows: Below = has(/^(?:-L|-k|--copy-links|--copy-dirlinks|--copy-unsafe-links)$/) ? true : 'unlinked';
    for (const field of sources)
      if (!isRemote(field)) {
        const found = judgeField(shell, field, state, context, (path, from) =>
          judgeRead(shell.report, path, from, 'content', follows),
        );
        secret ||= taintOf(field.pieces).secret || found.some((secrecy) => secrecy !== undefined);
      }
    const sends = target !== undefined && isRemote(target);
    if (away) {
      shell.report.effect(
        sends ? 'send' : 'fetch',
        { type: 'unknown', what: 'another machine' },
        span,
        context.certainty,
      );
      if (sends && secret)
        shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
      shell.doubt('network.reach', say('{0} reaches out of the machine', program), span);
    }
    if (target && !sends && !has(/^(?:-n|--dry-run|--list-only)$/) && (sources.length > 0 || !away))
      land(shell, target, has(/^--del/), away, state, context);
    return { ...someFlow, network: away && !sends };
  },
};

/** What arrives in a folder may take the place of what is there. */
function land(
  shell: Shell,
  target: Field,
  deletes: boolean,
  fetched: boolean,
  state: ShellState,
  context: Context,
): void {
  if (deletes) checkCritical(shell, target, state, context, 'removal');
  judgeField(
    shell,
    target,
    state,
    context,
    (path, from) => {
      const at = judgeWrite(shell.report, path, from, 'append');
      if (fetched) shell.fetched.add(path);
      if (!at) return;
      judgeLoss(shell.report, at, from, true, deletes ? 'deletes' : 'overwrites');
      shell.report.changes.write(at.real, { text: undefined, network: fetched });
      shell.report.sweeps('rsync');
    },
    'write',
  );
}

const scpTable: OptionTable = {
  flag: '-3 -4 -6 -A -B -C -O -p -q -R -r -s -T -v',
  value: '-c -D -F -i -J -l -o -P -S -X',
};

/** `scp [options] source… target`. */
const scp: Family = {
  programs: ['scp'],
  match: [],
  notMatch: [
    'scp a.txt host.example.com:',
    'scp host.example.com:a.txt .',
    'scp -S ./x a host:',
    'scp .env host.example.com:',
  ],
  judge(shell, invocation, state, context) {
    const { args, span, program } = invocation;
    const read = readOptions(args, scpTable);
    const target = read.operands.at(-1);
    const sources = read.operands.slice(0, -1);
    let secret = false;
    for (const field of sources) if (!isRemote(field)) secret = readSent(shell, field, state, context) || secret;
    const sends = target !== undefined && isRemote(target);
    shell.report.effect(
      sends ? 'send' : 'fetch',
      { type: 'unknown', what: 'another machine' },
      span,
      context.certainty,
    );
    if (sends && secret) shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
    if (target && !sends)
      for (const field of sources) {
        const name = baseName(describeField(field).replace(/^[^/]*:/, ''));
        const folder = /(?:^\.{1,2}|\/)$/.test(describeField(target));
        writeFetched(
          shell,
          folder ? { ...target, pieces: [...target.pieces, textPiece(`/${name}`)] } : target,
          state,
          context,
          isRemote(field),
        );
      }
    shell.doubt('network.reach', say('{0} reaches out of the machine', program), span);
    return { ...someFlow, network: !sends };
  },
};

export const copying: readonly Family[] = [
  rsync,
  scp,
  reaches({
    programs: [
      'sftp',
      'rclone',
      'lftp',
      'ncftp',
      'ncftpput',
      'ncftpget',
      'croc',
      'wormhole',
      'magic-wormhole',
      'unison',
      'sshfs',
      'mutagen',
    ],
    own: /^-(?:i|F|P|o|b|l|c)$|^--config$/,
    fetches: true,
    harmless: /^(?:version|--version|help)$/,
    match: ['rclone version', 'rclone help', 'rclone --version'],
    notMatch: [
      'rclone copy . remote:x',
      'rclone config show',
      'sftp host.example.com',
      'croc send a.txt',
      'wormhole send .env',
    ],
  }),
];
