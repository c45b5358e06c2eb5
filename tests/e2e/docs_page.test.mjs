// The documentation page in a real browser: it shows the contract, tries a request, asks nobody
// but its own server, and breaks no policy.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startServer } from '../contract/support/server.mjs';
import { openBrowser } from './support/browser.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const viewer = 'document.querySelector("rapi-doc").shadowRoot';
const request = `${viewer}.querySelector("api-request").shadowRoot`;

test('the page shows the contract and tries a request, from this server alone', async () => {
  const { page } = browser;
  await page.goTo(`${server.url}/docs`);
  await page.waitFor(`${viewer}.textContent.includes("Turn a text into a graph")`);
  await page.waitFor(`${viewer}.querySelectorAll("api-request").length >= 10`);

  await page.evaluate(`${request}.querySelector('[part~="btn-try"]').click()`);
  await page.waitFor(`${request}.textContent.includes("OK:200")`);

  if (process.env.SCREENSHOT) writeFileSync(process.env.SCREENSHOT, await page.screenshot());
  const foreign = page.requests
    .filter((url) => !url.startsWith(`${server.url}/`) && !url.startsWith('data:'));
  assert.deepEqual(foreign, []);
  assert.deepEqual(page.complaints, []);
  assert.ok(page.requests.includes(`${server.url}/api/generate`));
});

test('the policy of the page stops a request to anyone else', async () => {
  const { page } = browser;
  await page.goTo(`${server.url}/docs`);
  await page.waitFor(`document.querySelector("rapi-doc") !== null`);
  const before = page.complaints.length;
  const outcome = await page.evaluate(
    'fetch("http://127.0.0.1:9/").then(() => "sent", () => "stopped")');
  assert.equal(outcome, 'stopped');
  assert.match(page.complaints.slice(before).join('\n'), /Content Security Policy/);
});
