// Where the issuer's keys come from, what happens when they change or cannot be had, and what
// operators set beside them.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  askUsage, checkAccepted, checkNoAnonymousUse, checkRefused, checkUnavailable, guarded,
} from './support/callers.mjs';
import { keySet, startIssuer } from './support/issuer.mjs';
import { startServer } from './support/server.mjs';
import { audience, encode, issuerName, makeKey, makeToken } from './support/tokens.mjs';

const [first, second, third, fourth] = await Promise.all([
  makeKey('RS256', 'first'), makeKey('RS256', 'second'), makeKey('ES256', 'third'),
  makeKey('ES256', 'fourth')]);
const rules = { ...guarded, AUTH_ISSUER: issuerName, AUTH_AUDIENCE: audience };

const folder = mkdtempSync(join(tmpdir(), 'graphrail-contract-keys-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `check` with a server whose keys are at `location`. */
async function withServer(location, check, environment = {}) {
  const server = await startServer({ ...rules, AUTH_JWKS_URL: location, ...environment });
  try {
    await check(server);
  } finally {
    assert.equal(await server.stop(), 'ended with 0');
  }
}

/** The same, with an issuer that gives this answer. */
async function withIssuer(answer, check, environment = {}) {
  const issuer = await startIssuer(answer);
  try {
    await withServer(issuer.url, (server) => check(server, issuer), environment);
  } finally {
    await issuer.stop();
  }
}

const bearer = (token) => `Bearer ${token}`;

async function checkStatus(server, token, status) {
  const { response, body } = await askUsage(server, bearer(token));
  assert.equal(response.status, status, JSON.stringify(body));
}

test('a token without kid is good where a single key fits', async () => {
  await withIssuer(keySet(first.jwk), async (server) => {
    const token = await makeToken(first, { sub: 'one' }, { kid: undefined });
    await checkAccepted(server, bearer(token), { other: await makeToken(first, { sub: 'one' }) });
  });
});

test('a key that has no kid itself fits tokens without one', async () => {
  const { kid, alg, use, ...bare } = first.jwk;
  await withIssuer(keySet(bare), async (server) => {
    await checkStatus(server, await makeToken(first, {}, { kid: undefined }), 200);
    await checkRefused(server, bearer(await makeToken(first)), 'unknown_key');
  });
});

test('of two keys under one kid the algorithm chooses', async () => {
  const twin = { ...third, kid: 'first', jwk: { ...third.jwk, kid: 'first' } };
  await withIssuer(keySet(first.jwk, twin.jwk), async (server) => {
    await checkStatus(server, await makeToken(first), 200);
    await checkStatus(server, await makeToken(twin), 200);
  });
});

test('the keys of the first token are those of its time, not of the start', async () => {
  await withIssuer(keySet(first.jwk), async (server, issuer) => {
    assert.equal(issuer.fetches(), 0, 'nothing is fetched before it is needed');
    await checkRefused(server, 'Bearer junk', 'malformed');
    assert.equal(issuer.fetches(), 0, 'junk causes no fetch');
    issuer.answer = keySet(second.jwk);
    await checkStatus(server, await makeToken(second), 200);
    await checkRefused(server, bearer(await makeToken(first)), 'unknown_key');
  });
});

test('a new key has to wait for 30 s after a fetch, and the old one stays until then', async () => {
  await withIssuer(keySet(first.jwk), async (server, issuer) => {
    const began = performance.now();
    await checkStatus(server, await makeToken(first), 200);
    issuer.answer = keySet(second.jwk);
    await checkRefused(server, bearer(await makeToken(second)), 'unknown_key');
    await checkStatus(server, await makeToken(first, { sub: 'later' }), 200);
    assert.ok(performance.now() - began < 30_000, 'the machine was fast enough to tell');
    assert.equal(issuer.fetches(), 1);
  });
});

test('known keys serve on while the issuer is down', async () => {
  const issuer = await startIssuer(keySet(first.jwk));
  await withServer(issuer.url, async (server) => {
    await checkStatus(server, await makeToken(first), 200);
    await issuer.stop();
    await checkStatus(server, await makeToken(first, { sub: 'later' }), 200);
  });
});

test('an issuer that is down is 503 for tokens that may be good, 401 for junk', async () => {
  const issuer = await startIssuer(keySet(first.jwk));
  await issuer.stop();
  await withServer(issuer.url, async (server) => {
    await checkUnavailable(server, await makeToken(first));
    await checkUnavailable(server, await makeToken(first, { sub: 'another' }));
    await checkRefused(server, 'Bearer junk', 'malformed');
    await checkNoAnonymousUse(server);
  });
});

const html = { 'Content-Type': 'text/html' };
const json = { 'Content-Type': 'application/json' };
const broken = [
  ['a page of HTML', { status: 200, headers: html, body: '<!doctype html><p>Sign in</p>' }],
  ['an error', { status: 500, headers: json, body: keySet(first.jwk).body }],
  ['a key set with status 404', { ...keySet(first.jwk), status: 404 }],
  ['an empty body', { status: 200, headers: json, body: '' }],
  ['a list of keys without a set', { status: 200, headers: json,
    body: JSON.stringify([first.jwk]) }],
  ['a set whose names stand twice', { status: 200, headers: json,
    body: `{"keys":[],"keys":[${JSON.stringify(first.jwk)}]}` }],
  ['no key', keySet()],
  ['more than 64 keys', keySet(...Array(65).fill(first.jwk))],
  ['more than 256 KiB', keySet({ ...first.jwk, x5c: ['A'.repeat(256 * 1024)] })],
  ['only a symmetric key', keySet({ kty: 'oct', k: 'c2VjcmV0', kid: 'first', alg: 'HS256' })],
  ['only an RSA key without modulus', keySet({ ...first.jwk, n: undefined })],
  ['only an RSA key that is cut to 1024 bits', keySet({
    ...first.jwk, n: encode(Buffer.from(first.jwk.n, 'base64url').subarray(0, 128)) })],
  ['only a point that is not on its curve', keySet({
    ...third.jwk, kid: 'first', y: fourth.jwk.y })],
  ['only a key for another algorithm', keySet({ ...first.jwk, alg: 'PS256' })],
];
for (const [what, answer] of broken) {
  test(`an issuer that answers with ${what} is 503`, async () => {
    await withIssuer(answer, async (server) => {
      await checkUnavailable(server, await makeToken(first));
      await checkNoAnonymousUse(server);
    });
  });
}

test('a redirect does not lead to other keys', async () => {
  const elsewhere = await startIssuer(keySet(first.jwk));
  const redirect = { status: 302, headers: { Location: elsewhere.url }, body: '' };
  try {
    await withIssuer(redirect, async (server) => {
      await checkUnavailable(server, await makeToken(first));
      assert.equal(elsewhere.fetches(), 0);
    });
  } finally {
    await elsewhere.stop();
  }
});

for (const prefix of ['', 'file:', 'file://']) {
  test(`keys come from a file, named as ${prefix}PATH`, async () => {
    const file = join(folder, 'keys.json');
    writeFileSync(file, keySet(first.jwk, third.jwk).body);
    await withServer(prefix + file, async (server) => {
      const other = await makeToken(third, { sub: 'filed' });
      await checkAccepted(server, bearer(await makeToken(first, { sub: 'filed' })), { other });
      await checkRefused(server, bearer(await makeToken(second)), 'unknown_key');
    });
  });
}

test('a file that is not there is 503', async () => {
  await withServer(join(folder, 'missing.json'), async (server) => {
    await checkUnavailable(server, await makeToken(first));
  });
});

test('without sign-in a token is refused, not overlooked', async () => {
  const server = await startServer(guarded);
  try {
    await checkRefused(server, bearer(await makeToken(first)), 'sign_in_off');
  } finally {
    await server.stop();
  }
});

const refusedSettings = [
  ['http to another machine', { AUTH_JWKS_URL: 'http://192.0.2.1/keys' }, 'AUTH_JWKS_URL'],
  ['an issuer without keys', { AUTH_ISSUER: issuerName }, 'AUTH_ISSUER'],
];
for (const [what, environment, named] of refusedSettings) {
  test(`the server does not start with ${what}`, async () => {
    await assert.rejects(startServer(environment), new RegExp(`did not come up[^]*${named}`));
  });
}

const parties = 'https://app.example, https://admin.example';
const partyCases = [
  ['the first party', 'https://app.example', null],
  ['the second party', 'https://admin.example', null],
  ['another party', 'https://evil.example', 'wrong_party'],
  ['a party with more behind it', 'https://app.example.evil.example', 'wrong_party'],
  ['a list of parties', ['https://app.example'], 'wrong_party'],
  ['no party', undefined, 'wrong_party'],
];
test('azp must be an authorized party', async (context) => {
  await withIssuer(keySet(first.jwk), async (server) => {
    for (const [what, azp, reason] of partyCases) {
      await context.test(what, async () => {
        const token = await makeToken(first, { sub: `of ${what}`.replaceAll(' ', '-'), azp });
        if (reason) await checkRefused(server, bearer(token), reason);
        else await checkStatus(server, token, 200);
      });
    }
  }, { CLERK_AUTHORIZED_PARTY: parties });
});

const planCases = [
  ['inside its object', { metadata: { plan: 'team' } }, 'team'],
  ['under the whole name', { 'metadata.plan': 'pro' }, 'pro'],
  ['outside only', { plan: 'pro' }, 'auth'],
  ['in an object that is text', { metadata: 'pro' }, 'auth'],
  ['in a list', { metadata: [{ plan: 'pro' }] }, 'auth'],
  ['as an object', { metadata: { plan: { name: 'pro' } } }, 'auth'],
  ['nowhere', {}, 'auth'],
];
test('AUTH_PLAN_CLAIM reads inside objects', async (context) => {
  await withIssuer(keySet(first.jwk, third.jwk), async (server) => {
    for (const [what, claims, tier] of planCases) {
      await context.test(`a plan ${what} is ${tier}`, async () => {
        const sub = `plan-${what}`.replaceAll(' ', '-');
        const other = await makeToken(third, { sub, metadata: { plan: tier } });
        const token = await makeToken(first, { sub, ...claims });
        await checkAccepted(server, bearer(token), { tier, other });
      });
    }
  }, { AUTH_PLAN_CLAIM: 'metadata.plan' });
});

test('without AUTH_AUDIENCE and AUTH_ISSUER those claims may be anything', async () => {
  await withIssuer(keySet(first.jwk), async (server) => {
    await checkStatus(server, await makeToken(first, { iss: undefined, aud: undefined }), 200);
    await checkStatus(server, await makeToken(first, { iss: 'x', aud: ['y'] }), 200);
  }, { AUTH_ISSUER: '', AUTH_AUDIENCE: '' });
});

test('the fourth bad token is abuse, and a good one from there is still good', async () => {
  await withIssuer(keySet(first.jwk), async (server) => {
    for (let count = 0; count < 3; ++count) {
      const { response, body } = await askUsage(server, `Bearer junk${count}`);
      assert.deepEqual([response.status, body.reason], [401, 'malformed']);
    }
    const { response, body } = await askUsage(server, bearer(await makeToken(second)));
    assert.deepEqual([response.status, body.error, body.violated], [429, 'rate_limited', 'abuse']);
    assert.deepEqual(body['violated-policies'], ['abuse']);
    assert.match(body.type, /#abnormal-usage-detected$/);
    const wait = Number(response.headers.get('Retry-After'));
    assert.ok(wait >= 1 && wait <= 60, `Retry-After: ${wait}`);
    await checkStatus(server, await makeToken(first), 200);
    await checkNoAnonymousUse(server);
  }, { QUOTA_ABUSE: '3/min' });
});

test('an outage of the issuer is no abuse of those who meet it', async () => {
  const issuer = await startIssuer(keySet(first.jwk));
  await issuer.stop();
  await withServer(issuer.url, async (server) => {
    const token = await makeToken(first);
    for (let count = 0; count < 5; ++count) await checkUnavailable(server, token);
  }, { QUOTA_ABUSE: '3/min' });
});
