import { strict as assert } from 'node:assert';
import { noPast } from '../../../../../src/core/gate/analysis/changes';
import { judge, place, virtual } from './analysisWorld';

const said = (tool: string, input: unknown, secret?: string): string => {
  const { answer, decisive } = judge(tool, input, virtual, place, { ...noPast, secret });
  return `${answer} ${decisive.rule}`;
};

suite('web tools', () => {
  test('WebFetch may ask documentation and this machine', () => {
    assert.match(said('WebFetch', { url: 'https://docs.python.org/3/', prompt: 'what is new' }), /^allow /);
    assert.match(said('WebFetch', { url: 'http://localhost:3000/' }), /^allow /);
    assert.equal(said('WebFetch', { url: 'https://example.com/' }), 'unsure network.reach');
    assert.equal(said('WebFetch', { url: 'https://docs.python.org/3/' }, '.env'), 'unsure secrets.session');
  });

  test('WebFetch reads no files', () => {
    assert.equal(said('WebFetch', { url: 'file:///home/me/ws/README.md' }), 'unsure network.scheme');
    assert.equal(said('WebFetch', { url: 'file:///home/me/.ssh/id%5frsa' }), 'block secrets.store');
    assert.equal(said('WebFetch', { url: 'data:text/html,x' }), 'unsure network.address');
  });

  test('what is not understood is doubtful', () => {
    assert.equal(said('WebFetch', {}), 'unsure tool.input');
    assert.equal(said('WebFetch', null), 'unsure tool.input');
    assert.equal(said('WebFetch', { url: ['https://docs.python.org/'] }), 'unsure tool.input');
    assert.equal(said('WebFetch', { url: 'https://docs.python.org/', headers: {} }), 'unsure tool.input');
    assert.equal(said('WebFetch', { url: 'https://docs.python.org/\u200b' }), 'unsure hygiene.invisible');
    assert.equal(said('WebSearch', { query: '' }), 'unsure tool.input');
    assert.equal(said('WebSearch', { query: 'x', site: 'y' }), 'unsure tool.input');
  });

  test('WebSearch asks a question and nothing else', () => {
    assert.match(said('WebSearch', { query: 'typescript satisfies operator', allowed_domains: ['x.dev'] }), /^allow /);
    assert.equal(said('WebSearch', { query: 'typescript' }, '.env'), 'unsure secrets.session');
    assert.equal(said('WebSearch', { query: 'word '.repeat(120) }), 'unsure network.payload');
    assert.equal(said('WebSearch', { query: 'aGVsbG8gd29ybGQgdGhpcyBpcyBhIHNlY3JldA' }), 'unsure network.payload');
    assert.equal(said('WebSearch', { query: 'ghp_abcdefghijklmnopqrstuvwxyz012345' }), 'block secrets.sent');
  });
});
