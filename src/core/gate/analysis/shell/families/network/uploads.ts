import { say } from '../../../../../say';
import type { Family } from '../family';
import { reaches } from './reaching';

const exposes = say('it makes this machine reachable from outside');

/** Programs that hand something to other people or their services, and those that show pages of the web. */
export const uploads: readonly Family[] = [
  reaches({
    programs: ['mail', 'mailx', 's-nail', 'sendmail', 'mutt', 'neomutt', 'msmtp', 'swaks', 'ssmtp', 'mpack'],
    own: /^-[rsSFc]$/,
    notMatch: [
      'mail -s hello me@example.com < a.txt',
      'sendmail me@example.com',
      'mutt -s x -a .env -- me@example.com',
      'swaks --to me@example.com',
    ],
  }),
  reaches({
    programs: [
      'slack',
      'ntfy',
      'telegram-send',
      'apprise',
      'gist',
      'pastebinit',
      'ipfs',
      'transfer',
      'transfer.sh',
      'gupload',
      'dropbox',
      'gdrive',
      'onedrive',
      'mega-put',
      'bunx-upload',
    ],
    notMatch: ['ntfy publish topic hello', 'pastebinit a.txt', 'ipfs add a.txt', 'gist .env'],
  }),
  reaches({
    programs: ['s3cmd', 's4cmd', 's5cmd', 'gsutil', 'azcopy', 'b2', 'restic', 'borg', 'duplicity', 'kopia'],
    own: /^-(?:c|r|p)$|^--(?:config|password-file|repo|repository-file)$/,
    fetches: true,
    harmless: /^(?:version|help)$/,
    match: ['restic version', 'gsutil --version', 'azcopy help'],
    notMatch: ['s3cmd put a.txt s3://x', 'gsutil cp a gs://x', 'restic -r /srv/x backup .', 'borg create /srv/x::a .'],
  }),
  reaches({
    programs: [
      'lynx',
      'w3m',
      'links',
      'links2',
      'elinks',
      'aria2c',
      'axel',
      'yt-dlp',
      'youtube-dl',
      'wpull',
      'httrack',
      'monolith',
      'transmission-cli',
      'ab',
      'wrk',
      'hey',
      'k6',
      'siege',
      'vegeta',
      'oha',
      'bombardier',
    ],
    fetches: true,
    match: ['lynx --version', 'hey --help', 'yt-dlp --version'],
    notMatch: [
      'lynx -dump https://example.com',
      'w3m example.com',
      'aria2c https://example.com/x',
      'ab -n 100 https://example.com/',
      'yt-dlp https://example.com/v',
    ],
  }),
  reaches({
    programs: [
      'ngrok',
      'cloudflared',
      'lt',
      'localtunnel',
      'localhost.run',
      'bore',
      'tailscale',
      'zrok',
      'frpc',
      'frps',
      'pagekite',
      'serveo',
      'tunnelto',
      'inlets',
      'devtunnel',
      'wg',
      'wg-quick',
      'openvpn',
      'zerotier-cli',
    ],
    match: ['ngrok --version', 'ngrok version', 'cloudflared --version', 'tailscale version'],
    harmless: /^version$/,
    notMatch: [
      'ngrok http 3000',
      'cloudflared tunnel --url http://localhost:3000',
      'lt --port 3000',
      'tailscale up',
      'tailscale status',
    ],
    check(shell, { program, span }, _state, context) {
      shell.report.effect('listen', { type: 'program', name: program }, span, context.certainty);
      shell.doubt('network.exposes', exposes, span);
    },
  }),
];
