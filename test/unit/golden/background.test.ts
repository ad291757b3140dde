import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { golden } from './harness';

suite('golden: commands in the background', function () {
  this.timeout(20_000);

  test('a server is started, listened to, used and ended; another is ended with the session', () =>
    golden(
      'background',
      {
        mode: 'skip',
        script: () => [
          message(
            toolUse('Bash', {
              command: 'echo ready; until [ -e stop ]; do sleep 0.02; done; echo bye',
              run_in_background: true,
            }),
          ),
          message(
            toolUse('Bash', {
              command: "trap '' TERM; echo stubborn; while :; do sleep 0.1; done",
              run_in_background: true,
            }),
          ),
          message(toolUse('Bash', { command: 'sleep 1' })),
          message(toolUse('BashOutput', { bash_id: 'bash_1' }), toolUse('BashOutput', { bash_id: 'bash_9' })),
          message(toolUse('Bash', { command: 'touch stop; sleep 2' })),
          message(
            toolUse('BashOutput', { bash_id: 'bash_1' }),
            toolUse('BashOutput', {}),
            toolUse('KillShell', { shell_id: 'bash_2' }),
          ),
          message(
            toolUse('Bash', { command: 'sleep 600', run_in_background: true }),
            toolUse('KillShell', { shell_id: 'bash_1' }),
          ),
          message(text('One still runs.')),
        ],
      },
      async ({ session, ws }) => {
        await session.send('Start it.');
        assert.ok(existsSync(`${ws}/stop`));
        assert.ok(
          session.events.some((event) => event.type === 'job' && event.job === 'bash_3' && event.state === 'running'),
        );
      },
    ));
});
