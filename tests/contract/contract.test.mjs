// Every documented answer that can be had from outside, against the real program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkAnswer, documentedAnswers, openapi } from './support/contract.mjs';
import { startServer } from './support/server.mjs';

const announcement =
  'Tidewater Labs raised $12 million in a Series A round led by Northlight Ventures, with ' +
  'participation from Alder Capital. — “We count waves”, said founder Zoë Lindqvist. 🌊';
const unknownSession = '0123456789abcdef0123456789abcdef';

/** Answers that no request can provoke, each with the place that tests it instead. */
const unreachable = {
  'POST /api/generate 503': 'needs a full work queue, or a model: model.test.mjs',
  'POST /api/generate default': 'needs a defect: tests/api/protocol_api_test.cpp',
  'GET /api/generate/session/{id} 503': 'needs a broken store: tests/api/session_api_test.cpp',
  'GET /api/generate/session/{id} default': 'needs a defect',
  'GET /api/generate/session/{id}/source 503':
    'needs a broken store: tests/api/session_api_test.cpp',
  'GET /api/generate/session/{id}/source default': 'needs a defect',
  'GET /api/usage default': 'needs a sign-in: auth.test.mjs',
  'GET /readyz 503': 'needs a stop in progress: tests/api/health_api_test.cpp',
};

let server;
const seen = new Set();
before(async () => { server = await startServer(); });
after(async () => { assert.equal(await server?.stop(), 'ended with 0'); });

/** Sends a request to a documented path, checks the answer, remembers that it was had. */
async function ask(method, path, { id, status, ...init } = {}) {
  const response = await fetch(server.url + path.replace('{id}', id), {
    method, redirect: 'manual', ...init });
  const body = await checkAnswer(method, path, response);
  assert.equal(response.status, status, JSON.stringify(body));
  seen.add(`${method} ${path} ${status}`);
  return { response, body };
}

function generate(status, body, contentType = 'application/json') {
  const text = typeof body === 'object' && !Buffer.isBuffer(body) ? JSON.stringify(body) : body;
  const headers = { 'Content-Type': contentType };
  return ask('POST', '/api/generate', { status, body: text, headers });
}

test('a text becomes a graph that can be read again with its source', async () => {
  const { body: made } = await generate(200, { input: announcement });
  const id = made.meta.session_id;
  const { body: again } = await ask('GET', '/api/generate/session/{id}', { id, status: 200 });
  assert.deepEqual(again, made);
  const path = '/api/generate/session/{id}/source';
  const { body: source } = await ask('GET', path, { id, status: 200 });
  assert.equal(source, announcement);
  assert.equal(made.meta.input_chars, [...announcement].length);
});

test('the graph holds together and quotes its text', async () => {
  const { body: { graph } } = await generate(200, { input: announcement, engine: 'rules' });
  const ids = new Set(graph.nodes.map((node) => node.id));
  assert.equal(ids.size, graph.nodes.length);
  assert.ok(graph.edges.length > 0, 'the announcement names investors');
  for (const edge of graph.edges) {
    assert.ok(ids.has(edge.source) && ids.has(edge.target), JSON.stringify(edge));
    for (const { quote, start, end } of edge.evidence) {
      assert.equal([...announcement].slice(start, end).join(''), quote);
    }
  }
});

const refused = [
  ['an empty body', '', 'invalid_request', { reason: 'empty_body' }],
  ['a body that is not JSON', '{"input":', 'invalid_request', { reason: 'invalid_json' }],
  ['an array', [announcement], 'invalid_request', { reason: 'not_an_object' }],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'invalid_request',
    { reason: 'invalid_utf8' }],
  ['deep nesting', '['.repeat(100_000), 'invalid_request', { reason: 'too_deep' }],
  ['no input', {}, 'invalid_request', { field: 'input', reason: 'missing' }],
  ['an input of another type', { input: 7 }, 'invalid_request',
    { field: 'input', reason: 'wrong_type' }],
  ['a flag of another type', { input: announcement, force_refresh: 'no' }, 'invalid_request',
    { field: 'force_refresh', reason: 'wrong_type' }],
  ['an unknown engine', { input: announcement, engine: 'magic' }, 'invalid_request',
    { field: 'engine', reason: 'not_allowed' }],
  ['a model without a key', { input: announcement, engine: 'llm' }, 'invalid_request',
    { field: 'engine', reason: 'engine_unavailable' }],
  ['an unknown schema', { input: announcement, schema: 'x' }, 'invalid_request',
    { field: 'schema', reason: 'not_allowed' }],
  ['a schema the rules do not know', { input: announcement, schema: 'general' }, 'invalid_request',
    { field: 'schema', reason: 'schema_unsupported' }],
  ['a short text', { input: 'too short' }, 'input_too_short', { field: 'input' }],
  ['an address with a password', { input: 'https://user:word@example.com/' }, 'invalid_url',
    { field: 'input' }],
  ['an address inside the network', { input: 'http://10.0.0.1/news' }, 'scrape_failed',
    { field: 'input', reason: 'unreachable' }],
];
for (const [what, body, error, members] of refused) {
  test(`refuses ${what}`, async () => {
    const { body: problem } = await generate(400, body);
    assert.equal(problem.error, error);
    for (const [name, value] of Object.entries(members)) assert.equal(problem[name], value);
  });
}

test('refuses a text that is too long, and a body that is too large', async () => {
  const { body: long } = await generate(413, { input: 'word '.repeat(80_001) });
  assert.equal(long.error, 'payload_too_large');
  const { body: large } = await generate(413, { input: 'x'.repeat(1024 * 1024) });
  assert.equal(large.error, 'payload_too_large');
});

test('refuses other media types', async () => {
  const { body: problem } = await generate(415, announcement, 'text/plain');
  assert.equal(problem.error, 'unsupported_media_type');
});

for (const path of ['/api/generate/session/{id}', '/api/generate/session/{id}/source']) {
  test(`${path} does not know strange ids`, async () => {
    for (const id of [unknownSession, 'x', unknownSession.toUpperCase(), '..%2f..%2fetc', '%00']) {
      const response = await fetch(server.url + path.replace('{id}', id));
      assert.ok([400, 404].includes(response.status), id);
      await response.arrayBuffer();
    }
    const { body } = await ask('GET', path, { id: unknownSession, status: 404 });
    assert.equal(body.error, 'not_found');
  });
}

test('usage is zero while quotas are off', async () => {
  const { body } = await ask('GET', '/api/usage', { status: 200 });
  const off = { used: 0, limit: 0, reset: 0, remaining: 0, tier: 'anon', metered: false };
  assert.deepEqual(body, off);
});

test('the operator sees health and metrics', async () => {
  const { body: health } = await ask('GET', '/health', { status: 200 });
  assert.equal(health.status, 'ok');
  assert.equal(health.version, openapi.info.version);
  await ask('GET', '/livez', { status: 200 });
  await ask('GET', '/readyz', { status: 200 });
  const { body: metrics } = await ask('GET', '/metrics', { status: 200 });
  assert.match(metrics, /^graphrail_/m);
});

test('the served contract is the one in the tree', async () => {
  const { body } = await ask('GET', '/openapi.json', { status: 200 });
  assert.deepEqual(body, openapi);
});

for (const path of ['/openapi.json', '/docs', '/docs/rapidoc.js']) {
  test(`${path} is sent again only when it changed`, async () => {
    const { response } = await ask('GET', path, { status: 200 });
    const etag = response.headers.get('ETag');
    await ask('GET', path, { status: 304, headers: { 'If-None-Match': etag } });
  });
}

test('the start leads to the documentation', async () => {
  await ask('GET', '/', { status: 302 });
});

test('each path has exactly the documented methods', async () => {
  for (const [path, item] of Object.entries(openapi.paths)) {
    const methods = Object.keys(item).map((method) => method.toUpperCase());
    const expected = new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS']);
    const url = server.url + path.replace('{id}', unknownSession);
    const options = await fetch(url, { method: 'OPTIONS' });
    assert.equal(options.status, 204, path);
    assert.deepEqual(new Set(options.headers.get('Allow').split(/,\s*/)), expected, path);
    const refusal = await fetch(url, { method: 'DELETE' });
    assert.equal(refusal.status, 405, path);
    const problem = await refusal.json();
    assert.equal(problem.error, 'method_not_allowed');
  }
});

test('every documented answer was had, or is known to be out of reach', () => {
  // The answers of a server with limits are in guard.test.mjs.
  const isGuards = (answer) => / \/api\/.* (401|409|422|429)$|^GET \/api\/usage 503$/.test(answer);
  const missing = documentedAnswers()
    .filter((answer) => !seen.has(answer) && !(answer in unreachable) && !isGuards(answer));
  assert.deepEqual(missing, []);
  const stale = Object.keys(unreachable).filter(
    (answer) => seen.has(answer) || !documentedAnswers().includes(answer));
  assert.deepEqual(stale, []);
});
