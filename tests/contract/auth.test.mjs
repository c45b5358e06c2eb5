// Tokens of an independent library, good and bad, against the real program.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CompactEncrypt, CompactSign, exportJWK, UnsecuredJWT } from 'jose';
import {
  askUsage, checkAccepted, checkNoAnonymousUse, checkRefused, guarded, sentValues,
} from './support/callers.mjs';
import { keySet, startIssuer } from './support/issuer.mjs';
import { startServer } from './support/server.mjs';
import {
  audience, changePart, changeSignature, craftHmacToken, craftToken, encode, issuerName,
  makeClaims, makeKey, makeToken, now, spellOtherwise,
} from './support/tokens.mjs';

const [rsa, otherRsa, ec, ed, stranger] = await Promise.all([
  makeKey('RS256', 'rsa'), makeKey('RS256', 'rsa-2'), makeKey('ES256', 'ec'),
  makeKey('EdDSA', 'ed'), makeKey('RS256', 'rsa')]);

// Entries that must be left out, and with them the tokens that they would let in.
const [withPrivateHalf, forEncryption, otherCurve, ofOtherUse] = await Promise.all([
  makeKey('ES256', 'private-half'), makeKey('RS256', 'for-encryption'),
  makeKey('ES384', 'other-curve'), makeKey('EdDSA', 'other-operations')]);
const secret = 'a secret that is told to everybody';
const unusable = [
  { ...(await exportJWK(withPrivateHalf.privateKey)), kid: 'private-half', alg: 'ES256' },
  { kty: 'oct', k: encode(secret), kid: 'symmetric', alg: 'HS256' },
  { ...forEncryption.jwk, use: 'enc' },
  { ...ofOtherUse.jwk, use: undefined, key_ops: ['sign'] },
  otherCurve.jwk,
];

let folder;
let issuer;
let server;
let refusals = 0;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'graphrail-contract-auth-'));
  issuer = await startIssuer(keySet(...unusable, rsa.jwk, otherRsa.jwk, ec.jwk, ed.jwk));
  server = await startServer({
    ...guarded, AUTH_JWKS_URL: issuer.url, AUTH_ISSUER: issuerName, AUTH_AUDIENCE: audience,
    LOG_LEVEL: 'debug', DATA_DIR: folder });
});
after(async () => {
  assert.equal(await server?.stop(), 'ended with 0');
  await issuer?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const bearer = (token) => `Bearer ${token}`;

/** Name, what makes the token for a `sub`, and the tier where it is not `auth`. */
const good = [
  ['RS256', (sub) => makeToken(rsa, { sub })],
  ['ES256', (sub) => makeToken(ec, { sub })],
  ['EdDSA', (sub) => makeToken(ed, { sub })],
  ['EdDSA under its newer name', (sub) => craftToken(ed, {
    header: { alg: 'Ed25519', kid: 'ed' }, payload: makeClaims({ sub }) })],
  ['the second RSA key', (sub) => makeToken(otherRsa, { sub })],
  ['no kid where one key fits', (sub) => makeToken(ec, { sub }, { kid: undefined })],
  ['expired within the leeway', (sub) => makeToken(rsa, { sub, exp: now() - 4 })],
  ['valid from a moment within the leeway', (sub) => makeToken(rsa, {
    sub, nbf: now() + 5, iat: now() + 5 })],
  ['no iat', (sub) => makeToken(rsa, { sub, iat: undefined })],
  ['times with a fraction', (sub) => makeToken(rsa, { sub, exp: now() + 60.5, iat: now() - 0.5 })],
  ['aud among others', (sub) => makeToken(rsa, { sub, aud: ['x', audience] })],
  ['azp where no party is asked for', (sub) => makeToken(rsa, { sub, azp: 'anybody' })],
  ['typ JWT', (sub) => makeToken(rsa, { sub }, { typ: 'JWT' })],
  ['typ at+jwt', (sub) => makeToken(rsa, { sub }, { typ: 'at+jwt' })],
  ['typ as a whole media type', (sub) => makeToken(rsa, { sub }, { typ: 'application/at+jwt' })],
  ['nearly 8 KiB', (sub) => makeToken(rsa, { sub, filler: 'x'.repeat(5_400) })],
  ['plan of a tier', (sub) => makeToken(rsa, { sub, plan: 'pro' }), 'pro'],
  ['plan of another tier', (sub) => makeToken(ec, { sub, plan: 'team' }), 'team'],
  ['unknown plan', (sub) => makeToken(rsa, { sub, plan: 'platinum' })],
  ['plan in capitals', (sub) => makeToken(rsa, { sub, plan: 'PRO' })],
  ['plan of anonymous callers', (sub) => makeToken(rsa, { sub, plan: 'anon' })],
  ['plan of another type', (sub) => makeToken(rsa, { sub, plan: ['pro'] })],
  ['plan inside an object that is not asked for', (sub) => makeToken(rsa, {
    sub, metadata: { plan: 'pro' } })],
  ['a sub as providers make them', (sub) => makeToken(rsa, { sub }), 'auth', 'google-oauth2|1:a@b'],
  ['a sub of 255 characters', (sub) => makeToken(rsa, { sub }), 'auth', 's'.repeat(255)],
];
good.forEach(([what, make, tier = 'auth', sub = `user-${what.replaceAll(' ', '-')}`]) => {
  test(`accepts ${what}`, async () => {
    const other = await makeToken(ed, { sub, plan: tier });
    await checkAccepted(server, bearer(await make(sub)), { tier, other });
  });
});

for (const scheme of ['bearer', 'BEARER', 'Bearer  ']) {
  test(`accepts the scheme as "${scheme}"`, async () => {
    const sub = `scheme-${scheme.replaceAll(' ', '-')}`;
    const value = `${scheme} ${await makeToken(rsa, { sub })}`;
    await checkAccepted(server, value, { other: await makeToken(ec, { sub }) });
  });
}

const claimsText = (more) => JSON.stringify(makeClaims(more));
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
const compact = (text) => new CompactSign(Buffer.from(text))
  .setProtectedHeader({ alg: 'RS256', kid: 'rsa' }).sign(rsa.privateKey);
const withHeader = (more) => craftToken(rsa, { header: { alg: 'RS256', kid: 'rsa', ...more } });

/** Name, what makes the token, reason. */
const badClaims = [
  ['expired', () => makeToken(rsa, { exp: now() - 60 }), 'expired'],
  ['nbf in the future', () => makeToken(rsa, { nbf: now() + 60 }), 'not_yet_valid'],
  ['iat in the future', () => makeToken(rsa, { iat: now() + 60 }), 'not_yet_valid'],
  ['no exp', () => makeToken(rsa, { exp: undefined }), 'bad_claim'],
  ['exp as text', () => makeToken(rsa, { exp: String(now() + 60) }), 'bad_claim'],
  ['exp after all calendars', () => makeToken(rsa, { exp: 1e300 }), 'bad_claim'],
  ['nbf as text', () => makeToken(rsa, { nbf: '0' }), 'bad_claim'],
  ['no sub', () => makeToken(rsa, { sub: undefined }), 'bad_claim'],
  ['an empty sub', () => makeToken(rsa, { sub: '' }), 'bad_claim'],
  ['a sub that is a number', () => makeToken(rsa, { sub: 7 }), 'bad_claim'],
  ['a sub of 256 characters', () => makeToken(rsa, { sub: 's'.repeat(256) }), 'bad_claim'],
  ...['*', 'user?', 'user[1]', 'a\\b', 'a"b', 'a\'b', 'a`b', 'a b', 'a\nb', 'Zoë', 'a\u0000'].map(
    (sub) => [`the sub ${JSON.stringify(sub)}`, () => makeToken(rsa, { sub }), 'bad_claim']),
  ['another iss', () => makeToken(rsa, { iss: 'https://other.example/' }), 'wrong_issuer'],
  ['iss without its slash', () => makeToken(rsa, { iss: issuerName.slice(0, -1) }), 'wrong_issuer'],
  ['iss as a list', () => makeToken(rsa, { iss: [issuerName] }), 'wrong_issuer'],
  ['no iss', () => makeToken(rsa, { iss: undefined }), 'wrong_issuer'],
  ['another aud', () => makeToken(rsa, { aud: 'other' }), 'wrong_audience'],
  ['aud with others only', () => makeToken(rsa, { aud: ['x', 'y'] }), 'wrong_audience'],
  ['an empty aud', () => makeToken(rsa, { aud: [] }), 'wrong_audience'],
  ['aud with a number', () => makeToken(rsa, { aud: [audience, 7] }), 'wrong_audience'],
  ['no aud', () => makeToken(rsa, { aud: undefined }), 'wrong_audience'],
  ['a claim that stands twice', () => compact(
    claimsText().replace('{', '{"sub":"admin",')), 'malformed'],
  ['a claim that stands twice, once escaped', () => compact(
    claimsText().replace('{', '{"\\u0073ub":"admin",')), 'malformed'],
  ['an inner name that stands twice', () => compact(
    claimsText().replace('{', '{"x":{"a":1,"a":2},')), 'malformed'],
  ['a payload that is not JSON', () => compact('sub=admin'), 'malformed'],
  ['a payload that is a list', () => compact(`[${claimsText()}]`), 'malformed'],
  ['more after the claims', () => compact(`${claimsText()}{}`), 'malformed'],
  ['an empty payload', () => compact(''), 'malformed'],
  ['claims that are not UTF-8', () => craftToken(rsa, { payload: Buffer.concat(
    [Buffer.from('{"sub":"'), Buffer.from([0xff]), Buffer.from('"}')]) }), 'malformed'],
];

const badKeys = [
  ['unknown kid', () => makeToken(rsa, {}, { kid: 'nobody' }), 'unknown_key'],
  ['no kid where several keys fit', () => makeToken(rsa, {}, { kid: undefined }),
    'key_id_required'],
  ['kid that is a number', () => withHeader({ kid: 7 }), 'malformed'],
  ['an empty kid', () => withHeader({ kid: '' }), 'malformed'],
  ['a kid of 257 characters', () => withHeader({ kid: 'k'.repeat(257) }), 'malformed'],
  ['kid that is a path', () => withHeader({ kid: '../../etc/passwd' }), 'unknown_key'],
  ['ES256 with the kid of an RSA key', () => makeToken(ec, {}, { kid: 'rsa' }),
    'algorithm_mismatch'],
  ['RS256 with the kid of an EC key', () => makeToken(rsa, {}, { kid: 'ec' }),
    'algorithm_mismatch'],
  ['EdDSA with the kid of an EC key', () => makeToken(ed, {}, { kid: 'ec' }),
    'algorithm_mismatch'],
  ['a key shown with its private half', () => makeToken(withPrivateHalf), 'unknown_key'],
  ['a key for encryption', () => makeToken(forEncryption), 'unknown_key'],
  ['a key for other operations', () => makeToken(ofOtherUse), 'unknown_key'],
  ['a key of another curve', () => makeToken(otherCurve), 'unsupported'],
  ['a P-256 name for a key of another curve', () => withHeader({
    alg: 'ES256', kid: 'other-curve' }), 'unknown_key'],
  ['HS256 with the secret of the key set', () => craftHmacToken(secret, 'symmetric'),
    'unsupported'],
  ['HS256 with the public key as PEM', () => craftHmacToken(publicPem, 'rsa'), 'unsupported'],
  ['HS256 with the public key as JWK', () => craftHmacToken(JSON.stringify(rsa.jwk), 'rsa'),
    'unsupported'],
  ['HS256 with the modulus', () => craftHmacToken(Buffer.from(rsa.jwk.n, 'base64url'), 'rsa'),
    'unsupported'],
  ['alg none', () => new UnsecuredJWT(makeClaims()).encode(), 'unsupported'],
  ['alg nOnE with a signature', () => withHeader({ alg: 'nOnE' }), 'unsupported'],
  ['alg in small letters', () => withHeader({ alg: 'rs256' }), 'unsupported'],
  ['no alg', () => withHeader({ alg: undefined }), 'malformed'],
  ['RS384', () => makeToken({ ...rsa, alg: 'RS384' }), 'unsupported'],
  ['RS512', () => makeToken({ ...rsa, alg: 'RS512' }), 'unsupported'],
  ['PS256', () => makeToken({ ...rsa, alg: 'PS256' }), 'unsupported'],
  ['a header that is not JSON', () => craftToken(rsa, { header: 'alg=RS256' }), 'malformed'],
  ['a header with alg twice', () => craftToken(rsa, {
    header: '{"alg":"none","alg":"RS256","kid":"rsa"}' }), 'malformed'],
  ['crit', () => withHeader({ crit: ['exp'], exp: now() }), 'unsupported'],
  ['b64 false', () => withHeader({ b64: false, crit: ['b64'] }), 'unsupported'],
  ['b64 false that is not critical', () => withHeader({ b64: false }), 'unsupported'],
  ['enc', () => withHeader({ enc: 'A128GCM' }), 'unsupported'],
  ...['dpop+jwt', 'logout+jwt', 'secevent+jwt', 'application/', '', 7].map(
    (typ) => [`typ ${JSON.stringify(typ)}`, () => withHeader({ typ }), 'unsupported']),
  ['another key under a known kid', () => makeToken(stranger), 'bad_signature'],
  ['another key that comes along', () => makeToken(stranger, {}, { jwk: stranger.jwk }),
    'bad_signature'],
  ['another key that is elsewhere', () => makeToken(stranger, {}, {
    jku: `${issuer.origin}/elsewhere`, x5u: `${issuer.origin}/elsewhere` }), 'bad_signature'],
];

const badForms = [
  ['a wrong signature', async () => changeSignature(await makeToken(rsa), (bytes) => {
    bytes[100] ^= 1;
    return bytes;
  }), 'bad_signature'],
  ['claims of another token', async () => changePart(
    await makeToken(rsa), 1, () => encode(claimsText({ sub: 'admin' }))), 'bad_signature'],
  ['a cut signature', async () => changeSignature(
    await makeToken(ec), (bytes) => bytes.subarray(0, 63)), 'bad_signature'],
  ['an ES256 signature of zeros', async () => changeSignature(
    await makeToken(ec), () => Buffer.alloc(64)), 'bad_signature'],
  ['a long signature', async () => changeSignature(
    await makeToken(ed), (bytes) => Buffer.concat([bytes, bytes])), 'bad_signature'],
  ['no signature', async () => changePart(await makeToken(rsa), 2, () => ''), 'bad_signature'],
  ['a token cut in its claims', async () => {
    const token = await makeToken(rsa);
    return token.slice(0, token.indexOf('.') + 40);
  }, 'malformed'],
  ['two parts', async () => (await makeToken(rsa)).split('.').slice(0, 2).join('.'), 'malformed'],
  ['four parts', async () => `${await makeToken(rsa)}.e30`, 'malformed'],
  ['an encrypted token', () => new CompactEncrypt(Buffer.from(claimsText()))
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'rsa' })
    .encrypt(createPublicKey(publicPem)), 'malformed'],
  ['padding', async () => changePart(await makeToken(ec), 2, (part) => `${part}==`), 'malformed'],
  ['the other alphabet', async () => changePart(
    await makeToken(ec), 1, () => Buffer.from(claimsText({ x: '???>>>' })).toString('base64')
      .replace(/=+$/, '')), 'malformed'],
  ['another spelling of the signature', async () => changePart(
    await makeToken(ec), 2, spellOtherwise), 'malformed'],
  ['a space inside', async () => changePart(await makeToken(rsa), 2, (part) => ` ${part}`),
    'malformed'],
  ['dots only', () => '..', 'malformed'],
  ['more than 8 KiB', () => makeToken(rsa, { filler: 'x'.repeat(6_200) }), 'too_large'],
];

for (const [what, make, reason] of [...badClaims, ...badKeys, ...badForms]) {
  test(`refuses ${what} as ${reason}`, async () => {
    await checkRefused(server, bearer(await make()), reason);
    refusals += 2;
  });
}

/** Name, what makes the values of Authorization from a good token. */
const badFields = [
  ['the scheme Basic', () => [`Basic ${Buffer.from('user:word').toString('base64')}`]],
  ['a good token under another scheme', (token) => [`Token ${token}`]],
  ['a good token without a scheme', (token) => [token]],
  ['an empty Bearer', () => ['Bearer']],
  ['an empty Bearer with a space', () => ['Bearer ']],
  ['an empty field', () => ['']],
  ['two good fields', (token) => [bearer(token), bearer(token)]],
  ['a good field after an empty one', (token) => ['', bearer(token)]],
  ['a list of good tokens', (token) => [`${bearer(token)}, ${bearer(token)}`]],
  ['a token in quotes', (token) => [`Bearer "${token}"`]],
];
for (const [what, make] of badFields) {
  test(`refuses ${what}`, async () => {
    await checkRefused(server, make(await makeToken(rsa)), 'malformed');
    refusals += 2;
  });
}

test('a good token is good a second time, and a bad one stays bad', async () => {
  const token = await makeToken(rsa, { sub: 'again' });
  const bad = changePart(token, 1, () => encode(claimsText({ sub: 'admin' })));
  for (let round = 0; round < 3; ++round) {
    const { response } = await askUsage(server, bearer(token));
    assert.equal(response.status, 200);
    await checkRefused(server, bearer(bad), 'bad_signature');
    refusals += 2;
  }
});

test('the keys were fetched once, and from nowhere else', () => {
  assert.deepEqual([...new Set(issuer.paths)], ['/keys']);
  // Unknown keys may ask again after 30 s, which a slow machine reaches.
  assert.ok(issuer.fetches() <= 1 + performance.now() / 30_000, `${issuer.fetches()} fetches`);
});

test('refusals are counted, and none as an anonymous caller', async () => {
  await checkNoAnonymousUse(server);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const counted = metrics.match(/^graphrail_callers_total\{outcome="refused"\} (\d+)$/m);
  assert.ok(refusals >= 200, `${refusals} refusals`);
  assert.equal(Number(counted?.[1]), refusals);
});

/** Parts of tokens that are worth something to whoever reads them: claims and signatures. */
function secretParts() {
  const parts = [...sentValues].flatMap((value) => value.split(/[ .,]+/).slice(1));
  return new Set(parts.filter((part) => part.length >= 16));
}

test('tokens are in no log line, no metric and no file', async () => {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .map((path) => readFileSync(path, 'latin1'));
  assert.ok(files.some((text) => text.includes('user-RS256')), 'users are counted in a file');
  const log = server.log();
  const told = log.match(/caller refused/g) ?? [];
  assert.equal(told.length, refusals, 'the whole log is here');
  const parts = secretParts();
  assert.ok(parts.size > 200, `${parts.size} parts`);
  for (const part of parts) {
    for (const text of [log, metrics, ...files]) assert.ok(!text.includes(part), part);
  }
});
