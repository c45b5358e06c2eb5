// Generations with a model, whole and as events, against the real program and the mock server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkAnswer, checkSchema } from './support/contract.mjs';
import { startMockLlm, startServer } from './support/server.mjs';

const announcement =
  'Tidewater Labs raised $12 million in a Series A round led by Northlight Ventures, with ' +
  'participation from Alder Capital. — “We count waves”, said founder Zoë Lindqvist. 🌊';
const path = '/api/generate';
const schemaOf = {
  stage: 'StageEvent', node: 'Node', edge: 'Edge', warning: 'Warning',
  done: 'GenerateResult', error: 'Problem',
};

let mock;
let server;
before(async () => {
  mock = await startMockLlm();
  server = await startServer({
    OPENAI_BASE_URL: mock.url, OPENAI_API_KEY: 'sk-any', MODEL_PRICES: 'gpt-4o-mini=0.15/0.60' });
});
after(async () => {
  assert.equal(await server?.stop(), 'ended with 0');
  assert.equal(await mock?.stop(), 'ended with 0');
});

/** Starts a server of one test whose model calls go wrong as `fault` says. */
async function withFault(fault, check, environment = {}) {
  const broken = await startMockLlm(...(fault ? ['--fault', fault] : []));
  const other = await startServer({
    OPENAI_BASE_URL: broken.url, OPENAI_API_KEY: 'sk-any', ...environment });
  try {
    await check(other.url);
  } finally {
    await other.stop();
    await broken.stop();
  }
}

function send(url, body, accept = 'application/json') {
  const headers = { 'Content-Type': 'application/json', Accept: accept };
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** The answer as JSON, checked against the contract. */
async function generate(url, status, body = { input: announcement }) {
  const response = await send(url, body);
  const answer = await checkAnswer('POST', path, response);
  assert.equal(response.status, status, JSON.stringify(answer));
  return answer;
}

/** The events of a stream as { id, event, data }, each checked against its schema. */
function readEvents(text) {
  assert.ok(text.endsWith('\n\n'), 'the last event is whole');
  const blocks = text.split('\n\n').filter((block) => block && !block.startsWith(':'));
  return blocks.map((block) => {
    const fields = Object.fromEntries(block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }));
    const data = JSON.parse(fields.data);
    assert.ok(schemaOf[fields.event], `${fields.event} is documented`);
    checkSchema(schemaOf[fields.event], data, fields.event);
    return { id: Number(fields.id), event: fields.event, data };
  });
}

async function generateLive(url, body = { input: announcement }) {
  const response = await send(url, body, 'text/event-stream');
  const text = await checkAnswer('POST', path, response);
  assert.equal(response.status, 200, text);
  assert.match(response.headers.get('Content-Type'), /^text\/event-stream/);
  return readEvents(text);
}

test('a model answers, and says how', async () => {
  const { graph, meta } = await generate(server.url, 200);
  assert.equal(meta.engine, 'llm');
  assert.equal(meta.model, 'gpt-4o-mini');
  assert.equal(meta.answer_form, 'strict_schema');
  assert.ok(meta.token_count > 0 && meta.cost_usd > 0, JSON.stringify(meta));
  assert.equal(meta.coverage.chunks, 1);
  assert.equal(meta.coverage.chars_read, meta.input_chars);
  assert.ok(graph.edges.some((edge) => edge.relationship === 'LED'));
});

test('the rules engine leaves the members of a model empty', async () => {
  const { meta } = await generate(server.url, 200, { input: announcement, engine: 'rules' });
  for (const name of ['model', 'prompt_version', 'answer_form', 'coverage']) {
    assert.equal(meta[name], null, name);
  }
});

for (const engine of ['llm', 'rules']) {
  test(`events of the ${engine} engine are numbered and end with the whole answer`, async () => {
    const events = await generateLive(server.url, { input: announcement, engine });
    events.forEach(({ id }, index) => assert.equal(id, index + 1));
    const last = events.at(-1);
    assert.equal(last.event, 'done');
    assert.equal(events.filter(({ event }) => ['done', 'error'].includes(event)).length, 1);
    assert.equal(events[0].event, 'stage');

    const shown = new Map();
    const edges = [];
    for (const { event, data } of events) {
      if (event === 'node') shown.set(data.id, data);
      if (event !== 'edge') continue;
      assert.ok(shown.has(data.source) && shown.has(data.target), 'both ends came before');
      edges.push(data);
    }
    const { graph, meta } = last.data;
    assert.equal(meta.engine, engine);
    assert.deepEqual([...shown.values()], graph.nodes);
    for (const edge of edges) {
      assert.ok(graph.edges.some((kept) => JSON.stringify(kept) === JSON.stringify(edge)));
    }
  });
}

test('what is wrong with a request keeps its status where events are accepted', async () => {
  const response = await send(server.url, { input: 'short' }, 'text/event-stream');
  const problem = await checkAnswer('POST', path, response);
  assert.equal(response.status, 400);
  assert.equal(problem.error, 'input_too_short');
});

test('a lesser form of answers is told', async () => {
  await withFault('no-schema', async (url) => {
    assert.equal((await generate(url, 200)).meta.answer_form, 'json_object');
  });
});

const failures = [
  ['a server that has trouble', 'status=500', 503, 'model_unavailable'],
  ['a missing model', 'status=404', 503, 'model_not_found'],
  ['a page of HTML', 'html', 503, 'model_malformed_answer'],
  ['a refusal', 'refusal', 400, 'model_refused'],
];
for (const [what, fault, status, reason] of failures) {
  test(`${what} is ${reason}, as JSON and as events`, async () => {
    await withFault(fault, async (url) => {
      const problem = await generate(url, status);
      assert.equal(problem.reason, reason);
      const events = await generateLive(url);
      assert.equal(events.at(-1).event, 'error');
      assert.equal(events.at(-1).data.reason, reason);
      assert.equal(events.at(-1).data.status, status);
    });
  });
}

const keys = [['sk-bad-one', 'model_key_refused'], ['sk-broke-one', 'model_quota_exhausted']];
for (const [key, reason] of keys) {
  test(`the operator's key ${key} is ${reason} and is not told`, async () => {
    await withFault('', async (url) => {
      const problem = await generate(url, 503);
      assert.equal(problem.reason, reason);
      assert.ok(!JSON.stringify(problem).includes(key));
    }, { OPENAI_API_KEY: key });
  });
}
