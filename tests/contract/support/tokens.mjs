// Keys and tokens for tests: made by jose where it agrees to make them, signed by hand where it
// rightly refuses.
import { createHmac, sign as signBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const issuerName = 'https://issuer.example/';
export const audience = 'graphrail-tests';

export const now = () => Math.floor(Date.now() / 1000);

/** A key pair as { alg, kid, privateKey, publicKey, jwk }; `jwk` is what a key set shows of it. */
export async function makeKey(alg, kid) {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' };
  return { alg, kid, ...pair, jwk };
}

/** Claims that are good; a member of `more` that is undefined leaves one out. */
export function makeClaims(more = {}) {
  return { iss: issuerName, aud: audience, sub: 'someone', iat: now(), exp: now() + 300, ...more };
}

/** A token of jose with `more` claims; `header` adds to alg and kid, or takes them away. */
export function makeToken(key, more = {}, header = {}) {
  const names = { alg: key.alg, kid: key.kid, ...header };
  return new SignJWT(makeClaims(more)).setProtectedHeader(names).sign(key.privateKey);
}

export const encode = (bytes) => Buffer.from(bytes).toString('base64url');
const textOf = (part) => (typeof part === 'string' || Buffer.isBuffer(part)
  ? part : JSON.stringify(part));

/** A well-signed token of whatever header and payload: texts, bytes or objects. */
export function craftToken(key, { header = { alg: key.alg, kid: key.kid }, payload } = {}) {
  const signed = `${encode(textOf(header))}.${encode(textOf(payload ?? makeClaims()))}`;
  const signature = signBytes(key.alg === 'EdDSA' ? null : 'sha256', Buffer.from(signed),
    { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${encode(signature)}`;
}

/** An HS256 token whose secret is something public. */
export function craftHmacToken(secret, kid) {
  const signed = `${encode(textOf({ alg: 'HS256', kid }))}.${encode(textOf(makeClaims()))}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The token with its header, payload or signature (0, 1, 2) replaced by what `change` makes. */
export function changePart(token, index, change) {
  const parts = token.split('.');
  parts[index] = change(parts[index]);
  return parts.join('.');
}

/** The token with other bytes as signature. */
export function changeSignature(token, change) {
  return changePart(token, 2, (part) => encode(change(Buffer.from(part, 'base64url'))));
}

/**
 * The same bytes in another spelling, which strict base64url does not have: a bit is set in the
 * last character that belongs to no byte.
 */
export function spellOtherwise(part) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(part.at(-1));
  return part.slice(0, -1) + alphabet[last ^ 1];
}
