import { say } from '../../../say';
import { foldPath } from '../../paths';
import { isMetadataHost, parseDestination } from '../network';
import { judgeRead, judgeWrite } from '../scope';
import type { Invocation } from './command';
import { constantOf, describeField, type Field, mixTaints, taintOf, textPiece } from './field';
import { judgeField } from './paths';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import type { ShellState } from './state';

/** A program that talks to the network: which of its words name files it sends, and which files it writes. */
interface Sender {
  readonly programs: readonly string[];
  /** Options whose value is sent when it names a file with this mark before it; '' when the value is the file. */
  readonly files: readonly { readonly option: RegExp; readonly mark: RegExp }[];
  readonly output: readonly string[];
  /** Operands are files that are sent: `scp file host:`. */
  readonly operandsSent?: boolean;
  /** Long options take their value as the next word. */
  readonly named?: boolean;
  /** Standard input is sent. */
  readonly inputSent?: boolean;
  /** What comes back is put out. */
  readonly fetches?: boolean;
  /** Options that take a value, so that the value is no destination. */
  readonly values: RegExp;
}

const senders: readonly Sender[] = [
  {
    programs: ['curl', 'curlie'],
    files: [
      {
        option:
          /^(?:-d|--data|--data-ascii|--data-binary|--data-raw|--data-urlencode|--json|-F|--form|--url-query|-H|--header|--proxy-header|-b|--cookie|-w)$/,
        mark: /^(?:[^=@]*[=@])?[@<]|^[^=]*@|@/,
      },
      { option: /^(?:-T|--upload-file|-K|--config|-E|--cert|--key|--netrc-file)$/, mark: /^/ },
    ],
    output: ['-o', '--output'],
    fetches: true,
    values:
      /^(?:-[dFHbTKEouAeXmxwrUCYyzQtPc]|--(?:data|data-ascii|data-binary|data-raw|data-urlencode|json|form|form-string|url-query|header|proxy-header|cookie|cookie-jar|upload-file|config|cert|key|netrc-file|output|user|user-agent|referer|request|max-time|proxy|write-out|range|connect-timeout|retry|retry-delay|retry-max-time|resolve|connect-to|interface|cacert|output-dir|max-redirs|limit-rate|dns-servers|doh-url|unix-socket|abstract-unix-socket))$/,
  },
  {
    programs: ['wget', 'wget2', 'aria2c', 'axel', 'lynx', 'links', 'w3m', 'elinks', 'http', 'https', 'xh', 'httpie'],
    files: [
      { option: /^--(?:post-file|body-file|load-cookies|input-file|config|certificate|private-key)$|^-i$/, mark: /^/ },
    ],
    output: ['-O', '--output-document', '-o', '--output', '--download'],
    fetches: true,
    values:
      /^(?:-[OoPUtTaiewQ]|--(?:post-file|body-file|post-data|body-data|header|output-document|output-file|directory-prefix|user-agent|user|password|tries|timeout|load-cookies|input-file|config|execute|method|certificate|private-key))$/,
  },
  {
    programs: [
      'nc',
      'ncat',
      'netcat',
      'socat',
      'telnet',
      'ftp',
      'tftp',
      'openssl',
      'websocat',
      'grpcurl',
      'mosquitto_pub',
      'logger',
    ],
    files: [],
    output: [],
    inputSent: true,
    fetches: true,
    values: /^-[eciwpsxXo]$/,
  },
  {
    programs: [
      'ssh',
      'mosh',
      'sshpass',
      'mail',
      'mailx',
      'sendmail',
      'mutt',
      'msmtp',
      'swaks',
      'xclip',
      'xsel',
      'pbcopy',
      'wl-copy',
      'qrencode',
      'slack',
      'ntfy',
      'telegram-send',
    ],
    files: [],
    output: [],
    inputSent: true,
    values: /^-[aosiplFc]$/,
  },
  {
    programs: [
      'scp',
      'sftp',
      'rsync',
      'rclone',
      's3cmd',
      'gsutil',
      'croc',
      'magic-wormhole',
      'wormhole',
      'transfer',
      'lftp',
      'ncftpput',
      'gist',
      'pastebinit',
      'ipfs',
      'restic',
      'borg',
      'duplicity',
      'azcopy',
    ],
    files: [],
    output: [],
    operandsSent: true,
    inputSent: true,
    values: /^-[iePloF]$/,
  },
  {
    programs: [
      'gh',
      'glab',
      'hub',
      'aws',
      'gcloud',
      'az',
      'kubectl',
      'docker',
      'heroku',
      'vercel',
      'netlify',
      'firebase',
      'supabase',
      'doctl',
      'flyctl',
      'fly',
    ],
    files: [
      {
        option:
          /^(?:-F|--field|-f|--raw-field|--body-file|--input|--body|-b|--notes-file|--data|--payload|--env-file|--from-file|--from-env-file)$/,
        mark: /^(?:[^=]*=)?@|^[^=]*$/,
      },
    ],
    output: [],
    operandsSent: true,
    named: true,
    inputSent: true,
    values: /^(?:-[FfbtRX]|--(?:body-file|input|body|field|raw-field|notes-file|title|repo|method))$/,
  },
  {
    programs: [
      'ping',
      'ping6',
      'dig',
      'host',
      'nslookup',
      'getent',
      'traceroute',
      'tracepath',
      'mtr',
      'whois',
      'drill',
      'nmap',
      'arping',
      'resolvectl',
      'avahi-resolve',
    ],
    files: [],
    output: [],
    values: /^-[cwWiIsptfF]$/,
  },
];

const byProgram = new Map(senders.flatMap((sender) => sender.programs.map((program) => [program, sender] as const)));

/** Programs of this list that only reach out with some of their sub-commands. */
const mayBeLocal = /^(?:openssl|docker|getent|logger|gh|qrencode|xclip|xsel|pbcopy|wl-copy)$/;

/** Judges a program that reaches out of the machine: unsure at least, and a block when what it sends is a secret. */
export function judgeSender(
  shell: Shell,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow | undefined {
  const sender = byProgram.get(invocation.program);
  if (!sender) return undefined;
  const { program, args, span } = invocation;
  const carried = mixTaints(
    ...args.map(({ pieces }) => taintOf(pieces)),
    sender.inputSent ? context.stdin : { secret: false, network: false },
  );
  let secret = carried.secret;
  const before = (path: string, from: Parameters<typeof judgeRead>[2]) => judgeRead(shell.report, path, from);
  for (const [option, value] of optionValues(args, sender)) {
    const rule = sender.files.find((each) => each.option.test(option));
    if (rule) {
      const file = sentFile(value, rule.mark);
      if (file && constantOf(file) === '-') secret ||= context.stdin.secret;
      else if (file)
        secret = judgeField(shell, file, state, context, before).some((secrecy) => secrecy !== undefined) || secret;
    }
    if (sender.output.includes(option)) writeFetched(shell, value, state, context);
  }
  secret ||= sender.operandsSent === true && sentOperands(shell, invocation, sender, state, context);
  const hosts = reportHosts(shell, invocation, sender, context);
  if (secret) shell.report.harm('secrets.sent', say('{0} sends a secret out of the machine', program), span);
  if (
    /^(?:nc|ncat|netcat)$/.test(program) &&
    args.some((field) => /^-[a-z]*[ec]$|^--(?:exec|sh-exec|lua-exec)/.test(constantOf(field) ?? ''))
  )
    shell.report.harm('network.reverse-shell', say('{0} gives a shell to whoever answers', program), span);
  if (program === 'socat' && args.some((field) => /\b(?:exec|system)\b:/i.test(describeField(field))) && hosts)
    shell.report.harm('network.reverse-shell', say('{0} gives a shell to whoever answers', program), span);
  downloads(shell, invocation, state);
  shell.doubt(
    'network.reach',
    mayBeLocal.test(program)
      ? say('{0} may reach out of the machine', program)
      : say('{0} reaches out of the machine', program),
    span,
  );
  return { ...someFlow, secret: false, network: sender.fetches === true };
}

/** Option and value, however they are written: `-d x`, `-dx`, `--data=x`. */
function optionValues(args: readonly Field[], sender: Sender): readonly (readonly [string, Field])[] {
  const found: (readonly [string, Field])[] = [];
  for (const [index, field] of args.entries()) {
    const [first, ...rest] = field.pieces;
    if (first?.type !== 'text' || !first.text.startsWith('-')) continue;
    const long = /^(--[\w-]+)=/.exec(first.text);
    const next = args[index + 1];
    if (long) found.push([long[1] ?? '', { ...field, pieces: [textPiece(first.text.slice(long[0].length)), ...rest] }]);
    else if (first.text.startsWith('--')) {
      // Abbreviations of long options are taken by several of these programs.
      if (next) found.push([first.text, next]);
    } else {
      for (let at = 1; at < first.text.length; at += 1) {
        const option = `-${first.text[at]}`;
        if (!sender.values.test(option)) continue;
        if (at + 1 < first.text.length || rest.length > 0)
          found.push([option, { ...field, pieces: [textPiece(first.text.slice(at + 1)), ...rest] }]);
        else if (next) found.push([option, next]);
        break;
      }
    }
  }
  return found;
}

/** The file a value names: `@file`, `name@file`, `name=@file`, `file`. */
function sentFile(value: Field, mark: RegExp): Field | undefined {
  const [first, ...rest] = value.pieces;
  if (first?.type !== 'text') return undefined;
  const match = mark.exec(first.text);
  if (!match) return undefined;
  const name = first.text.slice(match.index + match[0].length).replace(/;.*$/, '');
  if (mark.source === '^(?:[^=]*=)?@|^[^=]*$' && !match[0].endsWith('@')) return undefined;
  return { ...value, pieces: [textPiece(name), ...rest] };
}

function sentOperands(
  shell: Shell,
  { args }: Invocation,
  sender: Sender,
  state: ShellState,
  context: Context,
): boolean {
  let secret = false;
  for (const [index, field] of args.entries()) {
    const text = constantOf(field);
    // These programs name what they work on by option; a value of one is no file that is sent.
    if (index > 0 && sender.named && /^--\w/.test(constantOf(args[index - 1] as Field) ?? '')) continue;
    if (text?.startsWith('-') || (index > 0 && sender.values.test(constantOf(args[index - 1] as Field) ?? '')))
      continue;
    if (text !== undefined && (/^[^/]*:/.test(text) || !/[./~]/.test(text))) continue;
    if (text === undefined) continue;
    secret =
      judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from)).some(
        (secrecy) => secrecy !== undefined,
      ) || secret;
  }
  return secret;
}

function writeFetched(shell: Shell, value: Field, state: ShellState, context: Context): void {
  const text = constantOf(value);
  if (text === '-' || text === '/dev/null' || text === '/dev/stdout') return;
  judgeField(
    shell,
    value,
    state,
    context,
    (path, from) => {
      const at = judgeWrite(shell.report, path, from, 'replace');
      if (at) shell.report.changes.write(at.real, { text: undefined, network: true });
      shell.fetched.add(foldPath(path));
    },
    'write',
  );
}

/** `curl -O url` and `wget url` write a file named like the end of the URL. */
function downloads(shell: Shell, { program, args }: Invocation, state: ShellState): void {
  const texts = args.map((field) => constantOf(field) ?? '');
  const named = texts.some((text) => /^-[a-zA-Z]*O$|^--remote-name(?:-all)?$/.test(text)) && program === 'curl';
  if (!named && program !== 'wget') return;
  for (const text of texts) {
    const name = /^[a-z]+:\/\/[^?#]*\/([^/?#]+)/i.exec(text)?.[1];
    if (name && state.cwd)
      for (const folder of state.cwd) {
        const path = foldPath(`${folder}/${name}`);
        shell.fetched.add(path);
        shell.report.changes.write(path, { text: undefined, network: true });
      }
  }
}

/** Reports where it goes to. @returns whether any destination is known. */
function reportHosts(shell: Shell, { args, span, program }: Invocation, sender: Sender, context: Context): boolean {
  let any = false;
  for (const [index, field] of args.entries()) {
    const text = constantOf(field);
    if (text === undefined || text.startsWith('-')) continue;
    if (index > 0 && sender.values.test(constantOf(args[index - 1] as Field) ?? '')) continue;
    const destination = parseDestination(text);
    if (!destination) continue;
    any = true;
    shell.report.effect(
      sender.fetches ? 'fetch' : 'send',
      { type: 'host', ...destination },
      field.span,
      context.certainty,
    );
    if (isMetadataHost(destination.host))
      shell.report.harm(
        'network.metadata',
        say('{0} gives out the credentials of the machine', destination.host),
        field.span,
      );
  }
  if (!any) shell.report.effect('send', { type: 'unknown', what: program }, span, context.certainty);
  return any;
}
