// The official client, as it comes from its registry, against `graphrail mock-llm`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI, { AzureOpenAI } from 'openai';
import { ContentFilterFinishReasonError, LengthFinishReasonError } from 'openai/error';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { startMockLlm } from './support/server.mjs';

const announcement =
  'Tidewater Labs raised $12 million in a Series A round led by Northlight Ventures, with ' +
  'participation from Alder Capital, said founder Zoë Lindqvist. 🌊';

const Graph = z.object({
  nodes: z.array(z.object({
    id: z.string(),
    label: z.string(),
    type: z.enum(['Investor', 'Project', 'Round', 'Narrative', 'Person']),
    aliases: z.array(z.string()),
    properties: z.array(z.object({ name: z.string(), value: z.string() })),
  })),
  edges: z.array(z.object({
    source: z.string(),
    target: z.string(),
    relationship: z.string(),
    evidence: z.array(z.string()),
  })),
});

let mock;
before(async () => { mock = await startMockLlm(); });
after(async () => { assert.equal(await mock?.stop(), 'ended with 0'); });

/** A client that counts what it really sends. */
function makeClient(options = {}) {
  let sent = 0;
  const countingFetch = (...request) => { ++sent; return fetch(...request); };
  const client = new OpenAI({
    apiKey: 'sk-test', baseURL: mock.url, maxRetries: 0, fetch: countingFetch, ...options });
  return Object.assign(client, { sent: () => sent });
}

function asking(more = {}) {
  return { model: 'gpt-4o-mini', messages: [{ role: 'user', content: announcement }], ...more };
}

const asGraph = { response_format: zodResponseFormat(Graph, 'graph') };
const failing = (fault) => ({ headers: { 'X-Mock-Fault': fault } });

function checkGraph(graph) {
  const labels = graph.nodes.map((node) => node.label);
  for (const label of ['Tidewater Labs', 'Northlight Ventures', 'Alder Capital']) {
    assert.ok(labels.includes(label), `${label} in ${labels}`);
  }
  for (const edge of graph.edges) {
    for (const quote of edge.evidence) assert.ok(announcement.includes(quote), quote);
  }
}

test('models are listed and found', async () => {
  const client = makeClient();
  const ids = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes('gpt-4o-mini'), ids.join());
  assert.equal((await client.models.retrieve('anything')).object, 'model');
});

test('a completion comes whole, with its counts and the id of its request', async () => {
  const completion = await makeClient().chat.completions.create(asking());
  assert.match(completion.id, /^chatcmpl-/);
  assert.match(completion._request_id, /^[0-9a-f]{32}$/);
  const [choice] = completion.choices;
  assert.equal(choice.finish_reason, 'stop');
  assert.equal(choice.message.role, 'assistant');
  assert.equal(choice.message.refusal, null);
  const { prompt_tokens: prompt, completion_tokens: answer, total_tokens: total } =
    completion.usage;
  assert.equal(prompt, Math.ceil(Buffer.byteLength(announcement) / 4));
  assert.equal(answer, Math.ceil(Buffer.byteLength(choice.message.content) / 4));
  assert.equal(total, prompt + answer);
});

test('a stream carries the same content in pieces, then the counts', async () => {
  const client = makeClient();
  const whole = await client.chat.completions.create(asking(asGraph));
  const stream = await client.chat.completions.create(
    asking({ ...asGraph, stream: true, stream_options: { include_usage: true } }));
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  assert.equal(chunks[0].choices[0].delta.role, 'assistant');
  const pieces = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '');
  assert.equal(pieces.join(''), whole.choices[0].message.content);
  assert.ok(pieces.every((piece) => Buffer.byteLength(piece) <= 24));
  assert.equal(chunks.at(-2).choices[0].finish_reason, 'stop');
  assert.deepEqual(chunks.at(-1).choices, []);
  assert.deepEqual(chunks.at(-1).usage, whole.usage);
});

test('structured outputs are parsed into the schema', async () => {
  const completion = await makeClient().chat.completions.parse(asking(asGraph));
  checkGraph(completion.choices[0].message.parsed);
});

test('structured outputs stream through the client\'s own assembler', async () => {
  const stream = makeClient().chat.completions.stream(asking(asGraph));
  let deltas = 0;
  stream.on('content.delta', () => { ++deltas; });
  const completion = await stream.finalChatCompletion();
  assert.ok(deltas > 10, `${deltas} deltas`);
  checkGraph(completion.choices[0].message.parsed);
});

test('any other schema gets an instance of it', async () => {
  const Tree = z.object({
    kind: z.enum(['leaf', 'branch']),
    size: z.number().int(),
    note: z.string().nullable(),
    children: z.array(z.object({ name: z.string() })),
    nested: z.object({ ok: z.boolean() }),
  });
  const completion = await makeClient().chat.completions.parse(
    asking({ response_format: zodResponseFormat(Tree, 'tree') }));
  assert.equal(completion.choices[0].message.parsed.kind, 'leaf');
});

test('a schema that strict mode does not take is refused', async () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const request = makeClient().chat.completions.create(asking({
    response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema } } }));
  await assert.rejects(request, (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'response_format');
    assert.match(error.message, /additionalProperties/);
    return true;
  });
});

test('keys are refused with typed errors', async () => {
  const bad = makeClient({ apiKey: 'sk-bad', maxRetries: 2 });
  await assert.rejects(bad.models.list(), (error) => {
    assert.ok(error instanceof OpenAI.AuthenticationError);
    assert.equal(error.code, 'invalid_api_key');
    return true;
  });
  assert.equal(bad.sent(), 1);

  // The client does not tell a lack of credit from too many requests: it tries again.
  const broke = makeClient({ apiKey: 'sk-broke', maxRetries: 1 });
  await assert.rejects(broke.chat.completions.create(asking()), (error) => {
    assert.ok(error instanceof OpenAI.RateLimitError);
    assert.equal(error.code, 'insufficient_quota');
    return true;
  });
  assert.equal(broke.sent(), 2);
});

test('each status is the error that the client has for it', async () => {
  const types = {
    400: OpenAI.BadRequestError,
    401: OpenAI.AuthenticationError,
    403: OpenAI.PermissionDeniedError,
    404: OpenAI.NotFoundError,
    409: OpenAI.ConflictError,
    422: OpenAI.UnprocessableEntityError,
    429: OpenAI.RateLimitError,
    500: OpenAI.InternalServerError,
    503: OpenAI.InternalServerError,
  };
  const client = makeClient();
  for (const [status, type] of Object.entries(types)) {
    const request = client.chat.completions.create(asking(), failing(`status=${status}`));
    await assert.rejects(request, (error) => {
      assert.ok(error instanceof type, `${status}: ${error}`);
      assert.equal(error.status, Number(status));
      assert.ok(error.error.message, 'the error object was read');
      return true;
    });
  }
});

test('a failure that passes is tried again, after the time the server asks for', async () => {
  // The client's own first back-off is half a second at most.
  const hints = { 'status=500,times=1,retry-after-ms=700': 700,
    'status=429,times=1,retry-after=1': 1000 };
  for (const [fault, leastMs] of Object.entries(hints)) {
    const client = makeClient({ maxRetries: 2 });
    const started = performance.now();
    const completion = await client.chat.completions.create(asking(), failing(fault));
    assert.ok(performance.now() - started >= leastMs - 1, fault);
    assert.equal(completion.choices[0].finish_reason, 'stop');
    assert.equal(client.sent(), 2);
  }
});

test('a failure that stays ends after the tries', async () => {
  const client = makeClient({ maxRetries: 2 });
  await assert.rejects(
    client.chat.completions.create(asking(), failing('status=503,retry-after-ms=1')),
    OpenAI.InternalServerError);
  assert.equal(client.sent(), 3);
});

test('a refusal and a cut answer are told apart', async () => {
  const client = makeClient();
  const refused = await client.chat.completions.parse(asking(asGraph), failing('refusal'));
  assert.ok(refused.choices[0].message.refusal);
  assert.equal(refused.choices[0].message.parsed, null);
  await assert.rejects(client.chat.completions.parse(asking(asGraph), failing('length=100')),
    LengthFinishReasonError);
  await assert.rejects(client.chat.completions.parse(asking(asGraph), failing('filter')),
    ContentFilterFinishReasonError);
  const short = await client.chat.completions.create(asking({ max_completion_tokens: 3 }));
  assert.equal(short.choices[0].finish_reason, 'length');
  assert.equal(Buffer.byteLength(short.choices[0].message.content), 12);
});

test('a stream that breaks or fails midway throws', async () => {
  const client = makeClient();
  const read = async (fault) => {
    let content = '';
    const stream = await client.chat.completions.create(
      asking({ ...asGraph, stream: true }), failing(fault));
    for await (const chunk of stream) content += chunk.choices[0]?.delta.content ?? '';
    return content;
  };
  await assert.rejects(read('cut=200'));
  await assert.rejects(read('error=stream'), OpenAI.APIError);
  assert.ok((await read('drip=1')).endsWith('}'));
});

test('answers that are not what was asked for', async () => {
  const client = makeClient();
  await assert.rejects(client.chat.completions.parse(asking(asGraph), failing('json=wrong')));
  await assert.rejects(client.chat.completions.parse(asking(asGraph), failing('schema=wrong')));
  const inside = await client.chat.completions.create(asking(), failing('error=200'));
  assert.ok(inside.error.message);
  assert.equal(inside.choices, undefined);
});

test('a slow server meets the client\'s patience', async () => {
  const client = makeClient({ timeout: 100 });
  await assert.rejects(client.chat.completions.create(asking(), failing('hang')),
    OpenAI.APIConnectionTimeoutError);
  await assert.rejects(client.chat.completions.create(asking(), failing('delay=5000')),
    OpenAI.APIConnectionTimeoutError);
});

test('a stream can be aborted', async () => {
  const client = makeClient();
  const stream = await client.chat.completions.create(
    asking({ ...asGraph, stream: true }), failing('drip=20'));
  let chunks = 0;
  for await (const chunk of stream) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    if (++chunks === 3) stream.controller.abort();
  }
  assert.equal(chunks, 3);
  assert.ok(await client.models.list(), 'the server lives on');
});

test('the Azure client finds its deployment', async () => {
  const client = new AzureOpenAI({
    apiKey: 'azure', apiVersion: '2024-10-21', endpoint: new URL(mock.url).origin, maxRetries: 0 });
  const completion = await client.chat.completions.create(asking());
  assert.equal(completion.model, 'gpt-4o-mini');
  const stream = await client.chat.completions.create(asking({ stream: true }));
  let content = '';
  for await (const chunk of stream) content += chunk.choices[0]?.delta.content ?? '';
  assert.equal(content, completion.choices[0].message.content);
});

test('a server with a fault of its own, and one key', async () => {
  const own = await startMockLlm('--fault', 'status=502,times=1', '--key', 'sk-only');
  try {
    const client = makeClient({ baseURL: own.url, apiKey: 'sk-only' });
    await assert.rejects(client.chat.completions.create(asking()), OpenAI.InternalServerError);
    assert.ok(await client.chat.completions.create(asking()));
    await assert.rejects(makeClient({ baseURL: own.url }).models.list(),
      OpenAI.AuthenticationError);
  } finally {
    assert.equal(await own.stop(), 'ended with 0');
  }
});
