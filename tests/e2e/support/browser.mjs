// Drives Debian's Chromium over its debugging pipe (Chrome DevTools Protocol), without a library:
// opens a page, records what it asks for and complains about, runs scripts in it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Long, because a busy machine needs a minute for what takes a second on a quiet one.
const commandLimitMs = 60_000;
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--remote-debugging-pipe', '--window-size=1280,1600',
];

/** Resolves to a browser with one blank page. */
export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'graphrail-browser-'));
  const child = spawn('chromium', [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
  const ended = new Promise((resolve) => { child.once('exit', resolve).once('error', resolve); });
  const connection = connect(child.stdio[3], child.stdio[4], ended);

  const { targetInfos } = await connection.send('Target.getTargets');
  const { targetId } = targetInfos.find(({ type }) => type === 'page');
  const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
  const page = makePage(connection, sessionId);
  await page.start();
  const close = async () => {
    // Chromium is a family of processes; the group of the one started here is all of it.
    try { process.kill(-child.pid, 'SIGKILL'); } catch { /* it has ended by itself */ }
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { page, close };
}

/** Commands out, answers and events in; messages end with NUL. */
function connect(output, input, ended) {
  let lastId = 0;
  let unread = '';
  const waiting = new Map();
  const listeners = new Set();
  input.setEncoding('utf8').on('data', (chunk) => {
    const messages = (unread + chunk).split('\0');
    unread = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (message.id === undefined) listeners.forEach((listen) => listen(message));
      else waiting.get(message.id)?.(message);
    }
  });
  output.on('error', () => {});
  const failure = { error: { message: 'the browser ended' } };
  ended.then(() => waiting.forEach((settle) => settle(failure)));

  const send = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
    const id = ++lastId;
    const limit = setTimeout(() => reject(new Error(`${method}: no answer`)), commandLimitMs);
    waiting.set(id, ({ result, error }) => {
      clearTimeout(limit);
      waiting.delete(id);
      if (error) reject(new Error(`${method}: ${error.message}`));
      else resolve(result);
    });
    output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
  });
  return { send, listen: (listener) => listeners.add(listener) };
}

function makePage(connection, sessionId) {
  const requests = [];
  const complaints = [];
  connection.listen(({ method, params, sessionId: from }) => {
    if (from !== sessionId) return;
    if (method === 'Network.requestWillBeSent') requests.push(params.request.url);
    if (method === 'Log.entryAdded' && ['warning', 'error'].includes(params.entry.level)) {
      complaints.push(params.entry.text);
    }
    if (method === 'Runtime.exceptionThrown') complaints.push(params.exceptionDetails.text);
    if (method === 'Runtime.consoleAPICalled' && ['warning', 'error'].includes(params.type)) {
      complaints.push(JSON.stringify(params.args));
    }
  });
  const send = (method, params) => connection.send(method, params, sessionId);

  /** The value of a JavaScript expression in the page; promises are awaited. */
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  };

  return {
    /** Every URL the page asked for, and every warning, error and policy violation it caused. */
    requests,
    complaints,
    evaluate,
    start: () => Promise.all(
      ['Page', 'Runtime', 'Log', 'Network'].map((domain) => send(`${domain}.enable`))),
    goTo: (url) => send('Page.navigate', { url }),
    /** Asks the expression until it is true. */
    async waitFor(expression, limitMs = 120_000) {
      const deadline = Date.now() + limitMs;
      while (!(await evaluate(expression).catch(() => false))) {
        if (Date.now() > deadline) {
          const seen = JSON.stringify({ requests, complaints });
          throw new Error(`never true: ${expression}\n${seen}`);
        }
        await new Promise((resolve) => { setTimeout(resolve, 200); });
      }
    },
    /** A PNG of the visible part. */
    screenshot: async () => Buffer.from((await send('Page.captureScreenshot')).data, 'base64'),
  };
}
