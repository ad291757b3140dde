import { say } from '../../../../../say';
import { constantOf } from '../../field';
import { someFlow } from '../../shell';
import type { Family } from '../family';
import { looks } from '../looks';

/** Words by which `ip` shows something; every other verb, abbreviated ones too, may change it. */
const shows = /^(?:show|list|ls|lst|get)$/;
const objects =
  /^(?:a|addr|address|l|link|r|route|n|neigh|neighbor|neighbour|rule|maddr|maddress|mroute|tunnel|netns|stats|vrf|ntable|tuntap|netconf)$/;
const options =
  /^-(?:[46acdjnoprshV]|br|brief|c|color|color=\w+|json|oneline|stats|statistics|details|pretty|resolve|human|Version|family|V)$/;

/** `ip [options] object [show …]`. */
const ip: Family = {
  programs: ['ip'],
  match: [
    'ip a',
    'ip -br -c link show',
    'ip -4 addr show dev eth0',
    'ip route',
    'ip route get 1.1.1.1',
    'ip -j -s neigh',
    'ip -V',
  ],
  notMatch: [
    'ip link set eth0 down',
    'ip link s eth0 down',
    'ip addr add 10.0.0.1/24 dev eth0',
    'ip -batch x',
    'ip netns exec x sh',
    'ip route del default',
    'ip $X',
    'ip addr flush dev eth0',
  ],
  judge(shell, { args, span, program }) {
    const texts = args.map(constantOf);
    const start = texts.findIndex((text) => text === undefined || !text.startsWith('-'));
    const before = start < 0 ? texts : texts.slice(0, start);
    const [object, verb, ...more] = start < 0 ? [] : texts.slice(start);
    const known =
      before.every((text) => text !== undefined && options.test(text) && text !== '-n' && text !== '-a') &&
      (start < 0 || (object !== undefined && (objects.test(object) || object === 'help'))) &&
      (start < 0 || texts.length === start + 1 || (verb !== undefined && (shows.test(verb) || verb === 'help'))) &&
      more.every((text) => text !== undefined && /^[\w.:/@-]+$/.test(text) && text !== 'exec');
    if (!known) shell.doubt('command.operands', say('what {0} would change is not worked out', program), span);
    return someFlow;
  },
};

/** Programs that show how this machine is connected. */
export const status: readonly Family[] = [
  ip,
  looks({
    programs: ['ss'],
    operands: 'data',
    options: {
      flag: '-0 -4 -6 -H -O -a -e -i -l -m -n -o -p -r -s -t -u -w -x --all --extended --info --ipv4 --ipv6 --listening --memory --no-header --numeric --oneline --options --processes --resolve --summary --tcp --udp --unix --raw',
      value: '-f --family',
    },
    match: [
      'ss -tlnp',
      'ss -0 -4 -6 -H -O -a -e -i -m -o -r -s -u -w -x -f inet state listening',
      'ss --all --extended --info --ipv4 --ipv6 --listening --memory --no-header --numeric --oneline --options --processes --resolve --summary --tcp --udp --unix --raw --family inet',
    ],
    notMatch: ['ss -K dst 10.0.0.1', 'ss --kill', 'ss -D /tmp/x', 'ss -F x'],
  }),
  looks({
    programs: ['netstat'],
    operands: 'data',
    options: {
      flag: '-4 -6 -W -a -c -e -g -i -l -n -o -p -r -s -t -u -v -w -x --all --groups --interfaces --listening --numeric --program --programs --route --statistics --tcp --timers --udp --unix --verbose --wide --continuous --extend',
      value: '-f',
    },
    match: [
      'netstat -tulpn',
      'netstat -4 -6 -W -a -c -e -g -i -o -r -s -v -w -x',
      'netstat -rn -f inet --continuous --extend',
      'netstat --all --groups --interfaces --listening --numeric --program --programs --route --statistics --tcp --timers --udp --unix --verbose --wide',
    ],
    notMatch: ['netstat -M x', 'netstat -z', 'netstat $X'],
  }),
  looks({
    programs: ['ifconfig', 'iwconfig'],
    operands: 'data',
    most: 1,
    options: { flag: '-a -s -v' },
    match: ['ifconfig', 'ifconfig -a', 'ifconfig -s -v eth0'],
    notMatch: ['ifconfig eth0 down', 'ifconfig eth0 10.0.0.1', 'ifconfig eth0 promisc'],
  }),
  looks({
    programs: ['arp', 'route'],
    operands: 'data',
    most: 0,
    options: { flag: '-a -e -n -v' },
    match: ['arp -a', 'route -n', 'arp -e -v'],
    notMatch: ['arp -d host', 'arp -s host x', 'route add default gw x', 'route del default'],
  }),
  looks({
    programs: ['hostnamectl', 'timedatectl', 'localectl'],
    operands: 'data',
    most: 1,
    operandShape: /^status$/,
    options: { flag: '--static --transient --pretty --no-pager' },
    match: ['hostnamectl', 'hostnamectl status --no-pager', 'timedatectl', 'hostnamectl --static --transient --pretty'],
    notMatch: [
      'hostnamectl set-hostname x',
      'hostnamectl hostname x',
      'timedatectl set-time 1',
      'hostnamectl --static x',
    ],
  }),
];
