import { say } from '../../../../../say';
import { constantOf, type Field } from '../../field';
import { type OptionTable, readOptions } from '../../options';
import { runShellText } from '../../scripts';
import { someFlow } from '../../shell';
import { copyState } from '../../state';
import type { Family } from '../family';
import { judgeElsewhere } from './elsewhere';
import { judgeDestinations, reaches } from './reaching';
import { givenTaint } from './sent';

const table: OptionTable = {
  flag: '-4 -6 -A -a -C -f -G -g -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y',
  value: '-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w',
};

/** Settings that run a program here. */
const runsHere = /^(?:proxycommand|localcommand|knownhostscommand|pkcs11provider|securitykeyprovider)[\s=]+/i;

/** A shell on another machine: what runs there is not decided here, but looked at. */
const ssh: Family = {
  programs: ['ssh', 'autossh'],
  match: ['ssh -V', 'ssh -Q cipher'],
  notMatch: [
    'ssh host.example.com',
    'ssh host.example.com ls',
    'ssh -o ProxyCommand="sh -c x" host.example.com',
    'ssh -L 8080:localhost:80 host.example.com',
    'ssh localhost',
    'tar c . | ssh host.example.com "cat > x"',
  ],
  judge(shell, invocation, state, context) {
    const { args, span } = invocation;
    const [first, second, ...more] = args.map(constantOf);
    if (args.length === 1 && first === '-V') return someFlow;
    if (first === '-Q' && more.length === 0 && /^[a-z-]+$/.test(second ?? '')) return someFlow;
    const read = readOptions(args, table, { stopAtOperand: true });
    const [host, ...command] = read.operands;
    judgeDestinations(shell, host ? [host] : [], 'send', span, context);
    for (const { name, value } of read.options) {
      const setting = (value && constantOf(value)) ?? '';
      const runs = name === '-o' ? runsHere.exec(setting) : undefined;
      if (runs && value) {
        const text: Field = { ...value, pieces: [{ type: 'text', text: setting.slice(runs[0].length) }] };
        runShellText(shell, text, 'ssh', [], copyState(state), context);
      }
      if (/^-[LRDw]$/.test(name))
        shell.doubt('network.exposes', say('{0} opens a way between machines', 'ssh'), value?.span);
    }
    if (givenTaint(invocation, context).secret)
      shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', 'ssh'), span);
    judgeElsewhere(shell, command, true);
    shell.doubt('network.reach', say('{0} reaches out of the machine', 'ssh'), span);
    return { ...someFlow, secret: false, network: true };
  },
};

export const remoteShells: readonly Family[] = [
  ssh,
  reaches({
    programs: ['mosh', 'sshpass', 'rsh', 'rlogin', 'et'],
    own: /^-[iplFe]$/,
    fetches: true,
    match: ['mosh --version'],
    notMatch: ['mosh host.example.com', 'sshpass -p x ssh host.example.com'],
    check(shell, { args }) {
      const at = args.findIndex((field) => /^(?:ssh|--)$/.test(constantOf(field) ?? ''));
      if (at >= 0) judgeElsewhere(shell, args.slice(at), true);
    },
  }),
];
