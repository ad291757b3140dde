import assert from 'node:assert/strict';
import { systemPrompt } from '../../../../src/core/agent/systemPrompt';
import { createRegistry } from '../../../../src/core/tools/registry';
import { requestBody } from '../../../../src/node/anthropic/requestBody';

suite('the first request', () => {
  test('stays small: what every turn of every session begins with', () => {
    const registry = createRegistry();
    const prompt = {
      platform: 'linux',
      date: '2026-03-01',
      workspace: ['/home/me/ws'],
      cwd: '/home/me/ws',
      git: true,
      instructions: [],
    };
    const body = requestBody({
      model: 'claude-sonnet-4-6',
      system: systemPrompt(prompt, registry.names),
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
      tools: registry.specs(),
      maxTokens: 32_000,
      thinking: true,
    });
    const bytes = Buffer.byteLength(JSON.stringify(body));
    assert.ok(bytes < 30_000, `${bytes} bytes`);
    for (const { description, name } of registry.specs()) assert.ok(description.length < 600, name);
  });
});
