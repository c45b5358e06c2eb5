// The answers of the guard: who is calling, how much they may, whose key pays.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkAnswer } from './support/contract.mjs';
import { startMockLlm, startServer } from './support/server.mjs';

const announcement =
  'Tidewater Labs raised $12 million in a Series A round led by Northlight Ventures, with ' +
  'participation from Alder Capital.';
const session = '/api/generate/session/{id}';
const unknownSession = '0123456789abcdef0123456789abcdef';
const registry = 'https://iana.org/assignments/http-problem-types';
const dayMs = 86_400_000;

let mock;
before(async () => { mock = await startMockLlm(); });
after(async () => { assert.equal(await mock?.stop(), 'ended with 0'); });

/** Runs `check` against a server with a model and the limits of `environment`. */
async function withServer(environment, check) {
  const server = await startServer({
    OPENAI_BASE_URL: mock.url, OPENAI_API_KEY: 'sk-operator', OWN_KEY_BASE_URL: mock.url,
    QUOTA_ANON: '1/day', QUOTA_BURST: '60/min', QUOTA_ABUSE: '20/min', ...environment,
  });
  try {
    await check((method, path, status, options) => ask(server.url, method, path, status, options));
  } finally {
    assert.equal(await server.stop(), 'ended with 0');
  }
}

/** Sends a request and checks its answer against the contract. */
async function ask(url, method, path, status, { headers, body } = {}) {
  const response = await fetch(url + path.replace('{id}', unknownSession), {
    method, headers: { 'Content-Type': 'application/json', ...headers },
    body: method === 'POST' ? JSON.stringify(body ?? { input: announcement }) : undefined,
  });
  const answer = await checkAnswer(method, path, response);
  assert.equal(response.status, status, JSON.stringify(answer));
  return { answer, fields: response.headers };
}

/** Resolves at once, or behind a midnight in UTC that is too close for the test to be over. */
async function farFromMidnight() {
  const left = dayMs - (Date.now() % dayMs);
  if (left < 20_000) await new Promise((resolve) => { setTimeout(resolve, left + 1_000); });
}

function checkDailyFields(fields, limit, remaining) {
  assert.equal(fields.get('RateLimit-Policy'), `"daily";q=${limit};w=86400`);
  assert.match(fields.get('RateLimit'), new RegExp(`^"daily";r=${remaining};t=[0-9]+$`));
}

test('the allowance is counted, told, and refused when it is used up', async () => {
  await farFromMidnight();
  await withServer({}, async (send) => {
    const { answer: fresh, fields } = await send('GET', '/api/usage', 200);
    const { reset, ...counts } = fresh;
    assert.deepEqual(counts, { used: 0, limit: 1, remaining: 1, tier: 'anon', metered: true });
    assert.equal(reset % 86_400, 0);
    checkDailyFields(fields, 1, 1);

    const made = await send('POST', '/api/generate', 200);
    assert.equal(made.answer.meta.metered, true);
    checkDailyFields(made.fields, 1, 0);

    const refusal = await send('POST', '/api/generate', 429);
    const { error, violated, type, retry_after: wait } = refusal.answer;
    assert.deepEqual([error, violated], ['rate_limited', 'daily']);
    assert.equal(type, `${registry}#quota-exceeded`);
    assert.deepEqual(refusal.answer['violated-policies'], ['daily']);
    assert.ok(Math.abs(Date.now() / 1000 + wait - reset) < 10, 'until the reset');
    checkDailyFields(refusal.fields, 1, 0);

    const own = { headers: { 'X-OpenAI-Key': 'sk-of-a-caller' } };
    const paid = await send('POST', '/api/generate', 200, own);
    assert.equal(paid.answer.meta.metered, false);
    assert.equal(paid.fields.get('RateLimit'), null);
    const { answer: usage } = await send('GET', '/api/usage', 200, own);
    assert.deepEqual([usage.used, usage.metered], [1, false]);
  });
});

test('the budget of all callers has a refusal of its own', async () => {
  await withServer({ QUOTA_ANON: 'off', QUOTA_BUDGET: '0/day' }, async (send) => {
    const { answer } = await send('POST', '/api/generate', 429);
    assert.deepEqual([answer.error, answer.violated], ['rate_limited', 'budget']);
    await send('POST', '/api/generate', 200, { headers: { 'X-OpenAI-Key': 'sk-of-a-caller' } });
  });
});

test('own keys that are refused are 401 and cost nothing', async () => {
  await withServer({}, async (send) => {
    const reasons = { short: 'malformed', 'sk-bad-one': 'refused', 'sk-broke-one': 'no_credit' };
    for (const [key, reason] of Object.entries(reasons)) {
      const options = { headers: { 'X-OpenAI-Key': key } };
      const { answer } = await send('POST', '/api/generate', 401, options);
      assert.deepEqual([answer.error, answer.reason], ['own_key_refused', reason]);
      assert.ok(!JSON.stringify(answer).includes(key));
    }
    const { answer: usage } = await send('GET', '/api/usage', 200);
    assert.equal(usage.used, 0);
  });
  await withServer({ OWN_KEY_BASE_URL: 'off' }, async (send) => {
    const options = { headers: { 'X-OpenAI-Key': 'sk-of-a-caller' } };
    const { answer } = await send('POST', '/api/generate', 401, options);
    assert.equal(answer.reason, 'not_taken');
  });
});

const paths = [['POST', '/api/generate'], ['GET', '/api/usage'], ['GET', session],
  ['GET', `${session}/source`]];

test('a bad token is 401 everywhere below /api, and in the end 429', async () => {
  await withServer({ QUOTA_ABUSE: '4/min' }, async (send) => {
    const options = { headers: { Authorization: 'Bearer none' } };
    for (const [method, path] of paths) {
      const { answer, fields } = await send(method, path, 401, options);
      assert.equal(answer.error, 'unauthorized');
      assert.match(fields.get('WWW-Authenticate'), /^Bearer .*error="invalid_token"/);
    }
    for (const [method, path] of paths) {
      const { answer } = await send(method, path, 429, options);
      assert.equal(answer.violated, 'abuse');
      assert.equal(answer.type, `${registry}#abnormal-usage-detected`);
    }
    await send('GET', '/api/usage', 200);
  });
});

test('a token that cannot be checked is 503', async () => {
  const away = { AUTH_JWKS_URL: 'http://127.0.0.1:1/keys', AUTH_ISSUER: 'https://issuer.example' };
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: away.AUTH_ISSUER, sub: 'user', exp: Math.floor(Date.now() / 1000) + 600 };
  const signature = Buffer.alloc(64, 1).toString('base64url');
  const token = `${part({ alg: 'EdDSA', kid: 'unknown' })}.${part(claims)}.${signature}`;
  await withServer(away, async (send) => {
    for (const [method, path] of paths) {
      const options = { headers: { Authorization: `Bearer ${token}` } };
      const { answer } = await send(method, path, 503, options);
      assert.equal(answer.reason, 'sign_in_unavailable');
    }
  });
});

test('too many requests are 429 everywhere below /api, and nowhere else', async () => {
  await withServer({ QUOTA_BURST: '3/min' }, async (send) => {
    for (let i = 0; i < 3; ++i) await send('GET', '/api/usage', 200);
    for (const [method, path] of paths) {
      const { answer, fields } = await send(method, path, 429);
      assert.deepEqual([answer.error, answer.violated], ['rate_limited', 'burst']);
      assert.equal(fields.get('RateLimit-Policy'), '"burst";q=3;w=60');
      assert.match(fields.get('RateLimit'), /^"burst";r=0;t=[0-9]+$/);
    }
    await send('GET', '/health', 200);
  });
});

test('an Idempotency-Key gives the answer again, for nothing', async () => {
  await withServer({ QUOTA_ANON: '5/day' }, async (send) => {
    const headers = { 'Idempotency-Key': 'one' };
    const { answer: made, fields } = await send('POST', '/api/generate', 200, { headers });
    assert.equal(fields.get('Idempotency-Replayed'), null);
    const again = await send(
      'POST', '/api/generate', 200, { headers: { 'Idempotency-Key': '"one"' } });
    assert.deepEqual(again.answer, made);
    assert.equal(again.fields.get('Idempotency-Replayed'), 'true');

    const body = { input: `${announcement} It is said to be the first.` };
    const other = await send('POST', '/api/generate', 422, { headers, body });
    assert.equal(other.answer.error, 'idempotency_mismatch');
    const { answer: malformed } = await send(
      'POST', '/api/generate', 400, { headers: { 'Idempotency-Key': 'a b' } });
    assert.equal(malformed.field, 'Idempotency-Key');
    const { answer: usage } = await send('GET', '/api/usage', 200);
    assert.equal(usage.used, 1);
  });
});

test('an Idempotency-Key whose request still runs is 409', async () => {
  await withServer({ QUOTA_BURST: 'off', OPENAI_MODEL: 'mock+drip=20' }, async (send) => {
    const options = { headers: { 'Idempotency-Key': 'two' } };
    const running = send('POST', '/api/generate', 200, options);
    for (;;) {
      const { answer: usage } = await send('GET', '/api/usage', 200);
      if (usage.used === 1) break;
    }
    const { answer, fields } = await send('POST', '/api/generate', 409, options);
    assert.deepEqual([answer.error, answer.reason], ['idempotency_conflict', 'still_running']);
    assert.equal(fields.get('Retry-After'), '1');
    await running;
  });
});
