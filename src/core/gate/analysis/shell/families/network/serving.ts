import { say } from '../../../../../say';
import { describeField } from '../../field';
import { type Doing, listens } from '../doings';
import type { Family } from '../family';
import { tool } from '../tool';
import { reaches } from './reaching';

/** Without an address of this machine alone, others may reach what is served. */
const onlyHere: Doing = {
  name: 'only here',
  run({ shell, options, invocation, name }) {
    const bound = options.some(
      ({ name: option, value }) =>
        /^(?:-a|-l|-H|--host|--listen|--address)$/.test(option) &&
        value !== undefined &&
        /^(?:(?:tcp|http):\/\/)?(?:localhost|127\.0\.0\.1|\[::1\]|::1)(?::\d+)?$/.test(describeField(value)),
    );
    if (!bound) shell.doubt('network.exposes', say('{0} opens a port that others may reach', name), invocation.span);
  },
};

/** Programs that serve a folder or a project to a browser. */
export const serving: readonly Family[] = [
  tool({
    programs: ['http-server', 'live-server'],
    match: [
      'http-server -a 127.0.0.1 -p 8080 -c-1 -d -s --cors dist',
      'live-server --host=localhost --port=8080 --no-browser --quiet src',
      'http-server --address localhost',
    ],
    notMatch: [
      'http-server',
      'http-server -a 0.0.0.0',
      'http-server -a 127.0.0.1 -P http://example.com',
      'http-server -a 127.0.0.1 ~/.ssh',
      'live-server --host=localhost --mount=/x:/srv',
    ],
    options: {
      flag: '-d -s --cors --no-browser --quiet',
      value: '-a -p --address --host --port',
      optional: '-c',
    },
    operands: 'recursive',
    does: [listens, onlyHere],
  }),
  tool({
    programs: ['serve'],
    match: [
      'serve -s -n -u -d -C -p 3000 -l tcp://127.0.0.1:3000 dist',
      'serve --single --no-clipboard --no-compression --debug --cors --listen 127.0.0.1:3000',
    ],
    notMatch: ['serve dist', 'serve -l 3000', 'serve -c x.json -l localhost:3000', 'serve -l localhost:3000 ~/.aws'],
    options: {
      flag: '-C -d -n -s -u --cors --debug --no-clipboard --no-compression --single',
      value: '-l -p --listen',
    },
    operands: 'recursive',
    does: [listens, onlyHere],
  }),
  tool({
    programs: ['json-server'],
    match: ['json-server --watch db.json --port 3001'],
    notMatch: [
      'json-server --host 0.0.0.0 db.json',
      'json-server https://example.com/db.json --host x',
      'json-server --middlewares /srv/x.js db.json',
    ],
    options: { flag: '--watch', value: '--port' },
    operands: 'append',
    does: [listens],
  }),
  reaches({
    programs: [
      'caddy',
      'nginx',
      'apache2',
      'apache2ctl',
      'httpd',
      'apachectl',
      'haproxy',
      'traefik',
      'squid',
      'privoxy',
      'mitmproxy',
      'mitmdump',
      'mitmweb',
      'dnsmasq',
      'sshd',
      'dropbear',
      'inetd',
      'xinetd',
      'smbd',
      'rpcbind',
      'vsftpd',
    ],
    harmless: /^(?:version|-v|-V)$/,
    match: ['caddy version', 'nginx -v', 'nginx -V'],
    notMatch: ['nginx', 'nginx -s reload', 'caddy run', 'mitmproxy -p 8080', 'sshd', 'caddy file-server'],
    check(shell, { program, span }, _state, context) {
      shell.report.effect('listen', { type: 'program', name: program }, span, context.certainty);
    },
  }),
];
