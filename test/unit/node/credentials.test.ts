import assert from 'node:assert/strict';
import { english } from '../../../src/core/say';
import { type CredentialSources, resolveCredentials } from '../../../src/node/credentials';

const none: CredentialSources = { stored: undefined, env: {}, settingBaseUrl: undefined, customHeaders: {} };
const fullEnv = {
  ANTHROPIC_API_KEY: 'sk-env',
  ANTHROPIC_BASE_URL: 'https://env.example.com/',
  ANTHROPIC_CUSTOM_HEADERS: 'X-Env: one\n\n X-Two : b: c \n',
};
const refused = (sources: Partial<CredentialSources>): string => {
  const resolved = resolveCredentials({ ...none, ...sources });
  assert.ok(!resolved.ok, JSON.stringify(resolved));
  return english(resolved.said);
};

suite('credentials', () => {
  test('A stored key goes with the settings and takes nothing from the environment.', () => {
    const settings = { settingBaseUrl: 'https://set.example.com/v2/', customHeaders: { 'X-Set': 'two' } };
    assert.deepEqual(resolveCredentials({ stored: ' sk-stored ', env: fullEnv, ...settings }), {
      ...{ ok: true, kind: 'stored', apiKey: 'sk-stored', baseURL: 'https://set.example.com/v2' },
      headers: { 'X-Set': 'two' },
    });
  });

  test('A stored key without a base URL setting goes to the default, whatever the environment says.', () => {
    assert.deepEqual(resolveCredentials({ ...none, stored: 'sk-stored', env: fullEnv }), {
      ...{ ok: true, kind: 'stored', apiKey: 'sk-stored', headers: {} },
    });
  });

  test('Without a stored key everything comes from the environment and nothing from the settings.', () => {
    const settings = { settingBaseUrl: 'https://set.example.com', customHeaders: { 'X-Set': 'two' } };
    assert.deepEqual(resolveCredentials({ stored: undefined, env: fullEnv, ...settings }), {
      ...{ ok: true, kind: 'environment', apiKey: 'sk-env', baseURL: 'https://env.example.com' },
      headers: { 'X-Env': 'one', 'X-Two': 'b: c' },
    });
  });

  test('A token of the environment is used when there is no key, and a key wins over it.', () => {
    const env = { ANTHROPIC_AUTH_TOKEN: 'token' };
    assert.deepEqual(resolveCredentials({ ...none, env }), {
      ok: true,
      kind: 'environment',
      authToken: 'token',
      headers: {},
    });
    const both = resolveCredentials({ ...none, env: { ...env, ANTHROPIC_API_KEY: 'sk-env' } });
    assert.deepEqual(both, { ok: true, kind: 'environment', apiKey: 'sk-env', headers: {} });
  });

  for (const stored of [undefined, '', '  '])
    test(`A stored key of ${JSON.stringify(stored)} and an empty environment is refused with how to set one.`, () => {
      assert.match(refused({ stored, env: { ANTHROPIC_BASE_URL: 'https://example.com' } }), /Set API Key/);
    });

  for (const url of [
    'https://example.com',
    'http://localhost:8080',
    'http://127.0.0.1:1234/v1',
    'http://[::1]:5',
    'http://2130706433',
  ])
    test(`The base URL ${url} is accepted.`, () => {
      assert.ok(resolveCredentials({ ...none, stored: 'sk-stored', settingBaseUrl: url }).ok);
    });

  const badUrls: [string, RegExp][] = [
    ['http://example.com', /https:\/\//],
    ['http://127.0.0.1.example.com', /https:\/\//],
    ['http://localhost.example.com', /https:\/\//],
    ['http://0.0.0.0', /https:\/\//],
    ['file:///etc/passwd', /https:\/\//],
    ['example.com', /not a URL/],
    ['https://user:pass@example.com', /password/],
    ['https://example.com/?key=1', /query/],
  ];
  for (const [url, words] of badUrls)
    test(`The base URL ${url} is refused, from the setting and from the environment.`, () => {
      const fromSetting = refused({ stored: 'sk-stored', settingBaseUrl: url });
      assert.match(fromSetting, words);
      assert.match(fromSetting, /claudeCode\.api\.baseUrl/);
      const fromEnv = refused({ env: { ANTHROPIC_API_KEY: 'sk-env', ANTHROPIC_BASE_URL: url } });
      assert.match(fromEnv, words);
      assert.match(fromEnv, /ANTHROPIC_BASE_URL/);
    });

  const badHeaders: [Record<string, string>, RegExp][] = [
    [{ Authorization: 'Bearer x' }, /may not set the header “Authorization”/],
    [{ 'X-API-KEY': 'x' }, /may not set the header “X-API-KEY”/],
    [{ Host: 'x' }, /may not set/],
    [{ 'a b': 'x' }, /not the name of a header/],
    [{ '': 'x' }, /not the name of a header/],
    [{ 'x-a': 'secret\r\nx-b: c' }, /cannot carry/],
    [{ 'x-a': 7 as unknown as string }, /cannot carry/],
  ];
  for (const [customHeaders, words] of badHeaders)
    test(`The headers ${JSON.stringify(customHeaders)} are refused without their value in the text.`, () => {
      const said = refused({ stored: 'sk-stored', customHeaders });
      assert.match(said, words);
      assert.ok(!said.includes('secret') && !said.includes('Bearer'));
    });

  test('Headers of the environment are checked in the same way.', () => {
    const env = (lines: string): Partial<CredentialSources> => ({
      env: { ANTHROPIC_API_KEY: 'sk-env', ANTHROPIC_CUSTOM_HEADERS: lines },
    });
    assert.match(refused(env('no colon here')), /Name: value/);
    assert.match(refused(env('x-api-key: sk-other')), /ANTHROPIC_CUSTOM_HEADERS may not set/);
  });

  test('A key that no header can carry is refused before it is sent anywhere, and is not in the text.', () => {
    assert.match(refused({ stored: 'sk-one\nsk-two' }), /Set it again/);
    assert.ok(!refused({ env: { ANTHROPIC_API_KEY: 'sk-ü' } }).includes('sk-ü'));
  });
});
