// Asks a server as somebody, and checks whom it took them for.
import assert from 'node:assert/strict';
import { request as sendRequest } from 'node:http';

/** What tests of sign-in start their servers with: every generation counts, bursts do not. */
export const guarded = {
  QUOTA_ANON: '2/day', QUOTA_AUTH: '3/day', QUOTA_TIERS: 'pro=50/day, team=200/day',
  QUOTA_METER: 'all', QUOTA_BURST: 'off', QUOTA_ABUSE: 'off',
};

/** Every value of Authorization that was sent, in this file. */
export const sentValues = new Set();

/** Sends header lines as they are; fetch would join several of one name. */
function exchange(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const sending = sendRequest(url, { method, headers, agent: false }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk)).once('error', reject);
      answer.once('end', () => resolve(new Response(
        Buffer.concat(chunks), { status: answer.statusCode, headers: answer.headers })));
    });
    sending.once('error', reject).end(body);
  });
}

/** GET /api/usage with these values of Authorization; resolves to { response, body }. */
export async function askUsage(server, ...authorization) {
  for (const value of authorization) sentValues.add(value);
  const headers = authorization.length > 0 ? { Authorization: authorization } : {};
  const response = await exchange(`${server.url}/api/usage`, 'GET', headers);
  return { response, body: await response.json() };
}

/** A generation without a model; resolves to { response, body }. */
export async function generate(server, ...authorization) {
  for (const value of authorization) sentValues.add(value);
  const input = 'Tidewater Labs raised $12 million in a Series A round led by Northlight Ventures.';
  const body = JSON.stringify({ input, engine: 'rules', force_refresh: true });
  const headers = {
    'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body),
    ...(authorization.length > 0 ? { Authorization: authorization } : {}) };
  const response = await exchange(`${server.url}/api/generate`, 'POST', headers, body);
  return { response, body: await response.json() };
}

/** Nobody was taken for an anonymous caller so far. */
export async function checkNoAnonymousUse(server) {
  const { body } = await askUsage(server);
  assert.equal(body.tier, 'anon');
  assert.equal(body.used, 0);
}

const limits = { anon: 2, auth: 3, pro: 50, team: 200 };

/**
 * The caller is `tier`, and a generation is counted under the `sub` that `other`, another token,
 * names too.
 */
export async function checkAccepted(server, authorization, { tier = 'auth', other }) {
  const { response, body } = await askUsage(server, authorization);
  assert.equal(response.status, 200, JSON.stringify(body));
  assert.deepEqual([body.tier, body.limit, body.used], [tier, limits[tier], 0]);
  const generation = await generate(server, authorization);
  assert.equal(generation.response.status, 200, JSON.stringify(generation.body));
  const { body: seen } = await askUsage(server, `Bearer ${other}`);
  assert.deepEqual([seen.tier, seen.used], [tier, 1]);
  await checkNoAnonymousUse(server);
}

/** The problem of a refusal that says so in every way it should. */
export async function checkRefused(server, authorization, reason) {
  for (const ask of [askUsage, generate]) {
    const { response, body } = await ask(server, ...[authorization].flat());
    assert.equal(response.status, 401, JSON.stringify(body));
    assert.deepEqual(
      [body.status, body.error, body.reason], [401, 'unauthorized', reason]);
    assert.equal(response.headers.get('Content-Type'), 'application/problem+json');
    assert.equal(response.headers.get('WWW-Authenticate'), 'Bearer error="invalid_token"');
  }
  await checkNoAnonymousUse(server);
}

/** Nobody can tell now; the caller is to come back. */
export async function checkUnavailable(server, token) {
  const { response, body } = await askUsage(server, `Bearer ${token}`);
  assert.equal(response.status, 503, JSON.stringify(body));
  assert.deepEqual([body.error, body.reason], ['service_unavailable', 'sign_in_unavailable']);
  assert.match(response.headers.get('Retry-After'), /^[1-9]\d?$/);
}
