// An issuer on a free loopback port: a key set over http that can change, break or go away.
import { createServer } from 'node:http';

/** What the issuer answers with these keys. */
export function keySet(...jwks) {
  const body = JSON.stringify({ keys: jwks });
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
}

/** Resolves to { url, answer, fetches, paths, stop }; `answer` may be replaced at any time. */
export async function startIssuer(answer) {
  const issuer = { answer, paths: [] };
  const server = createServer((request, response) => {
    issuer.paths.push(request.url);
    const { status, headers, body } = issuer.answer;
    response.writeHead(status, headers).end(body);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  issuer.origin = `http://127.0.0.1:${server.address().port}`;
  issuer.url = `${issuer.origin}/keys`;
  issuer.fetches = () => issuer.paths.length;
  issuer.stop = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return issuer;
}
