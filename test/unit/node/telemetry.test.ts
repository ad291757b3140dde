import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DecisionRecord } from '../../../src/core/gate/record';
import { callId } from '../../../src/core/ids';
import { createTelemetry } from '../../../src/node/telemetry';

const record: DecisionRecord = {
  version: 1,
  id: 'd1',
  at: '2026-03-01T10:00:00.000Z',
  callId: callId('c1'),
  tool: 'Bash',
  title: 'Bash: cat customers.csv',
  input: { command: 'cat customers.csv' },
  cwd: '/home/ada/project-x',
  mode: 'normal',
  decision: 'ask',
  outcome: 'denied',
  step: 'ask-rule',
  rule: 'Bash(cat customers:*)',
  reason: 'your ask rule covers customers.csv',
  source: 'user settings',
  effects: ['read /home/ada/project-x/customers.csv', 'execute cat'],
  evidence: [],
  proof: [],
  shadow: 'ask',
  person: 'deny',
  hash: 'h',
  cost: { micros: 42, model: undefined, modelMs: 0, usage: undefined },
};

suite('OpenTelemetry', () => {
  let server: Server;
  let bodies: { readonly url: string | undefined; readonly key: unknown; readonly text: string }[];
  let status: number;
  const warnings: string[] = [];
  const quiet = (): void => {};
  const logger = { debug: quiet, info: quiet, error: quiet, warn: (text: string) => void warnings.push(text) };
  const names = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_SERVICE_NAME'] as const;
  const before = names.map((name) => process.env[name]);

  setup(async () => {
    bodies = [];
    warnings.length = 0;
    status = 200;
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const { headers, url } = request;
        bodies.push({ url, key: headers['x-collector-key'], text: Buffer.concat(chunks).toString() });
        response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env['OTEL_EXPORTER_OTLP_HEADERS'] = 'x-collector-key=abc';
    process.env['OTEL_SERVICE_NAME'] = 'agents-of-team-x';
  });
  teardown(async () => {
    for (const [at, name] of names.entries()) {
      const value = before[at];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('nobody is told where nobody asked for it', () => {
    for (const environment of [
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
      { OTEL_LOGS_EXPORTER: 'none' },
      { OTEL_LOGS_EXPORTER: 'otlp', OTEL_SDK_DISABLED: 'true' },
    ])
      assert.equal(createTelemetry(environment, logger), undefined, JSON.stringify(environment));
  });

  test('a decision reaches the collector that the standard variables name, without the call itself', async () => {
    const telemetry = createTelemetry({ OTEL_LOGS_EXPORTER: 'otlp' }, logger);
    assert.ok(telemetry);
    telemetry.note(record);
    telemetry.note({ ...record, outcome: 'allowed', step: 'mode', rule: 'normal.look', source: 'built-in' });
    await telemetry.dispose();
    assert.equal(bodies.length, 1);
    const [{ key, text, url } = { key: '', text: '', url: '' }] = bodies;
    assert.equal(url, '/v1/logs');
    assert.equal(key, 'abc');
    for (const part of ['agents-of-team-x', 'gatehouse.decision', '"normal.look"', '"denied"', '"execute,read"'])
      assert.ok(text.includes(part), `${part} is missing in ${text}`);
    for (const part of ['customers', 'ada', 'project-x', 'cat '])
      assert.ok(!text.includes(part), `${part} left the machine in ${text}`);
  });

  test('a collector that refuses is named in the log and nothing else happens', async () => {
    status = 400;
    const telemetry = createTelemetry({ OTEL_LOGS_EXPORTER: 'otlp' }, logger);
    telemetry?.note(record);
    await telemetry?.dispose();
    assert.equal(warnings.length, 1, warnings.join('\n'));
    assert.match(warnings[0] ?? '', /decisions are not sent to OpenTelemetry/);
  });
});
