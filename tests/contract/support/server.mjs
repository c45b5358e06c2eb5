// Starts the real program on a free loopback port with a data folder of its own, and ends it by
// its process id.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const startLimitMs = 60_000;
const stopLimitMs = 15_000;
const keptLogChars = 4_000_000;

/** A port nobody listens on now. */
function findFreePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Starts graphrail with `words` in a folder of its own; `environment` adds to a minimal one. */
function startProgram(words, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'graphrail-contract-'));
  const binary = process.env.GRAPHRAIL_BINARY ?? join(root, 'build/release/graphrail');
  const child = spawn(binary, words, {
    cwd: folder,
    env: { PATH: process.env.PATH, DATA_DIR: folder, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk) => { log = (log + chunk).slice(-keptLogChars); });
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(`cannot start ${binary}: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  let end = null;
  ended.then((how) => { end = how; });

  const stop = async () => {
    if (end === null) child.kill('SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
    const how = await ended;
    clearTimeout(impatience);
    rmSync(folder, { recursive: true, force: true });
    return how;
  };

  /** Resolves to the first value of `look` that is not false. */
  const waitFor = async (look) => {
    const deadline = Date.now() + startLimitMs;
    for (;;) {
      const seen = await look();
      if (seen) return seen;
      if (end !== null || Date.now() > deadline) {
        await stop();
        throw new Error(`the server did not come up (${end ?? 'no answer'})\n${log}`);
      }
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
  };
  return { waitFor, stop, log: () => log };
}

/** Tests send more than a caller may; those about limits set them. */
const withoutLimits = { QUOTA_ANON: 'off', QUOTA_BURST: 'off', QUOTA_ABUSE: 'off' };

/** Resolves to { url, stop, log } once the server answers. */
export async function startServer(environment = {}) {
  const port = await findFreePort();
  const program = startProgram(
    ['serve'], { BIND: '127.0.0.1', PORT: String(port), ...withoutLimits, ...environment });
  const url = `http://127.0.0.1:${port}`;
  await program.waitFor(() => answers(`${url}/livez`));
  return { url, stop: program.stop, log: program.log };
}

/** Resolves to { url, stop, log } once the mock server listens; `url` is a client's base URL. */
export async function startMockLlm(...flags) {
  const program = startProgram(['mock-llm', '--port', '0', '--log-format', 'json', ...flags], {});
  const line = await program.waitFor(
    () => program.log().match(/^.*"event":"listening".*$/m)?.[0]);
  return { url: JSON.parse(line).base_url, stop: program.stop, log: program.log };
}
